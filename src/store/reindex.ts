import { ID_RANGE } from './live.ts';
import type { Live } from './live.ts';
import type { KeyedEntry } from './keyed-entry.ts';
import { tagsOf } from './search.ts';
import type { Db } from './sqlite.ts';

/** Lets the index know of a changed text, when it has the entry already; otherwise it reads the new text when it gets there. */
export function prepareReindex(db: Db, live: Live): (before: KeyedEntry, after: KeyedEntry) => void {
  const remove = db.prepare<[number, string, string]>(
    "INSERT INTO entries_fts (entries_fts, rowid, message, tags) VALUES ('delete', CAST(? AS INTEGER), ?, ?)",
  );
  const add = db.prepare<[number, string, string]>(
    'INSERT INTO entries_fts (rowid, message, tags) VALUES (CAST(? AS INTEGER), ?, ?)',
  );
  return (before, after) => {
    const workspace = live.get(Math.floor(before.id / ID_RANGE));
    if (!workspace || before.id > workspace.indexedId) return;
    remove.run(before.id, before.entry.message, tagsOf(before.entry));
    add.run(after.id, after.entry.message, tagsOf(after.entry));
  };
}
