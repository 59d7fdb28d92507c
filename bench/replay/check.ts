import type { Store } from '../../src/store/store.ts';
import { messagesOf, takeApart } from './chunks.ts';
import { compareConversation } from './compare.ts';
import type { Difference, Recorded } from './compare.ts';
import type { Played } from './play.ts';
import { isMasked } from './reading.ts';

export interface CheckedConversation {
  played: Played;
  /** How many messages are recorded in its place. */
  recorded: number;
  /** In how many of them something is masked. */
  masked: number;
  differences: Difference[];
}

export interface Checked {
  /** In the order in which they were given. */
  conversations: CheckedConversation[];
  /** Entries where nothing was played. */
  strays: Recorded[];
}

/** How many entries are read at once. */
const PAGE = 500;

/** Holds all that is recorded against all that was played. */
export async function checkRecorded(store: Store, played: readonly Played[]): Promise<Checked> {
  const places = await readPlaces(store);
  const conversations: CheckedConversation[] = [];
  for (const one of played) {
    const key = placeKey(one.channelId, one.threadId);
    const sessions: Recorded[][] = [];
    for (const session of places.get(key) ?? []) sessions.push(await takeApart(store, session, one.expected));
    places.delete(key);
    const differences = compareConversation(one.expected, sessions);
    const messages = messagesOf(sessions.flat());
    conversations.push({
      played: one,
      recorded: messages.length,
      masked: countMasked(one, messages),
      differences,
    });
  }
  return { conversations, strays: [...places.values()].flat(2) };
}

function countMasked({ expected }: Played, entries: readonly Recorded[]): number {
  const said = new Map(expected.map(({ messageId, text }) => [messageId, text]));
  return entries.filter(({ messageId, message }) => isMasked(said.get(messageId) ?? message, message)).length;
}

/** The entries of every session, by place. */
async function readPlaces(store: Store): Promise<Map<string, Recorded[][]>> {
  const places = new Map<string, Recorded[][]>();
  for (const { id, channelId } of await store.workspaces.list()) {
    const sessions = await store.sessions.list({ workspaceIds: [id], limit: Number.MAX_SAFE_INTEGER });
    for (const { sessionId, threadId } of sessions) {
      const key = placeKey(channelId, threadId);
      places.set(key, [...(places.get(key) ?? []), await readSession(store, sessionId)]);
    }
  }
  return places;
}

async function readSession(store: Store, sessionId: string): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for (;;) {
    const { entries } = await store.entries.page({ sessionId }, all.length, PAGE);
    all.push(...entries);
    if (entries.length < PAGE) return all;
  }
}

function placeKey(channelId: string, threadId: string | null): string {
  return `${channelId}/${threadId ?? ''}`;
}
