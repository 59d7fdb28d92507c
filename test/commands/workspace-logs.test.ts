import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REFUSAL } from '../../src/discord/reader.ts';
import { ask, forge, idOf, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;

beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

/** As many sessions, each in a thread of its own. */
async function sessions(n: number): Promise<void> {
  for (let i = 1; i <= n; i++) {
    const thread = team.ben.in(team.channel).startThread({ name: `thread ${i}` });
    team.ben.in(thread).send(`Task ${i}.`);
    team.researcher.in(thread).send('On it');
    if (i === 1) thread.archive();
  }
  await team.running.settled();
}

const queries = (text: string) => [...text.matchAll(/“(.*?)”/g)].map((match) => match[1]);

describe('/workspace-logs', () => {
  test('lists the latest sessions with type, bots, state and size', async () => {
    await sessions(2);
    const { text } = await ask(team.ben, team.channel, 'workspace-logs');
    expect(queries(text)).toEqual(['Task 2.', 'Task 1.']);
    expect(text).toMatch(
      /-# #project-site · project · <#\d+> · 🟡 active, \d+ s · 2 steps · researcher · <t:\d+:R>/,
    );
    expect(text).toMatch(/🟢 ended after \d+ s: its thread was archived/);
  });

  test('pages through as many as asked for', async () => {
    await sessions(12);
    const { reply, text } = await ask(team.ben, team.channel, 'workspace-logs', { limit: 11 });
    expect(queries(text)).toHaveLength(8);
    const next = await (await team.ben.in(team.channel).click(reply, idOf(reply, '›'))).reply();
    expect(queries(wordsOf(next))).toEqual(['Task 4.', 'Task 3.', 'Task 2.']);
    expect(idOf(next, '9–11 of 11')).toBeDefined();
  });

  test.each([
    [-1, 1],
    [1e9, 12],
  ])('takes a forged limit of %i for what it may be', async (value, expected) => {
    await sessions(12);
    const text = await forge(team, team.ben, {
      name: 'workspace-logs',
      options: [{ name: 'limit', type: 4, value }],
    });
    expect(queries(text)).toHaveLength(Math.min(expected, 8));
  });

  test('opens one of them', async () => {
    await sessions(2);
    const { reply } = await ask(team.ben, team.channel, 'workspace-logs');
    const [log] = await team.running.app.store.sessions.list({ workspaceIds: [1], limit: 1 });
    const run = await team.ben
      .in(team.channel)
      .select(reply, idOf(reply, 'Explain one of these'), [`${log!.sessionId}:0`]);
    expect(wordsOf(await run.reply())).toContain('“Task 2.”');
  });

  test('says that there is none yet', async () => {
    expect((await ask(team.ben, team.channel, 'workspace-logs')).text).toContain('No session yet');
  });

  test('leaves out what the asker may not see', async () => {
    const secret = team.ana
      .in(team.channel)
      .startThread({ name: 'secret', private: true, invite: [team.bot] });
    team.ana.in(secret).send('The secret plan');
    await team.running.settled();
    expect((await ask(team.ben, team.channel, 'workspace-logs')).text).toContain('No session yet');
    expect(queries((await ask(team.ana, team.channel, 'workspace-logs')).text)).toEqual(['The secret plan']);
    const random = team.guild.createChannel({ name: 'random' });
    await team.running.settled();
    expect((await ask(team.ben, team.channel, 'workspace-logs', { workspace: random })).text).toBe(REFUSAL);
  });
});
