import type { Author } from '../domain/author.ts';
import type { Entry, Origin } from '../domain/entry.ts';
import { PLACED_COLUMNS, placedValues, SAID_COLUMNS, saidValues } from './entry-row.ts';
import { prepareTagsOf } from './search.ts';
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
  const insert = db.prepare(insertInto([...PLACED_COLUMNS, ...SAID_COLUMNS]));
  const plain = {
    inferred: db.prepare(plainOf('inferred')),
    reported: db.prepare(plainOf('reported')),
    parsed: db.prepare(plainOf('parsed')),
  };
  const tagsOf = prepareTagsOf();
  return (row) => {
    const { id, session, authorId, entry, mentions } = row;
    const { changes } = isPlain(row)
      ? plain[entry.origin].run(plainValues(row, tagsOf(entry)))
      : insert.run([...placedValues(id, session, authorId, entry), ...saidValues(entry, mentions)]);
    return changes > 0;
  };
}

/**
 * Most entries are plain talk, of which nothing more is known. They are inserted by a statement that says so itself: every value that
 * is handed to SQLite costs, a null as much as a number, and saying these here takes a tenth off an insert.
 */
function isPlain({ entry, mentions }: NewRow): boolean {
  return (
    entry.part === 0 &&
    entry.level === 'info' &&
    entry.masked === 0 &&
    !entry.coordinatorMode &&
    !entry.escalation &&
    mentions.length === 0 &&
    entry.handoffTo.length === 0 &&
    (entry.responseTo ?? entry.confidence ?? entry.durationMs ?? entry.insightCategory) === null &&
    (entry.tool ?? entry.details) === null
  );
}

function plainOf(origin: Origin): string {
  return `
    INSERT INTO entries (part, level, origin, masked, coordinator_mode, escalation,
      id, session, step, message_id, at, author_id, role, category, triggered_by, tags, message)
    VALUES (0, 'info', '${origin}', 0, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (message_id, part) DO NOTHING`;
}

function plainValues({ id, session, authorId, entry }: NewRow, tags: string): unknown[] {
  const { step, messageId, at, role, category, triggeredBy, message } = entry;
  return [id, session, step, messageId, at, authorId, role, category, triggeredBy, tags, message];
}

function insertInto(columns: readonly string[]): string {
  return `
    INSERT INTO entries (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT (message_id, part) DO NOTHING`;
}
