import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetDeparted } from '../../src/jobs/forget-departed.ts';
import { jobs } from '../../src/jobs/index.ts';
import { startTeam } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';

const DAY = 24 * 60 * 60_000;

let team: Running;
beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

/** What the job does when it runs after so many days, with the servers that are there then. */
async function run(days: number, isMember: boolean) {
  const { app } = team.running;
  const { client } = app;
  const guilds = { cache: isMember ? client.guilds.cache : new Map() };
  const clock = { isSteady: () => true };
  const seen = { ...app, clock, client: { isReady: () => true, guilds } as never };
  await forgetDeparted.run(seen, app.now() + days * DAY);
}

test('a server that sent the bot away is forgotten after a week, and not when it lets the bot in again', async () => {
  expect(jobs).toContain(forgetDeparted);
  const { id } = team.ben.in(team.channel).send('of this server');
  await team.running.settled();
  const { app } = team.running;
  const guildId = team.guild.id;
  await app.timezones.set({ guildId, timezone: 'Asia/Kathmandu', at: 0 });
  const isKept = async () => (await app.store.entries.byMessage(id)) !== null;
  await run(0, false);
  await run(6, false);
  await run(6.5, true);
  await run(7, false);
  await run(13, false);
  expect(await isKept()).toBe(true);
  await run(14.1, false);
  expect(await isKept()).toBe(false);
  expect(app.workspaces.all()).toEqual([]);
  expect(await app.store.workspaces.list()).toEqual([]);
  expect([app.timezones.of(guildId), await app.store.guilds.timezones()]).toEqual(['UTC', []]);
  expect(team.running.logged().join('\n')).toContain('has sent the bot away');
});

test('who opted out is forgotten with the server, also where nothing was recorded', async () => {
  const { app } = team.running;
  const away = { guildId: '1099000000000000555', userId: team.ben.id };
  await app.optOuts.add({ ...away, names: [] }, app.now());
  await run(0, true);
  await run(7.1, true);
  expect(await app.store.people.optOuts()).toEqual([]);
  expect(app.optOuts.has(away.guildId, away.userId)).toBe(false);
  expect(app.workspaces.all()).toHaveLength(1);
});

test('a server that Discord cannot reach keeps what it has', async () => {
  team.ben.in(team.channel).send('of this server');
  await team.running.settled();
  const { client, store } = team.running.app;
  client.guilds.cache.first()!.available = false;
  await run(0, true);
  await run(1000, true);
  expect(await store.workspaces.list()).toHaveLength(1);
});
