import type { Author } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';
import { ENTRY_COLUMNS, toEntry } from './entry-row.ts';
import type { EntryRow } from './entry-row.ts';
import type { Db } from './sqlite.ts';

/** An entry with the keys of its rows, to be changed. */
export interface KeyedEntry {
  id: number;
  session: number;
  entry: Entry;
  /** The bots that it mentions. */
  mentions: Author[];
}

export interface KeyedEntries {
  /** All entries of a message that are not deleted, by part. */
  ofMessage(messageId: string): KeyedEntry[];
  byId(id: number): KeyedEntry;
}

export function prepareKeyedEntries(db: Db): KeyedEntries {
  const entries = `
    SELECT e.id, e.session, ${ENTRY_COLUMNS}
    FROM entries e JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id`;
  const ofMessage = db.prepare<[string], Row>(`
    ${entries} WHERE e.message_id = +? AND e.deleted_at IS NULL ORDER BY e.part`);
  const byId = db.prepare<[number], Row>(`${entries} WHERE e.id = CAST(? AS INTEGER)`);
  return {
    ofMessage: (messageId) => ofMessage.all(messageId).map(keyed),
    byId: (id) => keyed(byId.get(id)!),
  };
}

type Row = EntryRow & { id: number; session: number };

function keyed(row: Row): KeyedEntry {
  const mentions = row.mentions === null ? [] : (JSON.parse(row.mentions) as Author[]);
  return { id: row.id, session: row.session, entry: toEntry(row), mentions };
}
