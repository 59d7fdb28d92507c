import Database from 'better-sqlite3';

/** How far a bot that runs has recorded, seen from another process. */
export interface RecordedCount {
  /** Messages that are durable by now. */
  durable: () => number;
  /** Those of them that are steps. */
  recorded: () => number;
  /** Those of them that the search index has. */
  searchable: () => number;
  close: () => void;
}

/** Watches the database of a running bot. It reads only, which the bot's own lock allows. */
export function watchRecorded(dbPath: string): RecordedCount {
  const db = new Database(dbPath, { readonly: true, fileMustExist: true });
  // Every session counts its steps in the transaction that adds them, so that this costs nothing on a large database.
  // A step may be an answer that was posted in several messages.
  const further = '(SELECT count(*) FROM chunks WHERE n > 0)';
  const recorded = db
    .prepare<[], number>(`SELECT coalesce(sum(steps), 0) + ${further} FROM sessions`)
    .pluck();
  const noted = db.prepare<[], number>('SELECT coalesce(sum(messages), 0) FROM journal').pluck();
  // Entries are numbered from 1 within the range of ids that their workspace has (see migrations).
  const searchable = db
    .prepare<[], number>(`SELECT coalesce(sum(indexed_id - (id << 32)), 0) + ${further} FROM workspaces`)
    .pluck();
  return {
    durable: () => recorded.get()! + noted.get()!,
    recorded: () => recorded.get()!,
    searchable: () => searchable.get()!,
    close: () => void db.close(),
  };
}
