import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REFUSAL } from '../../src/discord/reader.ts';
import { ask, idOf, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;

beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

const HELPED = '👍 Helped';

/** Ben asks and the researcher answers; returns the answer. */
async function converse() {
  const question = team.ben.in(team.channel).send('How many holes are there?');
  const answer = team.researcher.in(team.channel).send({ content: 'Two holes', replyTo: question });
  await team.running.settled();
  return { question, answer };
}

/** The channel is Ana's alone from now on. */
async function hideFromBen() {
  const { guild, channel, running, ana } = team;
  await running.app.workspaces.map({
    guildId: guild.id,
    channelId: channel.id,
    name: 'project-site',
    type: 'project',
    coordinator: null,
    owners: [`user:${ana.id}`],
  });
}

const counts = () => team.running.app.store.feedback.counts([1]);

describe('whether an answer helped', () => {
  test('is asked by two buttons that vanish after use, and not again about the same session', async () => {
    await converse();
    const { reply, text } = await ask(team.ben, team.channel, 'explain');
    const run = await team.ben.in(team.channel).click(reply, idOf(reply, HELPED));
    const after = await run.reply();
    expect(after.id).toBe(reply.id);
    expect(wordsOf(after)).toBe(text);
    expect(() => idOf(after, HELPED)).toThrow('No component');
    expect(idOf(after, 'Detailed')).toBe(idOf(reply, 'Detailed'));
    expect(await counts()).toEqual({ helped: 1, notHelped: 0, mistakes: 0 });
    const again = [
      await ask(team.ben, team.channel, 'explain', { mode: 'debug' }),
      await ask(team.ben, team.channel, 'how', { question: 'holes' }),
    ];
    for (const { reply } of again) expect(() => idOf(reply, HELPED)).toThrow('No component');
    expect(idOf((await ask(team.ana, team.channel, 'explain')).reply, HELPED)).toBeDefined();
  });

  test('is asked below what /how found and below “Explain this”, and of an answer without a step it is not', async () => {
    const { answer } = await converse();
    const { reply } = await ask(team.ben, team.channel, 'how', { question: 'how many holes' });
    await team.restart();
    const after = await (
      await team.ben.in(team.channel).click(reply, idOf(reply, '👎 Did not help'))
    ).reply();
    expect(wordsOf(after)).toContain('Two holes');
    expect(await counts()).toEqual({ helped: 0, notHelped: 1, mistakes: 0 });
    const explained = await team.ana.in(team.channel).messageCommand('Explain this', answer);
    expect(idOf(await explained.reply(), HELPED)).toBeDefined();
    const nothing = await ask(team.ana, team.channel, 'how', { question: 'zebra' });
    expect(() => idOf(nothing.reply, HELPED)).toThrow('No component');
  });

  test('is not taken from who may not read the session any more', async () => {
    await converse();
    const { reply } = await ask(team.ben, team.channel, 'explain');
    await hideFromBen();
    const run = await team.ben.in(team.channel).click(reply, idOf(reply, HELPED));
    expect((await run.reply()).content).toBe(REFUSAL);
    expect(await counts()).toMatchObject({ helped: 0 });
  });
});

describe('“This was wrong”', () => {
  test('asks why and becomes a correction by that person, shown with the step', async () => {
    const { answer } = await converse();
    const explained = await (await team.ben.in(team.channel).messageCommand('Explain this', answer)).reply();
    const asked = await team.ben.in(team.channel).click(explained, idOf(explained, 'This was wrong'));
    expect(asked.modal).toMatchObject({ title: 'Step 2 was wrong' });
    const run = await team.ben.in(team.channel).submit(asked.modal!, { reason: '**Three**, @everyone' });
    expect((await run.reply()).content).toBe('Noted: your correction of step 2 is step 3 of the log.');
    expect(run.ephemeral).toBe(true);

    const { text } = await ask(team.ben, team.channel, 'explain');
    expect(text).toContain(String.raw`3 ↩ **Ben** (to 2) \*\*Three\*\*, ＠everyone`);
    const again = await (await team.ana.in(team.channel).messageCommand('Explain this', answer)).reply();
    expect(wordsOf(again)).toMatch(/-# Answered by\n3 ↩ \*\*Ben\*\*/);
    expect(await counts()).toMatchObject({ mistakes: 1 });
  });

  test('is said of a step of a detailed page, also when the session has ended, with secrets masked', async () => {
    const thread = team.ben.in(team.channel).startThread({ name: 'aside' });
    team.researcher.in(thread).send('Done');
    await team.running.settled();
    thread.archive();
    await team.running.settled();
    const { reply } = await ask(team.ana, team.channel, 'explain', { mode: 'detailed' });
    const asked = await team.ana.in(team.channel).select(reply, idOf(reply, 'A step was wrong'), ['1']);
    await team.restart();
    const secret = `ghp_${'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9'.padEnd(36, 'x4')}`;
    await team.ana.in(team.channel).submit(asked.modal!, { reason: `The token is ${secret}` });
    const { text } = await ask(team.ana, team.channel, 'explain');
    expect(text).toContain('its thread was archived');
    expect(text).toMatch(/2 ↩ \*\*Ana\*\* \(to 1\) The token is/);
    expect(text).not.toContain('ghp_');
  });

  test('of nothing but spaces is asked for again', async () => {
    await converse();
    const { reply } = await ask(team.ben, team.channel, 'explain', { mode: 'detailed' });
    const asked = await team.ben.in(team.channel).select(reply, idOf(reply, 'A step was wrong'), ['2']);
    const run = await team.ben.in(team.channel).submit(asked.modal!, { reason: '  \n ' });
    expect((await run.reply()).content).toBe('Say in a few words why the step was wrong.');
    expect(await counts()).toMatchObject({ mistakes: 0 });
  });

  test('is not taken from who may not read the session any more, neither before nor after the form', async () => {
    await converse();
    const { reply } = await ask(team.ben, team.channel, 'explain', { mode: 'detailed' });
    const which = idOf(reply, 'A step was wrong');
    const asked = await team.ben.in(team.channel).select(reply, which, ['2']);
    await hideFromBen();
    const submitted = await team.ben.in(team.channel).submit(asked.modal!, { reason: 'No' });
    expect((await submitted.reply()).content).toBe(REFUSAL);
    const pressed = await team.ben.in(team.channel).select(reply, which, ['2']);
    expect(pressed.modal).toBeUndefined();
    expect((await pressed.reply()).content).toBe(REFUSAL);
  });
});
