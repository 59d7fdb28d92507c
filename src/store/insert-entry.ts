import type { Author } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';
import { PLACED_COLUMNS, placedValues, SAID_COLUMNS, saidValues } from './entry-row.ts';
import type { Db } from './sqlite.ts';

/** An entry with the keys that its row has. */
export interface NewRow {
  id: number;
  session: number;
  authorId: number;
  entry: Entry;
  /** Those of its draft. */
  mentions: readonly Author[];
}

/** Adds the row of an entry; false when that part of its message has one already. */
export type InsertEntry = (row: NewRow) => boolean;

export function prepareInsertEntry(db: Db): InsertEntry {
  const columns = [...PLACED_COLUMNS, ...SAID_COLUMNS];
  const plainColumns = columns.filter((column) => !RARE_COLUMNS.has(column));
  const insert = db.prepare(insertInto(columns));
  const insertPlain = db.prepare(insertInto(plainColumns));
  const isRare = columns.map((column) => RARE_COLUMNS.has(column));
  return ({ id, session, authorId, entry, mentions }) => {
    const values = [...placedValues(id, session, authorId, entry), ...saidValues(entry, mentions)];
    const plain = values.filter((value, index) => !(isRare[index] && value === null));
    const { changes } =
      plain.length === plainColumns.length ? insertPlain.run(...plain) : insert.run(...values);
    return changes > 0;
  };
}

/**
 * What most entries, plain talk, have nothing in. They are inserted by a statement without these columns: every value that is handed
 * to SQLite costs, a null as much as a number, and these are a sixth of what an insert takes.
 */
const RARE_COLUMNS: ReadonlySet<string> = new Set([
  'response_to',
  'confidence',
  'duration_ms',
  'mentions',
  'handoff_to',
  'tool',
  'details',
  'insight_category',
]);

function insertInto(columns: readonly string[]): string {
  return `
    INSERT INTO entries (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT (message_id, part) DO NOTHING`;
}
