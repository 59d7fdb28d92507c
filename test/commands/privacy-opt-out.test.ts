import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OPTED_OUT_TEXT } from '../../src/domain/opt-out.ts';
import { QUOTED } from '../../src/domain/quotes.ts';
import { press, says, told } from './privacy-support.ts';
import { ask, idOf, startTeam } from './support.ts';
import type { Running } from './support.ts';

let team: Running;
beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

describe('/privacy opt-out', () => {
  test('lets nothing be kept but that somebody wrote, also while a session is open', async () => {
    const before = await says(team, team.ben, 'kept');
    expect((await told(team, team.ben, 'opt-in')).text).toContain('nothing was changed');
    expect((await told(team, team.ben, 'opt-out')).text).toContain('no text, no name');
    const after = await says(team, team.ben, 'my cat is called Bartholomew the Third');
    expect(await before.stored()).toMatchObject({ message: 'kept' });
    expect(await after.stored()).toMatchObject({
      message: OPTED_OUT_TEXT,
      author: { key: 'opted-out', name: 'someone who opted out' },
    });
    expect((await told(team, team.ben, 'show')).text).toContain('You opted out');
    expect((await told(team, team.ben, 'opt-in')).text).toContain('is kept again');
    expect(await (await says(team, team.ben, 'again')).stored()).toMatchObject({ message: 'again' });
  });

  test('masks what agents repeat of it, and the name', async () => {
    await told(team, team.ben, 'opt-out');
    await says(team, team.ben, 'my cat is called Bartholomew the Third');
    const reply = await says(
      team,
      team.researcher,
      `<@${team.ben.id}> Ben, you say your cat is called Bartholomew the Third. Nice!`,
    );
    const entry = await reply.stored();
    expect(entry!.message).toBe('@someone someone, you say your [words of someone who opted out]. Nice!');
  });

  test('masks what is repeated of it in another channel, and the name in one that is mapped later', async () => {
    const other = team.guild.createChannel({ name: 'project-two' });
    await team.running.settled();
    await told(team, team.ben, 'opt-out');
    await says(team, team.ben, 'my cat is called Bartholomew the Third');
    const later = team.guild.createChannel({ name: 'project-three' });
    await team.running.settled();
    for (const [place, said, kept] of [
      [other, 'Ben says that my cat is called Bartholomew the Third', `someone says that ${QUOTED}`],
      [later, 'Ben asks for a cat', 'someone asks for a cat'],
    ] as const) {
      const { id } = team.researcher.in(place).send(said);
      await team.running.settled();
      expect(await team.running.app.store.entries.byMessage(id)).toMatchObject({ message: kept });
    }
  });

  test.each([
    ['a category', { level: 'info', category: 'Ben' }],
    ['who triggered it', { level: 'info', triggered_by: 'Ben' }],
    ['a tool', { level: 'tool', tool_name: 'Ben' }],
    ['a kind of insight', { level: 'info', insight_category: 'Ben', shareable_insight: true }],
    ['a key', { level: 'decision', details: { votes: { Ben: 'A' } } }],
    ['a handoff', { level: 'handoff', handoff_to: ['Ben'] }],
  ])('hides the name where an agent makes %s of it', async (_, fields) => {
    await told(team, team.ben, 'opt-out');
    const block = JSON.stringify({ message: 'Done', ...fields });
    const { stored } = await says(team, team.researcher, `\`\`\`worklog\n${block}\n\`\`\``);
    const { sessionId: _id, ...entry } = (await stored())!;
    expect(JSON.stringify(entry)).not.toMatch(/\bben\b/i);
  });

  test('hides the id wherever somebody tells it, also after a restart and when the person has left', async () => {
    await told(team, team.ben, 'opt-out');
    const { id } = team.ben;
    const block = (fields: object) => `\`\`\`worklog\n${JSON.stringify(fields)}\n\`\`\``;
    const check = async () => {
      const said = await says(team, team.researcher, `I asked ${id}, <@!${id}> that is: <@${id}>`);
      expect(await said.stored()).toMatchObject({ message: 'I asked someone, @someone that is: @someone' });
      const { stored } = await says(
        team,
        team.researcher,
        block({
          level: 'tool',
          message: `for <@${id}>`,
          tool_name: 'dm',
          tool_input: { to: id, at: [`<@${id}>`] },
          tool_output: `sent to ${id}`,
          triggered_by: `<@${id}>`,
          details: { [id]: Number(id) },
        }),
      );
      expect(JSON.stringify(await stored())).not.toMatch(new RegExp(`${id}|${Number(id)}`));
    };
    await check();
    await ask(team.ana, team.channel, 'insights add', {
      content: `<@${id}> likes tables`,
      category: 'user_preference',
    });
    expect(await team.running.app.store.insights.get(1)).toMatchObject({ content: '@someone likes tables' });
    await team.running.stop();
    team.guild.remove(team.ben);
    await team.restart();
    await check();
  });

  test('ends with opt-in also for what others call the person', async () => {
    await told(team, team.ben, 'opt-out');
    await told(team, team.ben, 'opt-in');
    const { stored } = await says(team, team.researcher, `<@${team.ben.id}> Ben is ${team.ben.id}`);
    expect(await stored()).toMatchObject({ message: `@Ben Ben is ${team.ben.id}` });
  });

  test('masks what other people repeat of it in forms', async () => {
    await told(team, team.ben, 'opt-out');
    const words = 'my cat is called Bartholomew the Third';
    await says(team, team.ben, words);
    const run = (name: string, options: Record<string, string | number>) =>
      ask(team.ana, team.channel, name, options);
    await run('escalate', { reason: `Ben says ${words}. Is it so?`, options: `${words}, No` });
    await run('insights add', { content: `Ben says ${words}`, category: 'user_preference' });
    const { reply } = await run('insights review', {});
    await team.ana.in(team.channel).click(reply, idOf(reply, 'Approve'));
    await run('insights revoke', { id: 1, reason: `Ben says ${words}` });
    const { escalations, insights } = team.running.app.store;
    expect(await escalations.get(1)).toMatchObject({
      reason: `someone says ${QUOTED}. Is it so?`,
      options: [QUOTED, 'No'],
    });
    expect(await insights.get(1)).toMatchObject({ content: `someone says ${QUOTED}` });
    expect((await insights.events(1)).at(-1)).toMatchObject({ reason: `someone says ${QUOTED}` });
  });

  test('outlasts being forgotten, which says so', async () => {
    await told(team, team.ben, 'opt-out');
    expect(await press(team, team.ben, 'forget-me', 'Forget me')).toContain('You opted out here');
    expect(await (await says(team, team.ben, 'again')).stored()).toMatchObject({ message: OPTED_OUT_TEXT });
  });

  test('passes over edits, and holds after a restart', async () => {
    await told(team, team.ben, 'opt-out');
    const message = team.ben.in(team.channel).send('first words');
    await team.running.settled();
    team.ben.in(team.channel).edit(message, 'other words');
    await team.running.settled();
    const entry = await team.running.app.store.entries.byMessage(message.id);
    expect(entry!.message).toBe(OPTED_OUT_TEXT);
    await team.running.stop();
    const missed = team.ben.in(team.channel).send('said while nobody looked');
    await team.restart();
    await team.running.settled();
    expect(await team.running.app.store.entries.byMessage(missed.id)).toMatchObject({
      message: OPTED_OUT_TEXT,
    });
  });
});
