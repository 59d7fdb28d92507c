import type { IndexedText, IndexedTexts } from './indexed-texts.ts';
import { ID_RANGE } from './live.ts';
import type { Live } from './live.ts';
import type { Db } from './sqlite.ts';

/**
 * Makes a change of an entry's text known to the index, when it has the entry already; otherwise it reads the new text when it gets
 * there. The index is told what the rows hold before and after the change, because it forgets a text only when it is told the very one
 * that it has: what the entry would be filed under by now may differ, after its bot was renamed.
 */
export function prepareReindex(
  db: Db,
  live: Live,
  texts: IndexedTexts,
): (id: number, change: () => void) => void {
  const textOf = db.prepare<[number], IndexedText>(
    'SELECT id, message, tags FROM entries WHERE id = CAST(? AS INTEGER)',
  );
  return (id, change) => {
    const workspace = live.get(Math.floor(id / ID_RANGE));
    const isIndexed = workspace !== undefined && id <= workspace.indexedId;
    if (isIndexed) texts.remove(textOf.get(id)!);
    change();
    if (isIndexed) texts.add(textOf.get(id)!);
  };
}
