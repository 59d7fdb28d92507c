import type { REST } from 'discord.js';
import { compareIds } from '../domain/snowflake.ts';
import type { CoverageStore, Place } from '../store/store.ts';
import { isGone, PAGE, pageBefore } from './history.ts';
import type { ObservationQueue } from './queue.ts';

export interface LookingBack {
  rest: REST;
  coverage: Pick<CoverageStore, 'recorded'>;
  queue: Pick<ObservationQueue, 'push'>;
  signal: AbortSignal;
  /** ms UTC. */
  now(): number;
}

/** So many of the latest messages of a channel or thread are compared, and so many pages of 100 are read for it. */
const COMPARED = 2000;
const PAGES_MAX = 50;

/**
 * Finds which of the latest messages of a place were deleted while nobody looked, further back than catching up does: nothing waits for
 * this.
 *
 * @throws DiscordAPIError, HTTPError, AbortError
 */
export async function lookBack(parts: LookingBack, place: Place & { channelId: string }): Promise<void> {
  const { rest, coverage, queue, signal, now } = parts;
  // What is recorded from here on is newer than the pages.
  const recorded = (await coverage.recorded(place, COMPARED)).map(({ messageId }) => messageId);
  if (recorded.length === 0) return;
  const oldest = recorded.reduce((a, b) => (compareIds(a, b) < 0 ? a : b));
  let before: string | undefined;
  for (
    let pages = 0;
    pages < PAGES_MAX && (before === undefined || compareIds(before, oldest) > 0);
    pages += 1
  ) {
    const page = await pageBefore({ rest, channelId: place.channelId, signal }, before);
    const from = page.length < PAGE ? '0' : page[0]!.id;
    const there = new Set(page.map(({ id }) => id));
    const missing = recorded.filter(
      (id) =>
        !there.has(id) && compareIds(id, from) >= 0 && (before === undefined || compareIds(id, before) < 0),
    );
    const [some] = missing;
    if (some !== undefined && (await isGone(rest, place.channelId, some, signal)))
      queue.push({ deleted: missing, at: now() });
    before = from;
  }
}
