import { isBot } from '../domain/author.ts';
import type { Author } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';
import { remember } from '../domain/session.ts';
import { placeKey } from './live.ts';
import type { Live, LiveWorkspace, OpenSession } from './live.ts';

/** What an author adds to a session in one batch. */
export interface Tally {
  firstStep: number;
  steps: number;
  /** Those of them in coordinator mode. */
  coordinated: number;
}

export interface SessionChange {
  /** A copy: the live one stays as it is until the transaction is through. */
  session: OpenSession;
  /** By the author's row. */
  tallies: Map<number, Tally>;
}

export interface WorkspaceChange {
  live: LiveWorkspace;
  lastEntryId: number;
  /** By place. */
  open: Map<string, SessionChange>;
  /** Those that were found idle and closed. */
  ended: SessionChange[];
  /** When each bot wrote last, by the author's row. */
  bots: Map<number, number>;
  /** What goes into the search index: id, message, tags. By ascending id. */
  texts: [id: number, message: string, tags: string][];
}

/** What one batch changes of the live state, kept apart from it until the batch is durable. */
export class Batch {
  readonly #live: Live;
  readonly #workspaces = new Map<number, WorkspaceChange>();

  constructor(live: Live) {
    this.#live = live;
  }

  /** In the order of their ids. */
  changes(): WorkspaceChange[] {
    return [...this.#workspaces.values()].sort((a, b) => a.live.id - b.live.id);
  }

  workspace(id: number): WorkspaceChange {
    const known = this.#workspaces.get(id);
    if (known) return known;
    const live = this.#live.get(id);
    if (!live) throw new Error(`There is no workspace ${id}.`);
    const change = {
      live,
      lastEntryId: live.lastEntryId,
      open: new Map(),
      ended: [],
      bots: new Map(),
      texts: [],
    };
    this.#workspaces.set(id, change);
    return change;
  }

  /** The open session of a place, if it has one. */
  openSession(workspace: WorkspaceChange, threadId: string | null): SessionChange | undefined {
    const key = placeKey(threadId);
    const changed = workspace.open.get(key);
    if (changed) return changed;
    const live = workspace.live.open.get(key);
    return live && this.open(workspace, copyOf(live));
  }

  open(workspace: WorkspaceChange, session: OpenSession): SessionChange {
    const change = { session, tallies: new Map() };
    workspace.open.set(placeKey(session.threadId), change);
    return change;
  }

  /** Makes the live state what the batch made of it. */
  adopt(): void {
    for (const { live, lastEntryId, open } of this.#workspaces.values()) {
      live.lastEntryId = lastEntryId;
      for (const [key, { session }] of open) live.open.set(key, session);
    }
  }
}

/** Counts an entry that was added, for its session and its author. */
export function count(
  workspace: WorkspaceChange,
  { session, tallies }: SessionChange,
  entry: Entry,
  mentions: readonly Author[],
  authorId: number,
): void {
  workspace.lastEntryId += 1;
  remember(session.memory, entry, mentions);
  if (entry.at > session.lastAt) session.lastAt = entry.at;
  countEntry(session, entry);
  const tally = tallies.get(authorId) ?? { firstStep: entry.step, steps: 0, coordinated: 0 };
  tally.steps += 1;
  if (entry.coordinatorMode) tally.coordinated += 1;
  tallies.set(authorId, tally);
  if (isBot(entry.author))
    workspace.bots.set(authorId, Math.max(entry.at, workspace.bots.get(authorId) ?? 0));
}

function countEntry({ counts }: OpenSession, { step, level, tool, escalation }: Entry): void {
  counts.steps = step;
  if (level === 'handoff') counts.handoffs += 1;
  if (level === 'error') counts.errors += 1;
  if (level === 'uncertainty') counts.uncertain += 1;
  if (tool) counts.tools += 1;
  if (escalation) counts.escalations += 1;
}

function copyOf(session: OpenSession): OpenSession {
  const memory = { ...session.memory, askedBy: new Map(session.memory.askedBy) };
  return { ...session, counts: { ...session.counts }, memory };
}
