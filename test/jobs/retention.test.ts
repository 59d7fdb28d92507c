import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jobs } from '../../src/jobs/index.ts';
import { retention } from '../../src/jobs/retention.ts';
import { ask, OPEN_TO_ALL, startTeam } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';

const DAY = 24 * 60 * 60_000;

let team: Running;
beforeEach(async () => {
  team = await startTeam({
    config: { workspaces: [{ match: 'project-*', type: 'project', owners: ['everyone'] }] },
  });
});
afterEach(() => team.end());

const run = (days: number) => retention.run(team.running.app, team.running.app.now() + days * DAY);

async function said(message: string) {
  const { id } = team.ben.in(team.channel).send(message);
  await team.running.settled();
  const { entries } = team.running.app.store;
  return { isKept: async () => (await entries.byMessage(id)) !== null };
}

const told = (sub: string, options = {}) =>
  ask(team.ana, team.channel, `workspace ${sub}`, options).then(({ text }) => text);

/** As the clock of the bot would be after so many days. */
async function endSession() {
  const { store, now } = team.running.app;
  await store.sessions.close({ workspaceId: 1, threadId: null }, now(), 'command');
}

describe('what is older than its workspace keeps', () => {
  test('is deleted by a job, not a day too early', async () => {
    expect(jobs).toContain(retention);
    const { isKept } = await said('kept for 90 days');
    await endSession();
    await run(89);
    expect(await isKept()).toBe(true);
    await run(91);
    expect(await isKept()).toBe(false);
    expect(team.running.logged().join('\n')).toContain('What was too old was deleted');
    expect(team.running.logged().join('\n')).not.toContain('kept for 90 days');
  });

  test('goes as a person says of the channel, and 0 keeps it for ever', async () => {
    expect(await told('show')).toContain('Kept for 90 days');
    const { isKept } = await said('short');
    await endSession();
    const keeping = (days: number) =>
      told('map', { type: 'project', owner: team.guild.everyone, 'retention-days': days });
    expect(await keeping(0)).toContain('Kept for ever');
    expect(await told('map', { type: 'project', 'summary-at': '09:00' })).toContain('Kept for ever');
    await run(5000);
    expect(await isKept()).toBe(true);
    expect(await keeping(3)).toMatch(/Kept for 3 days; the oldest begin to go <t:\d+:R>/);
    await run(4);
    expect(await isKept()).toBe(false);
  });

  test('stays while the workspace is on hold, also when it is mapped anew', async () => {
    const { isKept } = await said('evidence');
    await endSession();
    expect(await told('hold', { state: 'on' })).toContain('On hold: nothing is deleted');
    await told('map', { type: 'open', owner: team.guild.everyone });
    await run(5000);
    expect(await isKept()).toBe(true);
    expect(await told('hold', { state: 'off' })).toContain('Kept for 7 days');
    await run(8);
    expect(await isKept()).toBe(false);
  });

  test('stays for a run when the clock was set anew', async () => {
    const { isKept } = await said('still here');
    await endSession();
    const { app } = team.running;
    const steady = [false, true];
    const jumped = { ...app, clock: { isSteady: () => steady.shift()! } };
    await retention.run(jumped, app.now() + 400 * DAY);
    expect(await isKept()).toBe(true);
    expect(team.running.logged().join('\n')).toContain('The clock was set anew');
    await retention.run(jumped, app.now() + 400 * DAY);
    expect(await isKept()).toBe(false);
  });

  test('stays for a run when the bot was away for long by its clock, which may be wrong', async () => {
    await team.end();
    let now = Date.now();
    team = await startTeam({ config: OPEN_TO_ALL, now: () => now });
    const { isKept } = await said('still here');
    await endSession();
    await team.running.stop();
    now += 400 * DAY;
    await team.restart();
    await run(0);
    expect(await isKept()).toBe(true);
    await run(0);
    expect(await isKept()).toBe(false);
  });

  test('of a session that still runs goes, and its session goes on', async () => {
    const { isKept } = await said('old words');
    await run(100);
    expect(await isKept()).toBe(false);
    team.researcher.in(team.channel).send('new words');
    await team.running.settled();
    const { sessions, entries } = team.running.app.store;
    const log = await sessions.latest({ workspaceId: 1, threadId: null });
    expect(log).toMatchObject({ query: '', endedAt: null });
    expect(await entries.page({ sessionId: log!.sessionId }, 0, 10)).toMatchObject({
      entries: [{ step: 2, message: 'new words' }],
      total: 1,
    });
    expect((await ask(team.ana, team.channel, 'explain', { mode: 'detailed' })).text).toContain('new words');
  });
});
