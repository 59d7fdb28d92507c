import Database from 'better-sqlite3';

/** How far a bot that runs has recorded, seen from another process. */
export interface RecordedCount {
  /** Messages that are durable by now. */
  durable: () => number;
  /** Those of them that a search finds without having to catch up. */
  searchable: () => number;
  /** Workspaces whose search index is still behind. */
  behind: () => number;
  close: () => void;
}

/** Watches the database of a running bot. It reads only, which the bot's own lock allows. */
export function watchRecorded(dbPath: string): RecordedCount {
  const db = new Database(dbPath, { readonly: true, fileMustExist: true });
  // Every session counts its steps in the transaction that adds them, so that this costs nothing on a large database.
  const count = db.prepare<[], number>('SELECT coalesce(sum(steps), 0) FROM sessions').pluck();
  const behind = db
    .prepare<[], number>(`
      SELECT count(*) FROM workspaces w
      WHERE ifnull(indexed_id, 0) < (SELECT max(id) FROM entries WHERE id < (w.id + 1) << 32 AND id > w.id << 32)`)
    .pluck();
  return { read: () => count.get()!, behind: () => behind.get()!, close: () => void db.close() };
}
