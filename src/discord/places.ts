import { ChannelType, DiscordAPIError, PermissionFlagsBits } from 'discord.js';
import type { AnyThreadChannel, FetchedThreads } from 'discord.js';
import { latestId } from '../domain/snowflake.ts';
import type { Mark } from '../store/store.ts';
import type { RecordedPlace } from './observe.ts';
import type { MappableChannel } from './readable.ts';

/** A channel or thread to be read. */
export interface Readable {
  place: RecordedPlace;
  channelId: string;
  /** Everything up to this id is known, or is not to be recorded. */
  mark: string;
  /** Nothing up to this id is to be recorded. */
  floor: string;
  /** When the thread was archived; null: it is not, or it is the channel. */
  archivedAt: number | null;
}

interface Wanted {
  workspaceId: number;
  channel: MappableChannel;
  marks: readonly Mark[];
  /** Nothing up to this id is to be recorded. */
  floor: string;
}

/** The place that the channel itself is. */
export function channelPlace({ workspaceId, channel, marks, floor }: Wanted): Readable {
  const known = marks.find(({ threadId }) => threadId === null)?.messageId;
  return {
    place: { workspaceId, threadId: null, privateThread: false },
    channelId: channel.id,
    mark: known === undefined ? floor : latestId(floor, known),
    floor,
    archivedAt: null,
  };
}

/** The place that a thread is. One of which nothing is known is read from its beginning. */
export function threadPlace({ workspaceId, marks, floor }: Wanted, thread: AnyThreadChannel): Readable {
  const known = marks.find(({ threadId }) => threadId === thread.id)?.messageId ?? thread.id;
  return {
    place: {
      workspaceId,
      threadId: thread.id,
      privateThread: thread.type === ChannelType.PrivateThread,
    },
    channelId: thread.id,
    mark: latestId(floor, known),
    floor,
    archivedAt: thread.archived === true ? thread.archiveTimestamp : null,
  };
}

/** Pages of archived threads that are looked through. */
const PAGES_MAX = 50;
/** https://docs.discord.com/developers/resources/channel#list-public-archived-threads */
const PAGE = 100;

/**
 * The threads of a channel that were archived at `since` or later, as far as the bot may see them. discord.js knows them from then on.
 *
 * @throws DiscordAPIError, HTTPError
 */
export async function threadsArchivedSince(
  channel: MappableChannel,
  since: number,
): Promise<AnyThreadChannel[]> {
  const me = channel.guild.members.me;
  const fetchAll = me !== null && channel.permissionsFor(me).has(PermissionFlagsBits.ManageThreads);
  const all = await archivedPages(channel, { type: 'public' }, since);
  const secret = await archivedPages(channel, { type: 'private', fetchAll }, since).catch(noneIfForbidden);
  return [...all, ...secret];
}

interface Kind {
  type: 'public' | 'private';
  fetchAll?: boolean;
}

async function archivedPages(
  channel: MappableChannel,
  kind: Kind,
  since: number,
): Promise<AnyThreadChannel[]> {
  const found: AnyThreadChannel[] = [];
  // Discord orders those that the bot merely belongs to by age, all others by when they were archived.
  const isByAge = kind.type === 'private' && kind.fetchAll === false;
  let before: AnyThreadChannel | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page: FetchedThreads & { hasMore?: boolean } = await channel.threads.fetchArchived({
      ...kind,
      limit: PAGE,
      ...(before && { before: isByAge ? before.id : (before.archiveTimestamp ?? since) }),
    });
    const threads = [...page.threads.values()];
    found.push(...threads.filter(({ archiveTimestamp }) => (archiveTimestamp ?? 0) >= since));
    before = threads.at(-1);
    if (page.hasMore !== true || !before) break;
    if (!isByAge && (before.archiveTimestamp ?? 0) < since) break;
  }
  return found;
}

function noneIfForbidden(error: unknown): AnyThreadChannel[] {
  if (error instanceof DiscordAPIError && error.status === 403) return [];
  throw error;
}
