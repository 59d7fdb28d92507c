import type { APIMessage } from 'discord.js';
import { systemClock } from '../../sandbox/clock.ts';
import type { Clock } from '../../sandbox/clock.ts';
import type { Bot, Guild, GuildChannel, Person, Sandbox } from '../../sandbox/sandbox.ts';
import { createSpeaking } from '../../src/discord/speaking.ts';
import { postReports } from '../../src/jobs/post-reports.ts';
import { startTestBot } from './bot.ts';
import type { TestBot } from './bot.ts';
import { startTestSandbox } from './sandbox.ts';

/** What somebody says at a time of the clock; `@name` mentions that agent. */
export interface NightLine {
  at: string;
  from: string;
  say: string;
}

export interface Night {
  discord: Sandbox;
  guild: Guild;
  channel: GuildChannel;
  /** Owns the server, and sleeps. */
  ana: Person;
  running: TestBot;
  /** Waits until eight, and gives the report that is posted then. */
  report(): Promise<APIMessage>;
  end(): Promise<void>;
}

/** Of the evening, UTC. */
const EVENING = Date.UTC(2026, 1, 12);
const DAY = 24 * 60 * 60_000;
const AGENTS = ['nanobot', 'researcher', 'creative', 'coder'];

/** A team of agents, alone in a coordination workspace from the evening on, at the times of their lines. */
export async function playNight(lines: readonly NightLine[]): Promise<Night> {
  const clock = leapingClock(EVENING + minutesOf(lines[0]!.at) - 60_000);
  const discord = await startTestSandbox({ clock });
  const ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  const bot = discord.createBot({ username: 'Work Logs' });
  const agents = new Map(AGENTS.map((username) => [username, discord.createBot({ username })]));
  const guild = discord.createGuild({ name: 'Team', owner: ana });
  for (const member of [bot, ...agents.values()]) guild.add(member);
  const channel = guild.createChannel({ name: 'coordination-website' });
  const running = await startTestBot({ discord, bot, now: clock.now, config: CONFIG });
  await running.settled();
  for (const { at, from, say } of lines) {
    advanceTo(clock, at);
    (agents.get(from) ?? ana).in(channel).send(mentioning(say, agents));
    await running.settled();
  }
  return {
    discord,
    guild,
    channel,
    ana,
    running,
    async report() {
      clock.advance(60_000);
      advanceTo(clock, '08:00');
      await running.settled();
      await postReports.run(running.app, clock.now());
      const speaking = createSpeaking(running.app);
      while ((await running.app.store.outbox.due(clock.now(), 1)).length > 0) await speaking.sendDue();
      const isReport = (message: APIMessage) => JSON.stringify(message.components ?? []).includes('🌙');
      return channel.messages().findLast(isReport)!;
    },
    async end() {
      await running.stop();
      await discord.close();
    },
  };
}

const CONFIG = {
  workspaces: [
    { match: '*', type: 'coordination' as const, coordinator: 'nanobot', owners: ['everyone' as const] },
  ],
};

type LeapingClock = Clock & { advance(ms: number): void };

/** A clock that stands still but for its leaps; what waits, waits as long as it would anyway. */
function leapingClock(start: number): LeapingClock {
  let now = start;
  return {
    ...systemClock(),
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

/** The next time that the clock shows `at`. */
function advanceTo(clock: LeapingClock, at: string): void {
  const now = clock.now();
  const ahead = (minutesOf(at) - (now % DAY) + DAY) % DAY;
  clock.advance(ahead);
}

/** In ms since midnight. */
function minutesOf(at: string): number {
  const [hours, minutes] = at.split(':').map(Number);
  return (hours! * 60 + minutes!) * 60_000;
}

function mentioning(say: string, agents: ReadonlyMap<string, Bot>): string {
  return say.replace(/@(\w+)/g, (at, name: string) => (agents.has(name) ? `<@${agents.get(name)!.id}>` : at));
}
