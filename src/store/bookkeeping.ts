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
  begin(session: OpenSession, text: string): void;
  /** Writes what was said about a session as a whole; what is not given stays. */
  describe(session: OpenSession, log: SessionTexts): void;
  /** Writes what a batch made of a workspace's sessions and bots: once each, however many entries it had. */
  write(change: WorkspaceChange): void;
}

export function prepareBookkeeping(db: Db): Bookkeeping {
  const open = db.prepare(`
    INSERT INTO sessions (session_id, workspace_id, thread_id, private_thread, query, coordinator, started_at, last_at)
    VALUES (?, ?, ?, ?, '', ?, ?, ?)`);
  const describe = db.prepare(`
    UPDATE sessions SET query = coalesce(?, query), final_output = coalesce(?, final_output), summary = coalesce(?, summary)
    WHERE id = ?`);
  const begin = db.prepare<[string, number]>("UPDATE sessions SET query = ? WHERE id = ? AND query = ''");
  const writeSession = prepareSession(db);
  const writeTally = prepareTallyWriter(db);
  const bot = db.prepare<[number, number, number]>(`
    INSERT INTO workspace_bots (workspace_id, author_id, last_at) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET last_at = excluded.last_at`);
  return {
    open({ id, setting }, { threadId, privateThread, draft }) {
      const { messageId, at } = draft;
      const row = [messageId, id, threadId, Number(privateThread), setting.coordinator, at, at];
      return Number(open.run(...row).lastInsertRowid);
    },
    begin({ id }, text) {
      begin.run(text, id);
    },
    describe({ id }, { query = null, finalOutput = null, summary = null }) {
      describe.run(query, finalOutput, summary, id);
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
