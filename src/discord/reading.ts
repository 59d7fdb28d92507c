import type { APIMessage, Client, Guild } from 'discord.js';
import { changesIn, lateAfter } from '../domain/catch-up.ts';
import type { PlacedGap } from '../domain/coverage.ts';
import { compareIds, latestId, timeOf } from '../domain/snowflake.ts';
import type { CoverageStore } from '../store/store.ts';
import type { Backlog } from './backlog.ts';
import { isGone, readHistory } from './history.ts';
import type { History } from './history.ts';
import { timeOfEdit } from './intake.ts';
import type { Intake, Taken } from './intake.ts';
import { asDelivered } from './members.ts';
import type { Readable } from './places.ts';
import type { ObservationQueue } from './queue.ts';

export interface ReadingParts {
  client: Client;
  intake: Pick<Intake, 'takePast'>;
  backlog: Backlog;
  queue: Pick<ObservationQueue, 'push' | 'flush'>;
  coverage: Pick<CoverageStore, 'recorded' | 'addGap'>;
  /** At most so many messages of one place are read; the newest. */
  maxMessages: number;
  /** ms UTC. */
  now(): number;
}

interface Asked {
  /** ms UTC since when something may have been missed; null: it is not known. */
  since: number | null;
  /** Messages may have been on their way when the mark was set. */
  mayBeLate: boolean;
  signal: AbortSignal;
  /** Hears of how many messages were found. */
  onPage(messages: number): void;
}

/** So many steps are compared with what Discord still has. */
const COMPARED = 400;

/**
 * Reads what was said in a place while nobody looked, and what became of its latest messages, hands it over in the order in which it
 * happened, and lets go what happens there now. It is durable when this resolves.
 *
 * @throws DiscordAPIError, HTTPError, AbortError
 */
export async function readPlace(
  parts: ReadingParts,
  guild: Guild,
  at: Readable,
  asked: Asked,
): Promise<void> {
  const { backlog, queue } = parts;
  const read = new Map<string, number>();
  let { mark } = at;
  for (let round = 0; round === 0 || backlog.takeOverflow(at.channelId); round += 1) {
    backlog.takeOverflow(at.channelId);
    const history = await readHistory({
      rest: parts.client.rest,
      channelId: at.channelId,
      mark,
      max: parts.maxMessages,
      signal: asked.signal,
      onPage: asked.onPage,
    });
    if (history.isCut) await parts.coverage.addGap(gapBefore(history.fresh[0]!, at, mark, asked.since));
    for (const message of await take(parts, guild, { ...at, mark }, history, asked))
      read.set(message.id, timeOfEdit(message));
    mark = latestId(mark, ...history.fresh.map(({ id }) => id));
    await queue.flush();
    asked.signal.throwIfAborted();
  }
  backlog.release({ workspaceId: at.place.workspaceId, channelId: at.channelId }, read);
}

/** What lies between the mark and the first message that was read. */
function gapBefore(first: APIMessage, { place }: Readable, mark: string, since: number | null): PlacedGap {
  return {
    ...place,
    whole: false,
    reason: 'too_many_messages',
    from: Math.max(timeOf(mark), since ?? 0),
    to: Date.parse(first.timestamp),
  };
}

/** Hands over what is new, what arrived late, what was edited and what was deleted. Returns what is there of it. */
async function take(
  { client, intake, backlog, queue, coverage, now }: ReadingParts,
  guild: Guild,
  { place, channelId, mark, floor }: Readable,
  { fresh, known, knownFrom }: History,
  { mayBeLate, signal }: Asked,
): Promise<APIMessage[]> {
  const changes = changesIn(known.map(presentOf), await coverage.recorded(place, COMPARED), {
    from: latestId(floor, knownFrom),
    to: mark,
    lateAfter: mayBeLate ? latestId(floor, lateAfter(mark)) : null,
  });
  const edited = new Set(changes.edited);
  const late = new Set(changes.late);
  const wanted = [...known.filter(({ id }) => edited.has(id) || late.has(id)), ...fresh];
  const past = (await asDelivered(guild, wanted)).map((message): Taken => ({
    message,
    edited: edited.has(message.id),
  }));
  signal.throwIfAborted();
  intake.takePast(past.sort(byTime), place);
  const there = new Set([...known, ...fresh].map(({ id }) => id));
  const isMissing = (id: string) => !there.has(id) && compareIds(id, knownFrom) >= 0;
  const deleted = [...changes.deleted, ...backlog.uncertain(channelId).filter(isMissing)];
  const [some] = deleted;
  if (some !== undefined && (await isGone(client.rest, channelId, some, signal)))
    queue.push({ deleted, at: now() });
  const { workspaceId, threadId } = place;
  queue.push({ readUpTo: latestId(mark, ...fresh.map(({ id }) => id)), workspaceId, threadId });
  return wanted;
}

/** An edit stands where it was made; what was posted in the same moment stays in its order. */
function byTime(a: Taken, b: Taken): number {
  return happenedAt(a) - happenedAt(b) || compareIds(a.message.id, b.message.id);
}

function happenedAt({ message, edited }: Taken): number {
  const editedAt = edited ? message.edited_timestamp : null;
  return editedAt === null ? timeOf(message.id) : Date.parse(editedAt);
}

/** What a bot first promised to answer is filled in later without the mark of an edit, so it is looked at anew. */
function presentOf({ id, edited_timestamp, interaction_metadata }: APIMessage) {
  if (interaction_metadata) return { id, editedAt: Number.MAX_SAFE_INTEGER };
  return { id, editedAt: edited_timestamp === null ? null : Date.parse(edited_timestamp) };
}
