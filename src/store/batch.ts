import { isBot } from '../domain/author.ts';
import type { Author } from '../domain/author.ts';
import type { Draft, Entry } from '../domain/entry.ts';
import { remember } from '../domain/session.ts';
import { addCounts, changeOf } from './counts.ts';
import { placeKey } from './live.ts';
import type { Live, LiveWorkspace, OpenSession } from './live.ts';
import { addToTally, copyTally } from './participants.ts';
import type { PlacedDraft } from './store.ts';

/** What a batch changes in one workspace. */
export interface WorkspaceChange {
  live: LiveWorkspace;
  lastEntryId: number;
  /** By place: copies, the live ones stay as they are until the transaction is through. */
  open: Map<string, OpenSession>;
  /** Those that ended; a place that is among them and not in `open` has no open session any more. */
  ended: OpenSession[];
  /** By the row of a bot: when it wrote, where that is news. */
  bots: Map<number, number>;
}

/** How far behind the note of a bot's latest entry may be, in ms: it orders lists, so there is no need to write it each time. */
const BOT_NEWS_MS = 3_600_000;

/** How many dropped messages are known again when Discord delivers them twice; it does so within minutes. */
const REMEMBERED_DROPS = 10_000;

/** What one batch changes of the live state, kept apart from it until the batch is durable. */
export class Batch {
  readonly #live: Live;
  readonly #workspaces = new Map<number, WorkspaceChange>();

  readonly #recentlyDropped: Set<string>;
  readonly #dropped = new Set<string>();

  constructor(live: Live, recentlyDropped: Set<string>) {
    this.#live = live;
    this.#recentlyDropped = recentlyDropped;
  }

  /** False when that was dropped before: it left no row that could tell. */
  dropOnce(key: string): boolean {
    if (this.#recentlyDropped.has(key) || this.#dropped.has(key)) return false;
    this.#dropped.add(key);
    return true;
  }

  /** In the order of the workspaces' ids, and so of their entries' ids. */
  changes(): WorkspaceChange[] {
    return [...this.#workspaces.values()].sort((a, b) => a.live.id - b.live.id);
  }

  workspace(id: number): WorkspaceChange {
    const known = this.#workspaces.get(id);
    if (known) return known;
    const live = this.#live.get(id);
    if (!live) throw new Error(`There is no workspace ${id}.`);
    const { lastEntryId } = live;
    const change = { live, lastEntryId, open: new Map(), ended: [], bots: new Map() };
    this.#workspaces.set(id, change);
    return change;
  }

  /** Makes the live state what the batch made of it. */
  adopt(): void {
    for (const { live, lastEntryId, open, ended, bots } of this.#workspaces.values()) {
      live.lastEntryId = lastEntryId;
      for (const session of ended) live.open.delete(placeKey(session));
      for (const [key, session] of open) live.open.set(key, session);
      for (const [bot, at] of bots) live.bots.set(bot, at);
    }
    for (const key of this.#dropped) this.#recentlyDropped.add(key);
    for (const key of this.#recentlyDropped) {
      if (this.#recentlyDropped.size <= REMEMBERED_DROPS) break;
      this.#recentlyDropped.delete(key);
    }
  }
}

/** The open session of a place, if it has one. */
export function openSession(
  { live, open, ended }: WorkspaceChange,
  place: Pick<PlacedDraft, 'threadId' | 'conversation'>,
): OpenSession | undefined {
  const key = placeKey(place);
  const changed = open.get(key);
  if (changed) return changed;
  const untouched = live.open.get(key);
  if (!untouched || ended.some((session) => placeKey(session) === key)) return undefined;
  const copy = copyOf(untouched);
  open.set(key, copy);
  return copy;
}

export function addOpen({ open }: WorkspaceChange, session: OpenSession): void {
  open.set(placeKey(session), session);
}

export function endOpen({ open, ended }: WorkspaceChange, session: OpenSession): void {
  open.delete(placeKey(session));
  ended.push(session);
}

/** Counts an entry that was added. */
export function count(
  workspace: WorkspaceChange,
  session: OpenSession,
  entry: Entry,
  mentions: readonly Author[],
  authorId: number,
): void {
  workspace.lastEntryId += 1;
  remember(session.memory, entry, mentions);
  if (entry.at > session.lastAt) session.lastAt = entry.at;
  countEntry(session, entry);
  addToTally(session.tally, entry, authorId);
  if (!isBot(entry.author)) return;
  const noted = workspace.bots.get(authorId) ?? workspace.live.bots.get(authorId);
  if (noted === undefined || entry.at - noted >= BOT_NEWS_MS) workspace.bots.set(authorId, entry.at);
}

/** Counts what has come to a step that was counted before. */
export function goOn(session: OpenSession, before: Entry, after: Entry, { at, mentions }: Draft): void {
  const { memory } = session;
  remember(memory, { step: memory.step, author: after.author }, mentions);
  if (at > session.lastAt) session.lastAt = at;
  addCounts(session.counts, changeOf(before, after));
}

/** Counts an entry that the rules do not keep: it has no step, but whom it asked is remembered. */
export function drop(
  batch: Batch,
  session: OpenSession,
  entry: Entry,
  mentions: readonly Author[],
): 'dropped' | 'duplicates' {
  if (!batch.dropOnce(`${entry.messageId}/${entry.part}`)) return 'duplicates';
  remember(session.memory, { ...entry, step: session.memory.step }, mentions);
  if (entry.at > session.lastAt) session.lastAt = entry.at;
  session.counts.dropped += 1;
  return 'dropped';
}

function countEntry({ counts }: OpenSession, { step, level, tool, escalation, masked }: Entry): void {
  counts.steps = step;
  counts.masked += masked;
  if (level === 'handoff') counts.handoffs += 1;
  if (level === 'error') counts.errors += 1;
  if (level === 'uncertainty') counts.uncertain += 1;
  if (tool) counts.tools += 1;
  if (escalation) counts.escalations += 1;
}

function copyOf(session: OpenSession): OpenSession {
  const memory = { ...session.memory, askedBy: new Map(session.memory.askedBy) };
  return { ...session, counts: { ...session.counts }, tally: copyTally(session.tally), memory };
}
