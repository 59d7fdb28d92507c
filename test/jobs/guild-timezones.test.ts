import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { composeReport } from '../../src/discord/report.ts';
import { nextRuns } from '../../src/jobs/next-runs.ts';
import { postReports } from '../../src/jobs/post-reports.ts';
import { startTestBot } from '../support/bot.ts';
import type { TestBot } from '../support/bot.ts';
import { startTestSandbox } from '../support/sandbox.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A leap year; far from any clock change in all of the zones. */
const START = Date.UTC(2028, 0, 10, 12);

let discord: Sandbox;
let running: TestBot;
let now: number;

/** A bot in as many servers as there are zones, each with a workspace that is reported on every day. */
async function start(...zones: string[]): Promise<number[]> {
  discord = await startTestSandbox();
  const ana = discord.createPerson({ username: 'ana' });
  const bot = discord.createBot({ username: 'Work Logs' });
  const channels = zones.map((name) => {
    const guild = discord.createGuild({ name, owner: ana });
    guild.add(bot);
    return { guild, channel: guild.createChannel({ name: 'project-site' }) };
  });
  now = START;
  const config = {
    workspaces: [{ match: 'project-*', type: 'project' as const, owners: ['everyone' as const] }],
    summary: { quiet: 'line' as const },
  };
  running = await startTestBot({ discord, bot, config, now: () => now });
  await running.settled();
  for (const [index, { guild }] of channels.entries())
    await running.app.timezones.set({ guildId: guild.id, timezone: zones[index]!, at: START });
  return channels.map(({ channel }) => running.app.workspaces.byChannel(channel.id)!.id);
}

afterEach(async () => {
  await running.stop();
  await discord.close();
});

const latest = async (workspaceId: number) => (await running.app.store.reports.latest(workspaceId))?.to;

/** Runs the job twice at a time, as after a double start, every so often; gives the reports of each workspace. */
async function pass(workspaceIds: readonly number[], until: number, every = 6 * HOUR): Promise<number[][]> {
  const told = workspaceIds.map((): number[] => []);
  for (; now <= until; now += every) {
    await Promise.all([postReports.run(running.app, now), postReports.run(running.app, now)]);
    for (const [index, id] of workspaceIds.entries()) {
      const to = await latest(id);
      if (to !== undefined && to !== told[index]!.at(-1)) told[index]!.push(to);
    }
  }
  return told;
}

const local = (zone: string, at: number) => DateTime.fromMillis(at, { zone });
const daysOf = (zone: string, all: readonly number[]) => all.map((at) => local(zone, at).toISODate()!);

/** Every day of the calendar from the first to the last. */
function calendar([first, ...rest]: readonly string[]): string[] {
  const last = rest.at(-1)!;
  const days = [];
  for (let day = DateTime.fromISO(first!); day.toISODate()! <= last; day = day.plus({ days: 1 }))
    days.push(day.toISODate()!);
  return days;
}

test('three servers in one bot each have one report on each day of a year, at eight by their own clock', async () => {
  const zones = ['Pacific/Auckland', 'America/New_York', 'Asia/Kathmandu'];
  const ids = await start(...zones);
  const told = await pass(ids, START + 366 * DAY, 12 * HOUR);
  for (const [index, zone] of zones.entries()) {
    const days = daysOf(zone, told[index]!);
    expect(days).toEqual(calendar(days));
    expect(days.length).toBeGreaterThanOrEqual(366);
    expect(new Set(told[index]!.map((at) => local(zone, at).toFormat('HH:mm')))).toEqual(new Set(['08:00']));
  }
});

test('a time that the clock passes over or shows twice is told once, and 29 February when there is one', async () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'UTC'];
  const ids = await start(...zones);
  const { workspaces } = running.app;
  for (const [index, summaryAt] of ['02:30', '30 1 * * *', '0 8 29 2 *'].entries())
    await workspaces.configure(workspaces.byId(ids[index]!)!, { summaryAt });
  const [berlin, york, leap] = await pass(ids, START + 366 * DAY, DAY);
  expect(daysOf('Europe/Berlin', berlin!)).toEqual(calendar(daysOf('Europe/Berlin', berlin!)));
  expect(daysOf('America/New_York', york!)).toEqual(calendar(daysOf('America/New_York', york!)));
  expect(berlin!.length).toBeGreaterThanOrEqual(366);
  expect(york!.length).toBeGreaterThanOrEqual(366);
  // The one of four years ago was due before the channel was mapped.
  expect(daysOf('UTC', leap!)).toEqual(['2028-02-29']);
});

describe('a time zone that is set anew', () => {
  let id: number;
  const ZONES = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Honolulu'];
  const set = (timezone: string) => {
    const { guildId } = running.app.workspaces.byId(id)!;
    return running.app.timezones.set({ guildId, timezone, at: now });
  };
  beforeEach(async () => {
    [id] = (await start('UTC')) as [number];
  });

  const changes = ZONES.flatMap((from) => ZONES.filter((to) => to !== from).map((to) => [from, to] as const));

  test.each(changes)('from %s to %s gives no day two reports and passes over none', async (from, to) => {
    // A change at each hour of a day, and four days of calm after it.
    for (let hour = 0; hour < 24; hour += 5) {
      await set(from);
      await pass([id], now + 2 * DAY);
      const before = (await latest(id))!;
      now = before + hour * HOUR;
      await set(to);
      const [all] = await pass([id], now + 4 * DAY);
      const since = [...new Set([before, ...all!])];
      const days = daysOf(to, since);
      expect(days, `changed ${hour} h after a report`).toEqual(calendar(days));
      for (const [index, at] of since.slice(1).entries()) {
        expect(local(to, at).toFormat('HH:mm')).toBe('08:00');
        expect(at - since[index]!).toBeLessThanOrEqual(40 * HOUR);
      }
    }
  });

  test('gives a day whose time has passed by it its report at once, which says why it is late', async () => {
    await pass([id], START);
    now = START + 14 * HOUR;
    await set('Asia/Tokyo');
    await postReports.run(running.app, now);
    const { to } = (await running.app.store.reports.latest(id))!;
    expect([now - to, local('Asia/Tokyo', to).toFormat('HH:mm')]).toEqual([3 * HOUR, '08:00']);
    const report = await composeReport(running.app, { kind: 'report', workspaceId: id, to });
    expect(JSON.stringify(report!.body)).toContain('by the time zone that this server has now');
    expect(JSON.stringify(report!.body)).toContain('last night');
  });
});

test('the jobs themselves go by the clock of the configuration', async () => {
  await start('Asia/Kathmandu');
  const [first] = nextRuns([{ name: 'daily', schedule: '0 8 * * *' }], START, running.app.config);
  expect(local('UTC', first!.at).toFormat('HH:mm')).toBe('08:00');
});
