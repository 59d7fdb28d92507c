import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REFUSAL } from '../../src/discord/reader.ts';
import { ask, idOf, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;

beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

const how = (question: string, options = {}) => ask(team.ben, team.channel, 'how', { question, ...options });

/** A conversation about a rate limit and a password policy. */
async function converse(place: { id: string } = team.channel) {
  team.ben.in(place).send('Please review the authentication module');
  const found = team.researcher.in(place).send('Found 2 issues: missing rate limiting, weak password policy');
  for (let i = 0; i < 20; i++) team.researcher.in(place).send(`Still checking file ${i}`);
  const chosen = team.researcher
    .in(place)
    .send('I decided on 100 requests a minute. It is what the old proxy did.');
  await team.running.settled();
  return { found, chosen };
}

describe('/how', () => {
  test('answers a plain question with the step, linked to its message and its session', async () => {
    const { found } = await converse();
    const { text } = await how('what did @researcher find?');
    const first = text.split('\n').find((line) => line.includes('step ['));
    expect(first).toContain('💬 **researcher** · step [2]');
    expect(first).toContain(`(https://discord.com/channels/${team.guild.id}/${team.channel.id}/${found.id})`);
    expect(first).toContain('of “Please review the authentication module”');
    expect(text).toContain('> Found 2 issues: missing rate limiting');
  });

  test('knows what a word means for the kind of step, in any form', async () => {
    await converse();
    expect((await how('why was a limit of 100 chosen')).text.split('\n')[2]).toMatch(
      /^> I decided on 100 requests/,
    );
  });

  test('gives five steps at most, and each opens in its log', async () => {
    await converse();
    const { reply, text } = await how('which files were checked');
    expect(text.match(/step \[\d+\]/g)).toHaveLength(5);
    expect(text).toContain('Looked in #project-site ·');
    const [option] = (reply.components![1] as unknown as { components: [{ options: { value: string }[] }] })
      .components[0].options;
    const opened = await team.ben
      .in(team.channel)
      .select(reply, idOf(reply, 'See one in its log'), [option!.value]);
    expect(wordsOf(await opened.reply())).toContain('📓 **#project-site**');
    expect(opened.ephemeral).toBe(true);
  });

  test('looks in this workspace alone, or in all that the asker may read where there is none', async () => {
    const other = team.guild.createChannel({ name: 'project-other' });
    const random = team.guild.createChannel({ name: 'random' });
    await team.running.settled();
    await converse(other);
    expect((await how('password policy')).text).toContain('No step answers this. Looked in #project-site');
    expect((await how('password policy', { workspace: other })).text).toContain('weak password policy');
    const { text } = await ask(team.ben, random, 'how', { question: 'password policy' });
    expect(text).toContain('· #project-other ·');
    expect(text).toContain('Looked in #project-other, #project-site');
  });

  test('finds the one old step that has the rare word among many that have the common one', async () => {
    team.researcher.in(team.channel).send('I checked whether Claude fits');
    for (let i = 0; i < 150; i++) team.researcher.in(team.channel).send(`I checked item ${i}`);
    await team.running.settled();
    expect((await how('why did @researcher check Claude')).text).toContain('> I checked whether Claude fits');
  });
});

describe('a question that cannot be answered is answered nonetheless:', () => {
  test.each([
    ['of only stop words', 'what is it that they are', 'There is no word in this question to look for'],
    ['of emoji', '🤷‍♀️🔥', 'There is no word in this question to look for'],
    ['of search syntax', '" OR NEAR(', 'There is no word in this question to look for'],
    ['of search syntax and words', '"rate* OR (password^ NEAR/2 -policy:', 'weak password policy'],
    [
      'about what never came up',
      'which zebra was escalated',
      'No step answers this. Looked in #project-site for “zebra”, “escalated”',
    ],
    ['of hostile text', '**x** @everyone [zebra](https://evil.example)', 'No step answers this'],
    ['of a lone surrogate and NUL', 'zebra\uD800\u0000', 'No step answers this'],
  ])('%s', async (_, question, expected) => {
    await converse();
    const { text } = await how(question);
    expect(text).toContain(expected);
    expect(text).not.toMatch(/@everyone|\]\(https:\/\/evil/);
  });

  test('of 2000 characters', async () => {
    await converse();
    const question = `why ${'quite a few words on the password policy and '.repeat(60)}`.slice(0, 2000);
    expect((await how(question)).text).toContain('weak password policy');
    expect((await how('x'.repeat(2000))).text).toContain('No step answers this');
  });
});

describe('nothing hidden is searched', () => {
  test('not a channel that the asker cannot see, nor one that is not mapped: the refusal is the same', async () => {
    const hidden = team.guild.createChannel({
      name: 'project-hidden',
      overwrites: [
        { id: team.guild.everyone, deny: 1n << 10n },
        { id: team.bot, allow: 1n << 10n },
      ],
    });
    const random = team.guild.createChannel({ name: 'random' });
    await team.running.settled();
    team.ana.in(hidden).send('The zebra is hidden');
    await team.running.settled();
    const { text } = await ask(team.ben, random, 'how', { question: 'zebra' });
    expect(text).toContain('No step answers this. Looked in #project-site for');
    expect((await ask(team.ana, random, 'how', { question: 'zebra' })).text).toContain('The zebra is hidden');
    expect((await how('zebra', { workspace: random })).text).toBe(REFUSAL);
  });

  test('not a private thread of others', async () => {
    const secret = team.ana
      .in(team.channel)
      .startThread({ name: 'secret', private: true, invite: [team.bot] });
    team.ana.in(secret).send('The zebra is secret');
    await team.running.settled();
    expect((await how('zebra')).text).toContain('No step answers this');
    expect((await ask(team.ana, team.channel, 'how', { question: 'zebra' })).text).toContain(
      'The zebra is secret',
    );
  });
});
