import { afterEach, expect, test } from 'vitest';
import { closeIdle } from '../../src/jobs/close-idle.ts';
import { jobs } from '../../src/jobs/index.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team, TestBot } from '../support/bot.ts';

const MINUTE = 60_000;

let team: Team;
let bot: TestBot;
afterEach(async () => {
  await bot.stop();
  await team.discord.close();
});

test('is among the jobs, and ends a session after the idle time of its workspace, not before', async () => {
  expect(jobs).toContain(closeIdle);
  team = await createTeam('project-site');
  bot = await startTestBot({
    discord: team.discord,
    bot: team.bot,
    config: {
      workspaces: [{ match: 'project-*', type: 'project' }],
      sessions: { idle_minutes: { project: 10 } },
    },
  });
  await bot.settled();
  team.ana.in(team.channel).send('hello');
  await bot.settled();
  const { app } = bot;
  const workspaceId = app.workspaces.byChannel(team.channel.id)!.id;
  const session = () => app.store.sessions.latest({ workspaceId, threadId: null });
  const { lastAt } = (await session())!;
  await closeIdle.run(app, lastAt + 10 * MINUTE);
  expect(await session()).toMatchObject({ endedAt: null });
  await closeIdle.run(app, lastAt + 10 * MINUTE + 1);
  expect(await session()).toMatchObject({ endReason: 'idle', endedAt: expect.any(Number) });
});

test('ends no session while it is not known whether it went on', async () => {
  team = await createTeam('project-site');
  bot = await startTestBot({
    discord: team.discord,
    bot: team.bot,
    config: { workspaces: [{ match: 'project-*', type: 'project' }] },
  });
  await bot.settled();
  team.ana.in(team.channel).send('hello');
  await bot.settled();
  await expect.poll(() => bot.app.knownUntil()).toBe(Infinity);
  team.discord.faults.refuseConnections();
  await expect.poll(() => bot.app.knownUntil()).toBeLessThanOrEqual(Date.now());
  const session = () => bot.app.store.sessions.latest({ workspaceId: 1, threadId: null });
  await closeIdle.run(bot.app, Date.now() + 1000 * MINUTE);
  expect(await session()).toMatchObject({ endedAt: null });
  team.discord.faults.refuseConnections(false);
  await expect.poll(() => bot.app.knownUntil(), { timeout: 15_000 }).toBe(Infinity);
  await closeIdle.run(bot.app, Date.now() + 1000 * MINUTE);
  expect(await session()).toMatchObject({ endReason: 'idle' });
}, 20_000);
