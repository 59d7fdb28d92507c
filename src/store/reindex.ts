import { ID_RANGE } from './live.ts';
import type { Live } from './live.ts';
import type { Db } from './sqlite.ts';

/**
 * Makes a change of an entry's text known to the index, when it has the entry already; otherwise it reads the new text when it gets
 * there. The index is told what the rows hold before and after the change, because it forgets a text only when it is told the very one
 * that it has: what the entry would be filed under by now may differ, after its bot was renamed.
 */
export function prepareReindex(db: Db, live: Live): (id: number, change: () => void) => void {
  const remove = db.prepare<[number]>('DELETE FROM entries_fts WHERE rowid = CAST(? AS INTEGER)');
  const add = db.prepare<[number]>(`
    INSERT INTO entries_fts (rowid, message, tags)
    SELECT id, message, tags FROM entries WHERE id = CAST(? AS INTEGER)`);
  return (id, change) => {
    const workspace = live.get(Math.floor(id / ID_RANGE));
    const isIndexed = workspace !== undefined && id <= workspace.indexedId;
    if (isIndexed) remove.run(id);
    change();
    if (isIndexed) add.run(id);
  };
}
