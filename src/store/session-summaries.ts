import type { Db } from './sqlite.ts';

/** A session that has ended and of which nothing is told yet that is made of its steps. */
export interface DueSummary {
  id: number;
  sessionId: string;
  /** How many changes the session has seen so far. */
  changes: number;
}

/** What is told of ended sessions in few words. Whatever changes a session drops it in the same transaction. */
export interface SessionSummaryStore {
  /** Those that ended last come first. */
  due(limit: number): Promise<DueSummary[]>;
  /** Keeps what was made of a session, unless that has changed since; then it is still due. */
  keep(of: DueSummary, made: { finalOutput: string | null; summary: string | null }): Promise<void>;
}

/** The triggers of the table's migration note what is due; here that is read, and what was made is kept. */
export function createSessionSummaries(db: Db): SessionSummaryStore {
  const due = db.prepare<[number], DueSummary>(`
    SELECT u.session AS id, s.session_id AS sessionId, u.changes
    FROM session_summaries u JOIN sessions s ON s.id = u.session
    WHERE u.changes > u.made ORDER BY u.session DESC LIMIT ?`);
  const keep = db.prepare<[string | null, string | null, number, number, number]>(`
    UPDATE session_summaries SET final_output = ?, summary = ?, made = ? WHERE session = ? AND changes = ?`);
  return {
    async due(limit) {
      return due.all(limit);
    },
    async keep({ id, changes }, { finalOutput, summary }) {
      keep.run(finalOutput, summary, changes, id, changes);
    },
  };
}
