import type { Draft, Entry } from '../domain/entry.ts';
import { newMemory, placeInSession, remember } from '../domain/session.ts';
import { prepareInsertEntry } from './insert-entry.ts';
import { concernsInsights } from './insight-core.ts';
import type { InsightCore } from './insight-core.ts';
import { placeKey } from './live.ts';
import type { Live, LiveWorkspace } from './live.ts';
import { addToTally } from './participants.ts';
import type { Db } from './sqlite.ts';

/** A step that was added to a given session. */
export interface AddedStep {
  /** The key of the session's row. */
  session: number;
  threadId: string | null;
  conversation: string | null;
  workspace: LiveWorkspace;
  entry: Entry;
  authorId: number;
}

/**
 * Adds what a person said to the bot to the very session that it is about, whether that still runs or not. So it does not go the way of
 * messages, which belong to whatever session their place has at the moment. The session's times stay as they are.
 */
export interface AddStep {
  /** Inside a transaction of the caller's. Null when it is recorded already, or there is no such session. */
  insert(sessionId: string, draft: Draft): AddedStep | null;
  /** Lets the memory of what runs follow; once the transaction has succeeded. */
  adopt(added: AddedStep): void;
}

interface SessionRow {
  id: number;
  workspaceId: number;
  threadId: string | null;
  conversation: string | null;
  steps: number;
}

export function prepareAddStep(db: Db, live: Live, insights: Pick<InsightCore, 'heed'>): AddStep {
  const find = db.prepare<[string], SessionRow>(`
    SELECT id, workspace_id AS workspaceId, thread_id AS threadId, conversation, steps FROM sessions WHERE session_id = ?`);
  const insert = prepareInsertEntry(db);
  const author = db
    .prepare<[string, string, string], number>(`
      INSERT INTO authors (key, name, kind) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET key = key RETURNING id`)
    .pluck();
  const count = db.prepare<[number, number, number, number]>(
    'UPDATE sessions SET steps = ?, masked = masked + ?, escalations = escalations + ? WHERE id = ?',
  );
  return {
    insert(sessionId, draft) {
      const session = find.get(sessionId);
      const workspace = session && live.get(session.workspaceId);
      if (!session || !workspace) return null;
      const memory = { ...newMemory(sessionId), step: session.steps };
      const entry = placeInSession(draft, memory, workspace.setting, null);
      const { key, name, kind } = entry.author;
      const authorId = author.get(key, name, kind)!;
      const id = workspace.lastEntryId + 1;
      if (!insert({ id, session: session.id, authorId, entry, mentions: [] })) return null;
      count.run(entry.step, entry.masked, Number(entry.escalation), session.id);
      if (concernsInsights(entry)) insights.heed(id, session.id, entry);
      const { threadId, conversation } = session;
      return { session: session.id, threadId, conversation, workspace, entry, authorId };
    },
    adopt,
  };
}

/** A session that still runs counts in memory. */
function adopt({ workspace, session, entry, authorId, ...place }: AddedStep): void {
  workspace.lastEntryId += 1;
  const running = workspace.open.get(placeKey(place));
  if (running?.id !== session) return;
  remember(running.memory, entry, []);
  running.counts.steps = entry.step;
  running.counts.masked += entry.masked;
  running.counts.escalations += Number(entry.escalation);
  addToTally(running.tally, entry, authorId);
}
