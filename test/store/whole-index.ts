import { expect } from 'vitest';
import { filed } from '../../src/store/indexed-texts.ts';
import type { IndexedText } from '../../src/store/indexed-texts.ts';
import type { Db } from '../../src/store/sqlite.ts';

/**
 * Fails when the search index is damaged, or holds anything but what the entries say, as far as it says that it has come: one that is
 * made anew from them has to hold the same words at the same places.
 */
export function expectWholeIndex(db: Db): void {
  // Only FTS5's own structure: https://www.sqlite.org/fts5.html#the_integrity_check_command
  db.exec("INSERT INTO entries_fts (entries_fts) VALUES ('integrity-check')");
  db.exec(`
    CREATE VIRTUAL TABLE temp.anew USING fts5 (
      message, tags, content = '', tokenize = 'porter unicode61', columnsize = 0
    );
    CREATE VIRTUAL TABLE temp.words_anew USING fts5vocab ('temp', 'anew', 'instance');
    CREATE VIRTUAL TABLE temp.words_held USING fts5vocab ('main', 'entries_fts', 'instance')`);
  const add = db.prepare('INSERT INTO temp.anew (rowid, message, tags) VALUES (:id, :message, :tags)');
  const indexed = db.prepare<[], IndexedText>(`
    SELECT e.id, e.message, e.tags FROM workspaces w JOIN entries e ON e.id >> 32 = w.id AND e.id <= w.indexed_id
    ORDER BY e.id`);
  db.transaction(() => {
    for (const text of indexed.all()) add.run(filed(text));
  })();
  const words = (table: string) => `SELECT term, doc, col, "offset" FROM temp.${table}`;
  const only = (one: string, other: string) =>
    db.prepare(`${words(one)} EXCEPT ${words(other)} LIMIT 5`).all();
  expect(only('words_held', 'words_anew'), 'in the index, but not said').toEqual([]);
  expect(only('words_anew', 'words_held'), 'said, but not in the index').toEqual([]);
  for (const table of ['words_held', 'words_anew', 'anew']) db.exec(`DROP TABLE temp.${table}`);
}
