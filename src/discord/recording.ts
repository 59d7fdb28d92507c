import type { Client, Guild } from 'discord.js';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { PlacedGap } from '../domain/coverage.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { OptOut } from '../store/people.ts';
import type { GuildTimezone, Left, Store } from '../store/store.ts';
import { Backlog } from './backlog.ts';
import { CatchUp } from './catch-up.ts';
import { GonePlaces } from './gone-places.ts';
import { Intake } from './intake.ts';
import { Interruptions } from './interruptions.ts';
import type { OptOuts } from './opt-outs.ts';
import type { CatchingUp } from './progress.ts';
import type { ObservationQueue } from './queue.ts';
import { RuleMapper } from './rule-mapper.ts';
import { Slots } from './slots.ts';
import { followThreads } from './threads.ts';
import type { GuildWorkspaces } from './workspaces.ts';

/** What the store knows when the process starts. */
export interface Known {
  /** All workspaces that were ever mapped. */
  workspaces: readonly Workspace[];
  /** By which clock servers live, where people have set it. */
  timezones: readonly GuildTimezone[];
  /** What the last process left behind. */
  left: Left;
  /** The gaps that last. */
  lasting: readonly PlacedGap[];
  /** Those of whom nothing is recorded. */
  optOuts: readonly OptOut[];
}

/** Reads {@link Known}. To be called once, because from then on the last process's end is an interruption. */
export async function readKnown(store: Store, now: number): Promise<Known> {
  const workspaces = await store.workspaces.list();
  const timezones = await store.guilds.timezones();
  const workspaceIds = workspaces.map(({ id }) => id);
  const left = await store.coverage.started(now);
  const gaps = await store.coverage.gaps({ workspaceIds, from: now, to: Number.MAX_SAFE_INTEGER }, GAPS_MAX);
  const optOuts = await store.people.optOuts();
  return { workspaces, timezones, left, lasting: gaps.filter(({ to }) => to === null), optOuts };
}

const GAPS_MAX = 10_000;
/** Commands, cards and answers need Discord too, so history is read from so few places at the same time. */
const PLACES_AT_ONCE = 2;

interface Options {
  client: Client;
  config: Config;
  store: Store;
  known: Known;
  workspaces: GuildWorkspaces;
  queue: ObservationQueue;
  optOuts: OptOuts;
  log: Logger;
  /** ms UTC. */
  now(): number;
}

/** All that brings messages from Discord to the queue, live and after the fact. */
export interface Recording {
  /** To be called when the client is ready. */
  start(): void;
  /** What is being read of the time when the bot was away; null: nothing. */
  catchingUp(): CatchingUp | null;
  /** Everything that was said until then is recorded, as far as it can be: ms UTC; Infinity: until now. */
  knownUntil(): number;
  /** Resolves when every message that has arrived, or could be read, is durable. */
  settled(): Promise<void>;
  /** Takes nothing more, and resolves when all that was taken is durable. */
  stop(): Promise<void>;
}

/** Begins to listen to a client that is not logged in yet. */
export function createRecording({ known, ...options }: Options): Recording {
  const { client, config, store, workspaces, queue, log, now } = options;
  const { enabled } = config.workLogs;
  const { coverage, sessions } = store;
  const backlog = new Backlog();
  const read = async () => {
    await mapper.settled();
    await catchUp?.settled();
    await intake.settled();
  };
  const gone = new GonePlaces({ client, workspaces, store, queue, read, log, now });
  const applied = (guild: Guild, at: number) => {
    catchUp?.review(guild, at);
    gone.review(guild);
  };
  const mapper = new RuleMapper({ client, workspaces, rules: config.rules, gone, log, applied, now });
  const intake = new Intake({ ...options, mapper, backlog });
  const interruptions = new Interruptions({
    coverage,
    since: known.left.since,
    isPaused: !enabled,
    log,
    now,
  });
  const { maxMessages } = config.catchUp;
  const slots = new Slots(PLACES_AT_ONCE);
  const parts = {
    ...options,
    mapper,
    intake,
    backlog,
    coverage,
    sessions,
    interruptions,
    slots,
    maxMessages,
  };
  const { workspaces: all, ...rest } = known;
  const catchUp = enabled ? new CatchUp({ ...parts, ...rest, known: all }) : null;
  followThreads({ client, workspaces, intake: { settled: read }, sessions, log });
  return {
    start: () => interruptions.start(),
    catchingUp: () => catchUp?.progress() ?? null,
    knownUntil: () => (catchUp ? interruptions.knownUntil : Infinity),
    async settled() {
      await read();
      await gone.settled();
    },
    async stop() {
      const heardUntil = now();
      gone.stop();
      intake.stop();
      await catchUp?.stop();
      await intake.settled();
      await interruptions.stop(heardUntil);
    },
  };
}
