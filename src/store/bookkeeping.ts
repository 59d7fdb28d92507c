import type { WorkspaceChange } from './batch.ts';
import type { LiveWorkspace, OpenSession } from './live.ts';
import { prepareTallyWriter } from './participants.ts';
import type { Db } from './sqlite.ts';
import type { PlacedDraft, SessionTexts } from './store.ts';

/** Keeps the rows that sum up entries. Called inside the transaction that adds them. */
export interface Bookkeeping {
  /** Adds the row of a new session, which the draft opens, without a query yet; returns its key. */
  open(workspace: LiveWorkspace, placed: PlacedDraft): number;
  /** Makes a text that is kept the query of its session, unless an agent has said what that is. */
  begin(session: OpenSession, said: { message: string; messageId: string }): void;
  /** Writes what a message said about a session as a whole; what is not given stays. */
  describe(session: Pick<OpenSession, 'id'>, log: SessionTexts, messageId: string): void;
  /** Writes what a batch made of a workspace's sessions and bots: once each, however many entries it had. */
  write(change: WorkspaceChange): void;
}

export function prepareBookkeeping(db: Db): Bookkeeping {
  const open = db.prepare(`
    INSERT INTO sessions (session_id, workspace_id, thread_id, conversation, private_thread, query, coordinator, started_at, last_at)
    VALUES (?, ?, ?, ?, ?, '', ?, ?, ?)`);
  const describe = db.prepare<[Record<string, string | number | null>]>(DESCRIBE);
  const begin = db.prepare<[string, string, number]>(
    "UPDATE sessions SET query = ?, query_by = ? WHERE id = ? AND query = ''",
  );
  const writeSession = prepareSession(db);
  const writeTally = prepareTallyWriter(db);
  const bot = db.prepare<[number, number, number]>(`
    INSERT INTO workspace_bots (workspace_id, author_id, last_at) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET last_at = excluded.last_at`);
  return {
    open({ id, setting }, { threadId, conversation = null, privateThread, draft }) {
      const { messageId, at } = draft;
      const place = [id, threadId, conversation, Number(privateThread)];
      const row = [messageId, ...place, setting.coordinator, at, at];
      return Number(open.run(...row).lastInsertRowid);
    },
    begin({ id }, { message, messageId }) {
      begin.run(message, messageId, id);
    },
    describe({ id }, { query = null, finalOutput = null, summary = null }, messageId) {
      describe.run({ query, finalOutput, summary, messageId, id });
    },
    write({ live, open, ended, bots }) {
      for (const session of ended) {
        writeSession(session);
        writeTally(session);
      }
      for (const session of open.values()) {
        writeSession(session);
        writeTally(session);
      }
      for (const [authorId, at] of bots) bot.run(live.id, authorId, at);
    },
  };
}

const DESCRIBE = `
  UPDATE sessions SET
    query = coalesce(:query, query), query_by = iif(:query IS NULL, query_by, :messageId),
    final_output = coalesce(:finalOutput, final_output), final_output_by = iif(:finalOutput IS NULL, final_output_by, :messageId),
    summary = coalesce(:summary, summary), summary_by = iif(:summary IS NULL, summary_by, :messageId)
  WHERE id = :id`;

function prepareSession(db: Db): (session: OpenSession) => void {
  const update = db.prepare(`
    UPDATE sessions SET last_at = ?, steps = ?, handoffs = ?, tools = ?, errors = ?, uncertain = ?, escalations = ?,
      dropped = ?, masked = ?
    WHERE id = ?`);
  return ({ id, lastAt, counts }) => {
    const { steps, handoffs, tools, errors, uncertain, escalations, dropped, masked } = counts;
    update.run(lastAt, steps, handoffs, tools, errors, uncertain, escalations, dropped, masked, id);
  };
}
