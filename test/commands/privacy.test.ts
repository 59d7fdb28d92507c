import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/sandbox.ts';
import { OPTED_OUT_TEXT } from '../../src/domain/opt-out.ts';
import { QUOTED } from '../../src/domain/quotes.ts';
import { ask, idOf, OPEN_TO_ALL, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;
beforeEach(async () => {
  team = await startTeam({ config: { ...OPEN_TO_ALL, backups: { keep_days: 14 } } });
});
afterEach(() => team.end());

const told = (person: Person, sub: string) => ask(person, team.channel, `privacy ${sub}`);

/** Says something in the channel; `stored` is what is kept of it. */
async function says(person: Pick<Person, 'in'> | Running['researcher'], content: string) {
  const { id } = person.in(team.channel).send(content);
  await team.running.settled();
  return { id, stored: () => team.running.app.store.entries.byMessage(id) };
}

/** Presses buttons one after the other, and returns what is shown then. */
async function press(person: Person, sub: string, ...labels: string[]): Promise<string> {
  const run = await person.in(team.channel).command(`privacy ${sub}`);
  let shown = await run.reply();
  for (const label of labels) {
    const before = wordsOf(shown);
    await person.in(team.channel).click(shown, idOf(shown, label));
    await expect.poll(async () => wordsOf(await run.reply())).not.toBe(before);
    shown = await run.reply();
  }
  return wordsOf(shown);
}

describe('/privacy show', () => {
  test('tells in numbers what is kept, where, how long, and who may read it', async () => {
    await says(team.ben, 'one');
    await says(team.ben, 'two');
    const { text } = await told(team.ben, 'show');
    expect(text).toContain('2 messages in this server');
    expect(text).toMatch(new RegExp(`<#${team.channel.id}> · 2 messages · <t:\\d+:d>–<t:\\d+:d>`));
    expect(text).toContain('kept for 90 days, read by: Everyone who can read the channel');
    expect((await told(team.ana, 'show')).text).toContain('0 messages in this server');
  });

  test('answers people who may read nothing', async () => {
    await says(team.ben, 'mine all the same');
    const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits;
    team.channel.setOverwrites([{ id: team.ben, deny: ReadMessageHistory, allow: ViewChannel }]);
    await team.running.settled();
    expect((await told(team.ben, 'show')).text).toContain('1 message in this server');
    expect((await told(team.ben, 'export')).reply.attachments).toHaveLength(1);
  });
});

describe('/privacy forget-me', () => {
  test('asks once, then removes the words and keeps the steps', async () => {
    const hers = await says(team.ana, 'Ben, are you there?');
    const { stored } = await says(team.ben, 'secretive words');
    expect(await press(team.ben, 'forget-me')).toMatch(/1 message of yours[^]*14 more days/);
    expect(await stored()).toMatchObject({ message: 'secretive words' });
    expect(await press(team.ben, 'forget-me', 'Keep it')).toContain('Nothing was changed');
    expect(await stored()).toMatchObject({ message: 'secretive words' });
    expect(await press(team.ben, 'forget-me', 'Forget me')).toMatch(
      /1 message of yours was removed[^]*gone by <t:/,
    );
    expect(await stored()).toMatchObject({
      message: '',
      deletedAt: expect.any(Number),
      author: { name: 'someone forgotten' },
    });
    expect(await hers.stored()).toMatchObject({ message: 'someone, are you there?' });
    expect((await told(team.ben, 'show')).text).toContain('0 messages');
    expect((await told(team.ben, 'export')).text).toContain('nothing is kept');
    const shown = (await ask(team.ana, team.channel, 'explain', { mode: 'detailed' })).text;
    expect(shown).not.toContain('secretive');
  });

  test('takes all that was said until it was asked, whatever the clock of the bot says', async () => {
    await team.end();
    team = await startTeam({ config: OPEN_TO_ALL, now: () => Date.now() - 24 * 60 * 60_000 });
    const { stored } = await says(team.ben, 'said by Discord’s clock');
    expect(await press(team.ben, 'forget-me', 'Forget me')).toContain('1 message of yours was removed');
    expect(await stored()).toMatchObject({ message: '' });
    const later = await says(team.ben, 'said afterwards');
    await team.running.app.store.erasure.resume(Infinity);
    expect(await later.stored()).toMatchObject({ message: 'said afterwards' });
  });

  test('takes the words of somebody who owns a workspace that is on hold', async () => {
    await ask(team.ana, team.channel, 'workspace hold', { state: 'on' });
    const { stored } = await says(team.ana, 'owner’s words');
    await press(team.ana, 'forget-me', 'Forget me');
    expect(await stored()).toMatchObject({ message: '', step: 1 });
  });
});

describe('/privacy opt-out', () => {
  test('lets nothing be kept but that somebody wrote, also while a session is open', async () => {
    const before = await says(team.ben, 'kept');
    expect((await told(team.ben, 'opt-in')).text).toContain('nothing was changed');
    expect((await told(team.ben, 'opt-out')).text).toContain('no text, no name');
    const after = await says(team.ben, 'my cat is called Bartholomew the Third');
    expect(await before.stored()).toMatchObject({ message: 'kept' });
    expect(await after.stored()).toMatchObject({
      message: OPTED_OUT_TEXT,
      author: { key: 'opted-out', name: 'someone who opted out' },
    });
    expect((await told(team.ben, 'show')).text).toContain('You opted out');
    expect((await told(team.ben, 'opt-in')).text).toContain('is kept again');
    expect(await (await says(team.ben, 'again')).stored()).toMatchObject({ message: 'again' });
  });

  test('masks what agents repeat of it, and the name', async () => {
    await told(team.ben, 'opt-out');
    await says(team.ben, 'my cat is called Bartholomew the Third');
    const reply = await says(
      team.researcher,
      `<@${team.ben.id}> Ben, you say your cat is called Bartholomew the Third. Nice!`,
    );
    const entry = await reply.stored();
    expect(entry!.message).toBe('@someone someone, you say your [words of someone who opted out]. Nice!');
  });

  test('masks what is repeated of it in another channel, and the name in one that is mapped later', async () => {
    const other = team.guild.createChannel({ name: 'project-two' });
    await team.running.settled();
    await told(team.ben, 'opt-out');
    await says(team.ben, 'my cat is called Bartholomew the Third');
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
    await told(team.ben, 'opt-out');
    const block = JSON.stringify({ message: 'Done', ...fields });
    const { stored } = await says(team.researcher, `\`\`\`worklog\n${block}\n\`\`\``);
    const { sessionId: _id, ...entry } = (await stored())!;
    expect(JSON.stringify(entry)).not.toMatch(/\bben\b/i);
  });

  test('hides the id wherever somebody tells it, also after a restart and when the person has left', async () => {
    await told(team.ben, 'opt-out');
    const { id } = team.ben;
    const block = (fields: object) => `\`\`\`worklog\n${JSON.stringify(fields)}\n\`\`\``;
    const check = async () => {
      const said = await says(team.researcher, `I asked ${id}, <@!${id}> that is: <@${id}>`);
      expect(await said.stored()).toMatchObject({ message: 'I asked someone, @someone that is: @someone' });
      const { stored } = await says(
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
    await told(team.ben, 'opt-out');
    await told(team.ben, 'opt-in');
    const { stored } = await says(team.researcher, `<@${team.ben.id}> Ben is ${team.ben.id}`);
    expect(await stored()).toMatchObject({ message: `@Ben Ben is ${team.ben.id}` });
  });

  test('masks what other people repeat of it in forms', async () => {
    await told(team.ben, 'opt-out');
    const words = 'my cat is called Bartholomew the Third';
    await says(team.ben, words);
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
    await told(team.ben, 'opt-out');
    expect(await press(team.ben, 'forget-me', 'Forget me')).toContain('You opted out here');
    expect(await (await says(team.ben, 'again')).stored()).toMatchObject({ message: OPTED_OUT_TEXT });
  });

  test('passes over edits, and holds after a restart', async () => {
    await told(team.ben, 'opt-out');
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

describe('the owner of a server', () => {
  test('alone gets and deletes all that was recorded in it', async () => {
    const { stored } = await says(team.ben, 'of the server');
    expect((await told(team.ben, 'guild-export')).text).toContain('Only the owner');
    expect((await told(team.ben, 'guild-erase')).text).toContain('Only the owner');
    expect((await told(team.ana, 'guild-export')).reply.attachments).toHaveLength(1);
    expect(await press(team.ana, 'guild-erase', 'Delete everything')).toContain('Really all of it');
    expect(await stored()).not.toBeNull();
    expect(await press(team.ana, 'guild-erase', 'Delete everything', 'Delete all of it')).toContain(
      'Deleted: 1 step',
    );
    expect(await stored()).toBeNull();
    expect(await (await says(team.ben, 'not recorded')).stored()).toBeNull();
  });

  test('ends with it what the programs of agents get in by', async () => {
    const { tokens } = team.running.app;
    const made = { guildId: team.guild.id, botKey: team.researcher.id, hash: 'f'.repeat(64) };
    const { id } = await tokens.create({ ...made, createdBy: team.ana.id }, Date.now());
    expect(await tokens.get(id)).toMatchObject(made);
    expect(await press(team.ana, 'guild-erase', 'Delete everything')).toContain('tokens');
    expect(await tokens.get(id)).toMatchObject({ revokedAt: null });
    await press(team.ana, 'guild-erase', 'Delete everything', 'Delete all of it');
    expect(await tokens.get(id)).toBeNull();
  });
});
