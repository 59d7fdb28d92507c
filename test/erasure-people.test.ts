import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, idOf, wordsOf } from './commands/support.ts';
import { block, command, editOf, PLANTED, startPlanted } from './erasure-support.ts';
import type { Planted } from './erasure-support.ts';
import { insightBlock } from './support/insights.ts';

let team: Planted;
beforeEach(async () => {
  team = await startPlanted();
});
afterEach(() => team.end());

describe('not a byte is left', () => {
  test('of a person who is forgotten, what they wrote, decided, objected to and are called', async () => {
    const { channel, researcher } = team;
    const ben = team.newcomer(PLANTED);
    ben.in(channel).send(`Please look at ${team.plant()}`);
    const asked = researcher
      .in(channel)
      .send(block({ type: 'escalation', reason: 'Which?', options: ['A', 'B'] }));
    researcher.in(channel).send(`<@${ben.id}> it is done, ${PLANTED}`);
    await team.running.settled();
    const { sessionId } = (await team.store.entries.byMessage(asked.id))!;
    const by = { key: ben.id, name: PLANTED, kind: 'person' as const };
    const escalation = (await team.store.escalations.byStep(sessionId, 2))!;
    const decision = { option: null, note: team.plant() };
    const actor = { author: by, interactionId: '1099000000000000777' };
    await team.store.escalations.act(escalation.id, { kind: 'decide', decision }, actor, Date.now());
    await team.store.feedback.rate({ userId: ben.id, sessionId, helped: true }, Date.now());
    await team.endSession();
    expect(team.traces()).not.toEqual([]);
    await command(team.channel, ben, 'privacy forget-me', 'Forget me');
    expect(await team.left()).toEqual([]);
  });

  test('of what a person who is forgotten asked, taught, or worded for a bot', async () => {
    const { channel, researcher } = team;
    const ben = team.newcomer('Benedict');
    const run = (name: string, options: Record<string, string>) => ask(ben, channel, name, options);
    await run('escalate', { reason: `May ${team.plant()} go on?`, options: `${team.plant()}, No` });
    await run('insights add', { content: `Always ${team.plant()} first`, category: team.plant() });
    const said = researcher.in(channel).send('Tests are slow here');
    researcher.in(channel).send(insightBlock('Builds are slow here', { share: 'now' }));
    await team.running.settled();
    const share = await ben.in(channel).messageCommand('Share as insight', said);
    await ben
      .in(channel)
      .submit(share.modal!, { content: `Not ${team.plant()}`, category: ['tool_pattern'] });
    const review = await ask(ben, channel, 'insights review');
    const edit = await ben.in(channel).click(review.reply, editOf(review.reply, 'Builds'));
    await ben.in(channel).submit(edit.modal!, { content: `Builds take ${team.plant()}` });
    await team.endSession();
    expect(team.traces()).not.toEqual([]);
    await command(team.channel, ben, 'privacy forget-me', 'Forget me');
    expect(await team.left()).toEqual([]);
  });

  test('of what a person who is forgotten is called, wherever others said it', async () => {
    const { channel, researcher } = team;
    const ben = team.newcomer(PLANTED);
    for (const fields of [
      {
        level: 'tool',
        message: 'Sent',
        tool_name: 'mail',
        tool_input: { to: PLANTED },
        tool_output: PLANTED,
      },
      { level: 'decision', message: 'Chose', details: { who: [PLANTED] }, summary: `Done for ${PLANTED}` },
      { type: 'escalation', reason: `What does ${PLANTED} want?`, options: [`As ${PLANTED} says`, 'B'] },
      {
        type: 'escalation',
        reason: `Does ${PLANTED} agree?`,
        options: [PLANTED, 'Nobody'],
        dedupe_key: `ask-${PLANTED}`,
      },
      { type: 'artifact', message: 'Notes', artifact: { schema: 'notes-v1', content: { by: PLANTED } } },
      { level: 'decision', message: 'Voted', details: { votes: { [PLANTED]: 'A', status: PLANTED } } },
      { level: 'handoff', message: 'Please look', handoff_to: [PLANTED], category: PLANTED },
      {
        type: 'artifact',
        message: 'Votes',
        artifact: { schema: 'votes-v1', workflow_id: `of ${PLANTED}`, content: { [PLANTED]: 'B' } },
      },
    ])
      researcher.in(channel).send(block(fields));
    researcher.in(channel).send(insightBlock(`${PLANTED} prefers short summaries`, { share: 'now' }));
    await team.running.settled();
    const { escalations } = await team.store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 9 });
    const actor = {
      author: { key: '7', name: 'Ana', kind: 'person' as const },
      interactionId: '1099000000000000778',
    };
    const decision = { option: PLANTED, note: `Ask ${PLANTED}` };
    await team.store.escalations.act(escalations.at(-1)!.id, { kind: 'decide', decision }, actor, Date.now());
    await team.endSession();
    await command(team.channel, ben, 'privacy forget-me', 'Forget me');
    expect(await team.left()).toEqual([]);
  });

  test('of what a person who is forgotten is called, in long answers, and in insights and the reasons of others', async () => {
    const { channel, researcher, ana } = team;
    const ben = team.newcomer(PLANTED);
    const answer = researcher.in(channel).send(`${PLANTED} asked.\n${'So it goes on.\n'.repeat(125)}`.trim());
    researcher.in(channel).send(`And on, ${PLANTED}.`);
    await team.running.settled();
    expect((await team.store.entries.byMessage(answer.id))!.message).toMatch(/asked[^]*And on/);
    const run = (name: string, options: Record<string, string | number>) => ask(ana, channel, name, options);
    await run('insights add', { content: `${PLANTED} likes tables`, category: 'user_preference' });
    await run('insights add', { content: 'Tables are liked', category: 'tool_pattern' });
    await run('insights revoke', { id: 2, reason: `${PLANTED} changed minds` });
    await team.endSession();
    await command(team.channel, ben, 'privacy forget-me', 'Forget me');
    expect(await team.left()).toEqual([]);
    expect((await run('insights show', { id: 1 })).text).toContain('someone likes tables');
  });

  test('of the id of a person who is forgotten, wherever others said it', async () => {
    const { channel, researcher, ana } = team;
    const ben = team.newcomer('Benedict');
    const { id } = ben;
    ben.in(channel).send('Please look at it');
    const answer = researcher.in(channel).send(`<@${id}> asked.\n${'So it goes on.\n'.repeat(125)}`.trim());
    for (const text of [`And on, <@!${id}>.`, `User ${id} is user_${id}`]) researcher.in(channel).send(text);
    for (const fields of [
      { level: 'tool', message: id, tool_name: 'dm', tool_input: { to: id }, tool_output: `<@${id}>` },
      { level: 'decision', message: 'Chose', details: { [id]: [Number(id)] }, triggered_by: `<@${id}>` },
      { level: 'handoff', message: 'Please look', handoff_to: [`<@${id}>`], category: id, summary: id },
      { type: 'escalation', reason: `What does <@${id}> want?`, options: [`<@${id}>`, 'B'], dedupe_key: id },
      { type: 'artifact', message: 'Notes', artifact: { schema: 'notes-v1', content: { by: id } } },
    ])
      researcher.in(channel).send(block(fields));
    const run = (name: string, options: Record<string, string | number>) => ask(ana, channel, name, options);
    await run('insights add', { content: `<@${id}> likes tables`, category: 'user_preference' });
    await run('insights add', { content: 'Tables are liked', category: 'tool_pattern' });
    await run('insights revoke', { id: 2, reason: `${id} changed minds` });
    await team.endSession();
    expect((await team.store.entries.byMessage(answer.id))!.message).toMatch(/asked[^]*And on/);
    // As a number it lost its last digits, and may be the id of somebody else: it stands in a list.
    const inList = `[${Number(id)}`;
    for (const trace of [id, inList]) expect(team.traces(trace)).not.toEqual([]);
    await command(team.channel, ben, 'privacy forget-me', 'Forget me');
    expect(await team.left(id)).toEqual([]);
    expect(await team.left(inList)).toEqual([]);
  });

  test('of what a person writes who opted out, or an agent says after them', async () => {
    const { channel, researcher } = team;
    const ben = team.newcomer(`${PLANTED} the First`);
    await command(team.channel, ben, 'privacy opt-out');
    const words = `my dog is called ${team.plant()} and he is four years old`;
    ben.in(channel).send(words);
    researcher.in(channel).send(`<@${ben.id}> You say ${words}. Noted, ${PLANTED} the First!`);
    researcher
      .in(channel)
      .send(block({ level: 'info', message: `He says that ${words}`, details: { said: words } }));
    await team.endSession();
    expect(await team.left()).toEqual([]);
  });

  test('of what a person who opted out would have bots learn', async () => {
    const { channel, researcher } = team;
    const ben = team.newcomer('Benedict');
    const said = researcher.in(channel).send(insightBlock('Builds are slow here', { share: 'now' }));
    await command(team.channel, ben, 'privacy opt-out');
    await team.running.settled();
    const refusal = 'You opted out here, so I keep nothing that you write';
    expect((await ask(ben, channel, 'insights add', { content: team.plant() })).text).toContain(refusal);
    const share = await ben.in(channel).messageCommand('Share as insight', said);
    expect(wordsOf(await share.reply())).toContain(refusal);
    const review = await ask(ben, channel, 'insights review');
    const edit = await ben.in(channel).click(review.reply, editOf(review.reply, 'Builds'));
    const edited = await ben.in(channel).submit(edit.modal!, { content: team.plant() });
    expect(wordsOf(await edited.reply())).toContain(refusal);
    await ben.in(channel).click(review.reply, idOf(review.reply, 'Approve'));
    const revoked = await ask(ben, channel, 'insights revoke', { id: 1, reason: team.plant() });
    expect(revoked.text).toContain(refusal);
    expect((await ask(ben, channel, 'insights revoke', { id: 1 })).text).toContain('taken back');
    expect(await team.left()).toEqual([]);
  });

  test('of what a person who opted out says in forms about steps and decisions', async () => {
    const { channel, researcher } = team;
    const ben = team.newcomer('Benedict');
    const said = researcher.in(channel).send('Builds are slow here');
    await team.running.settled();
    const explained = await (await ben.in(channel).messageCommand('Explain this', said)).reply();
    const wrong = () => ben.in(channel).click(explained, idOf(explained, 'This was wrong'));
    const { modal } = await wrong();
    await command(team.channel, ben, 'privacy opt-out');
    const refusal = 'You opted out here, so I keep nothing that you write';
    const objection = await ben.in(channel).submit(modal!, { reason: team.plant() });
    expect(wordsOf(await objection.reply())).toContain(refusal);
    expect(wordsOf(await (await wrong()).reply())).toContain(refusal);
    expect((await ask(ben, channel, 'escalate', { reason: team.plant() })).text).toContain(refusal);
    await team.endSession();
    expect(await team.left()).toEqual([]);
  });
});
