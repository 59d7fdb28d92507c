import type { Author } from '../domain/author.ts';
import { newMemory, remember } from '../domain/session.ts';
import type { SessionMemory, Setting } from '../domain/session.ts';
import type { Counts } from '../domain/work-log.ts';
import type { WorkspaceType } from '../domain/workspace.ts';
import { prepareTallyReader } from './participants.ts';
import type { Tally } from './participants.ts';
import type { Db } from './sqlite.ts';

/** An open session, and what its next entry has to know. */
export interface OpenSession {
  /** The key of its row. */
  id: number;
  threadId: string | null;
  conversation: string | null;
  lastAt: number;
  counts: Counts;
  tally: Tally;
  memory: SessionMemory;
}

export interface LiveWorkspace {
  id: number;
  setting: Setting;
  /** False once it was unmapped. */
  recorded: boolean;
  /** The highest entry id of its range in use. */
  lastEntryId: number;
  /** The highest of them that the search index has. */
  indexedId: number;
  /** By {@link placeKey}. */
  open: Map<string, OpenSession>;
  /** By the row of a bot that wrote here: when that was last written down. */
  bots: Map<number, number>;
}

/**
 * What the store remembers between calls, by workspace id: it saves a look-up per message. It follows the database: it changes
 * only after a transaction has succeeded.
 */
export type Live = Map<number, LiveWorkspace>;

/** How many ids a workspace has: an entry's id is its workspace's id times this, plus its number there. */
export const ID_RANGE = 2 ** 32;

/** How many of a session's latest entries tell who asked whom. What was asked longer ago has been answered or forgotten. */
const REMEMBERED_ENTRIES = 300;

/** A place within its workspace, and which of the conversations that programs have there. */
export function placeKey({ threadId, conversation = null }: PlaceInWorkspace): string {
  return conversation === null ? (threadId ?? '') : `${threadId ?? ''} ${conversation}`;
}

interface PlaceInWorkspace {
  threadId: string | null;
  conversation?: string | null | undefined;
}

export function newLiveWorkspace(id: number, setting: Setting, recorded: boolean): LiveWorkspace {
  const none = id * ID_RANGE;
  return { id, setting, recorded, lastEntryId: none, indexedId: none, open: new Map(), bots: new Map() };
}

/** Reads the state back from the database, as it was when the last process left it. */
export function loadLive(db: Db): Live {
  const live: Live = new Map();
  const lastEntryId = db
    .prepare<[number, number], number | null>('SELECT max(id) FROM entries WHERE id > ? AND id < ?')
    .pluck();
  for (const row of db.prepare<[], WorkspaceRow>(WORKSPACES).all()) {
    const workspace = newLiveWorkspace(row.id, row, row.unmapped_at === null);
    workspace.indexedId = row.indexed_id ?? workspace.indexedId;
    const last = lastEntryId.get(row.id * ID_RANGE, (row.id + 1) * ID_RANGE) ?? workspace.lastEntryId;
    // The latest entries may have been deleted: the index passes over their ids, so no others may have them.
    workspace.lastEntryId = Math.max(last, workspace.indexedId);
    live.set(row.id, workspace);
  }
  for (const row of db.prepare<[], BotRow>('SELECT * FROM workspace_bots').iterate()) {
    live.get(row.workspace_id)!.bots.set(row.author_id, row.last_at);
  }
  const recall = prepareRecall(db);
  const readTally = prepareTallyReader(db);
  for (const row of db.prepare<[], SessionRow>(OPEN_SESSIONS).all()) {
    const { id, threadId, conversation, lastAt, tallied, sessionId, workspaceId, ...counts } = row;
    const memory = recall(id, sessionId, counts.steps);
    const session = { id, threadId, conversation, lastAt, counts, tally: readTally(id, tallied), memory };
    live.get(workspaceId)!.open.set(placeKey(session), session);
  }
  return live;
}

interface WorkspaceRow {
  id: number;
  type: WorkspaceType;
  coordinator: string | null;
  unmapped_at: number | null;
  indexed_id: number | null;
}

interface SessionRow extends Counts {
  id: number;
  sessionId: string;
  workspaceId: number;
  threadId: string | null;
  conversation: string | null;
  lastAt: number;
  tallied: number;
}

interface BotRow {
  workspace_id: number;
  author_id: number;
  last_at: number;
}

const WORKSPACES = 'SELECT id, type, coordinator, unmapped_at, indexed_id FROM workspaces';

const OPEN_SESSIONS = `
  SELECT id, session_id AS sessionId, workspace_id AS workspaceId, thread_id AS threadId, conversation, last_at AS lastAt, tallied,
    steps, handoffs, tools, errors, uncertain, escalations, dropped, masked
  FROM sessions WHERE ended_at IS NULL`;

/** Who asked whom, folded from the session's latest entries the way it was when they were added. */
function prepareRecall(db: Db): (session: number, sessionId: string, steps: number) => SessionMemory {
  const latest = db.prepare<[number, number], Author & { step: number; mentions: string }>(`
    SELECT e.step, e.mentions, a.key, a.name, a.kind
    FROM entries e JOIN authors a ON a.id = e.author_id
    WHERE e.session = ? AND e.step > ? AND e.mentions IS NOT NULL ORDER BY e.step`);
  return (session, sessionId, steps) => {
    const memory = newMemory(sessionId);
    for (const { step, mentions, ...author } of latest.iterate(session, steps - REMEMBERED_ENTRIES)) {
      remember(memory, { step, author }, JSON.parse(mentions) as Author[]);
    }
    memory.step = steps;
    return memory;
  };
}
