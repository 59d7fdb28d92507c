import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { AnyThreadChannel } from 'discord.js';
import type { Logger } from 'pino';
import { keepTrying } from '../backoff.ts';
import type { Backoff } from '../backoff.ts';
import type { GapReason } from '../domain/coverage.ts';
import { idAt, timeOf } from '../domain/snowflake.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { CoverageStore, SessionStore } from '../store/store.ts';
import { channelPlace, threadPlace, threadsArchivedSince } from './places.ts';
import type { Readable } from './places.ts';
import type { MappableChannel } from './readable.ts';
import { readPlace } from './reading.ts';
import type { ReadingParts } from './reading.ts';
import type { Slots } from './slots.ts';

export interface WorkspaceParts extends ReadingParts {
  coverage: ReadingParts['coverage'] & Pick<CoverageStore, 'marks'>;
  sessions: Pick<SessionStore, 'close'>;
  /** How many places are read at the same time. */
  slots: Slots;
  log: Logger;
}

export interface Behind {
  workspace: Workspace;
  channel: MappableChannel;
  /** ms UTC since when something may have been missed; null: it is not known. */
  since: number | null;
  /** Nothing of before is to be recorded: recording was switched off. */
  resumedAt: number | null;
  /** Messages may have been on their way when the process ended. */
  mayBeLate: boolean;
  /** Only places where something was said after this time, ms UTC; null: all. */
  saidAfter: number | null;
  /** The threads of the server that are not archived. */
  activeThreads(): Promise<readonly AnyThreadChannel[]>;
  onPage(messages: number): void;
  signal: AbortSignal;
}

/** Discord's own trouble lasts for minutes at most; live messages wait as long. */
const BACKOFF: Backoff = { first: 1000, most: 60_000 };
const TRIES = 10;
/** What had happened so long before the bot stopped to listen may still have been on its way, in ms. */
const UNDER_WAY = 30_000;

/**
 * Reads what was said in a workspace's channel and threads while nobody looked. What Discord does not give becomes a gap. Each place
 * goes on live as soon as it has caught up.
 *
 * @throws AbortError
 */
export async function catchUpWorkspace(parts: WorkspaceParts, behind: Behind): Promise<void> {
  const { workspace, channel, resumedAt, saidAfter } = behind;
  // What was heard before and waits for the disk would be missing from what is compared with history.
  await parts.queue.flush();
  const marks = await parts.coverage.marks(workspace.id);
  const floor = idAt(Math.max(workspace.mappedAt, resumedAt ?? 0));
  const about = { workspaceId: workspace.id, channel, marks, floor };
  const isWanted = ({ mark }: Readable) => saidAfter === null || timeOf(mark) > saidAfter;
  const readAll = (places: Readable[]) =>
    Promise.all(
      places.filter(isWanted).map((place) => parts.slots.run(() => readOrTell(parts, behind, place))),
    );
  const threads = threadsOf(parts, behind).then((all) =>
    readAll(all.map((thread) => threadPlace(about, thread))),
  );
  await Promise.all([readAll([channelPlace(about)]), threads]);
}

async function readOrTell(parts: WorkspaceParts, behind: Behind, at: Readable): Promise<void> {
  const { since, mayBeLate, onPage, signal, channel } = behind;
  const where = { workspaceId: at.place.workspaceId, channelId: at.channelId };
  try {
    const asked = { since, mayBeLate, signal, onPage };
    await patiently(parts, behind, () => readPlace(parts, channel.guild, at, asked));
  } catch (error) {
    signal.throwIfAborted();
    const from = Math.max(timeOf(at.mark), since ?? 0);
    const to = Math.max(from, parts.now());
    await parts.coverage.addGap({ ...at.place, whole: false, reason: reasonOf(error), from, to });
    signal.throwIfAborted();
    parts.backlog.release(where, new Map());
  }
  if (at.archivedAt !== null) await parts.sessions.close(at.place, at.archivedAt, 'archived');
}

/** Active ones, and those that were archived meanwhile. */
async function threadsOf(parts: WorkspaceParts, behind: Behind): Promise<AnyThreadChannel[]> {
  const { workspace, channel, since, activeThreads } = behind;
  try {
    const active = await patiently(parts, behind, activeThreads);
    const archived =
      since === null
        ? []
        : await patiently(parts, behind, () => threadsArchivedSince(channel, since - UNDER_WAY));
    const own = active.filter(({ parentId }) => parentId === channel.id);
    return [...new Map([...own, ...archived].map((thread) => [thread.id, thread])).values()];
  } catch (error) {
    behind.signal.throwIfAborted();
    const now = parts.now();
    const place = { workspaceId: workspace.id, threadId: null, privateThread: false, whole: true };
    await parts.coverage.addGap({ ...place, reason: reasonOf(error), from: since ?? now, to: now });
    return [...channel.threads.cache.values()];
  }
}

/** Tries again what may succeed yet. */
function patiently<T>(
  { log }: WorkspaceParts,
  { workspace, signal }: Behind,
  attempt: () => Promise<T>,
): Promise<T> {
  let failures = 0;
  return keepTrying(attempt, BACKOFF, signal, (err, retryInMs) => {
    failures += 1;
    if (signal.aborted || isRefusal(err) || failures >= TRIES) {
      if (!signal.aborted)
        log.error({ err, channel: workspace.name }, 'Discord does not give what was said; it stays a gap.');
      throw err;
    }
    log.warn(
      { err, channel: workspace.name, retryInMs },
      'What was said meanwhile could not be read; it is tried again.',
    );
  });
}

function isRefusal(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status < 500;
}

function reasonOf(error: unknown): GapReason {
  const isForbidden =
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.MissingAccess || error.code === RESTJSONErrorCodes.MissingPermissions);
  return isForbidden ? 'no_history_permission' : 'history_unavailable';
}
