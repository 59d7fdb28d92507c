import { filed } from '../../src/store/indexed-texts.ts';
import type { IndexedText } from '../../src/store/indexed-texts.ts';
import type { Db } from '../../src/store/sqlite.ts';

type Row = Record<string, unknown>;

/** All rows that entries bring with them, in the order in which they were added. */
export interface Rows {
  workspaces: Row[];
  authors: Row[];
  sessions: Row[];
  entries: (Row & IndexedText)[];
  /** What the search index has of them. */
  texts: IndexedText[];
  participants: Row[];
  workspace_bots: Row[];
}

export function readRows(db: Db): Rows {
  const all = <R>(table: string, order: string) =>
    db.prepare<[], R>(`SELECT * FROM ${table} ORDER BY ${order}`).all();
  const entries = all<Row & IndexedText>('entries', 'message_id');
  return {
    workspaces: all('workspaces', 'id'),
    authors: all('authors', 'id'),
    sessions: all('sessions', 'id'),
    entries,
    texts: entries.map(filed),
    participants: all('participants', 'session'),
    workspace_bots: all('workspace_bots', 'workspace_id'),
  };
}

/**
 * Adds the rows with nothing but prepared inserts, so many entries a transaction, each row once and already in its final state.
 * @returns how long that took, in ms
 */
export function insertBare(db: Db, rows: Rows, batchSize: number): number {
  const { entries, texts, participants, workspace_bots, ...before } = rows;
  insertAll(db, { workspaces: before.workspaces });
  const entry = inserter(db, 'entries', entries);
  const index = db.prepare('INSERT INTO entries_fts (rowid, message, tags) VALUES (?, ?, ?)');
  const insertBatch = db.transaction((batch: Rows['entries'], texts: Rows['texts']) => {
    for (const row of batch) entry(row);
    // Ascending, as FTS5 likes it best.
    for (const text of texts.toSorted((a, b) => a.id - b.id)) index.run(text.id, text.message, text.tags);
  });
  const startedAt = performance.now();
  insertAll(db, { authors: before.authors, sessions: before.sessions });
  for (let start = 0; start < entries.length; start += batchSize) {
    const end = start + batchSize;
    insertBatch.immediate(entries.slice(start, end), texts.slice(start, end));
  }
  insertAll(db, { participants, workspace_bots });
  return performance.now() - startedAt;
}

function insertAll(db: Db, tables: Partial<Record<Exclude<keyof Rows, 'texts'>, Row[]>>): void {
  db.transaction(() => {
    for (const [table, rows] of Object.entries(tables)) {
      if (rows.length === 0) continue;
      const insert = inserter(db, table, rows);
      for (const row of rows) insert(row);
    }
  })();
}

function inserter(db: Db, table: string, rows: readonly Row[]): (row: Row) => void {
  const columns = Object.keys(rows[0]!);
  const statement = db.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  return (row) => void statement.run(columns.map((column) => row[column]));
}
