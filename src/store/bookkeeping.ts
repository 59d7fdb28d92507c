import type { SessionChange, WorkspaceChange } from './batch.ts';
import type { LiveWorkspace } from './live.ts';
import type { Db } from './sqlite.ts';
import type { PlacedDraft } from './store.ts';

/** Keeps the rows that sum up entries. Called inside the transaction that adds them. */
export interface Bookkeeping {
  /** Adds the row of a new session, which the draft opens; returns its key. */
  open(workspace: LiveWorkspace, placed: PlacedDraft): number;
  /** Writes what a batch made of a workspace's sessions, participants and bots: once each, however many entries it had. */
  write(change: WorkspaceChange): void;
}

export function prepareBookkeeping(db: Db): Bookkeeping {
  const open = db.prepare(`
    INSERT INTO sessions (session_id, workspace_id, thread_id, private_thread, query, coordinator, started_at, last_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const writeSession = prepareSession(db);
  const bot = db.prepare<[number, number, number]>(`
    INSERT INTO workspace_bots (workspace_id, author_id, last_at) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET last_at = max(last_at, excluded.last_at)`);
  return {
    open({ id, setting }, { threadId, privateThread, draft }) {
      const { messageId, message, at } = draft;
      const row = [messageId, id, threadId, Number(privateThread), message, setting.coordinator, at, at];
      return Number(open.run(...row).lastInsertRowid);
    },
    write({ live, open, ended, bots }) {
      for (const change of ended) writeSession(change);
      for (const change of open.values()) writeSession(change);
      for (const [authorId, at] of bots) bot.run(live.id, authorId, at);
    },
  };
}

function prepareSession(db: Db): (change: SessionChange) => void {
  const session = db.prepare(`
    UPDATE sessions SET last_at = ?, steps = ?, handoffs = ?, tools = ?, errors = ?, uncertain = ?, escalations = ?
    WHERE id = ?`);
  const participant = db.prepare(`
    INSERT INTO participants (session, author_id, first_step, steps, coordinated) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET steps = steps + excluded.steps, coordinated = coordinated + excluded.coordinated`);
  return ({ session: { id, lastAt, counts }, tallies }) => {
    // Looked up for a duplicate, and left as it was.
    if (tallies.size === 0) return;
    const { steps, handoffs, tools, errors, uncertain, escalations } = counts;
    session.run(lastAt, steps, handoffs, tools, errors, uncertain, escalations, id);
    for (const [authorId, tally] of tallies) {
      participant.run(id, authorId, tally.firstStep, tally.steps, tally.coordinated);
    }
  };
}
