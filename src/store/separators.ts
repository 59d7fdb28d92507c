import type { HasRoom } from './slices.ts';
import type { Db } from './sqlite.ts';

/** A row of the search index's directory: where in a segment the page begins whose first word is not before `term`. */
interface Row {
  segment: number;
  term: Buffer;
  page: number;
}

/** How far the directory has been looked through. */
export interface DirectoryPosition {
  segment: number;
  term: Buffer;
}

export const DIRECTORY_START: DirectoryPosition = { segment: 0, term: Buffer.alloc(0) };

/** Returns how far it came; null at the end. Called inside a transaction. */
export type FreshenSeparators = (from: DirectoryPosition, hasRoom: HasRoom) => DirectoryPosition | null;

const AT_ONCE = 100;

/**
 * A word that leaves the search index leaves its pages, but the directory of the pages may still have its beginning: FTS5 needs some
 * text there that is not before the last word of the page before, and not after the first of the page. So where the directory has
 * what the page does not begin with any more, it gets the first word that the page has now, which is such a text as well.
 *
 * https://www.sqlite.org/fts5.html#fts5_data_structures and `ext/fts5/fts5_index.c`: a leaf's id is its segment's number times 2^37,
 * plus its page's; a leaf ends with a list of offsets that begins where bytes 2 and 3 say, and the first of them is that of its first
 * word, which stands there whole behind its length.
 */
export function prepareFreshenSeparators(db: Db): FreshenSeparators {
  const rows = db.prepare<[number, Buffer, number], Row>(`
    SELECT segid AS segment, term, pgno >> 1 AS page FROM entries_fts_idx
    WHERE (segid, term) > (?, ?) ORDER BY segid, term LIMIT ?`);
  const leaf = db
    .prepare<[number], Buffer>('SELECT block FROM entries_fts_data WHERE id = CAST(? AS INTEGER)')
    .pluck();
  const prepareReplace = () =>
    db.prepare<[Buffer, number, Buffer]>('UPDATE entries_fts_idx SET term = ? WHERE segid = ? AND term = ?');
  let replace: ReturnType<typeof prepareReplace> | null = null;
  const freshen = ({ segment, term, page }: Row) => {
    const block = term.length === 0 ? undefined : leaf.get(segment * 2 ** 37 + page);
    const first = block && firstWord(block);
    if (!first || first.subarray(0, term.length).equals(term)) return;
    // SQLite guards the tables of a virtual table from everybody else.
    db.unsafeMode(true);
    try {
      replace ??= prepareReplace();
      replace.run(first, segment, term);
    } finally {
      db.unsafeMode(false);
    }
  };
  return (from, hasRoom) => {
    let position = from;
    while (hasRoom()) {
      const some = rows.all(position.segment, position.term, AT_ONCE);
      for (const row of some) freshen(row);
      if (some.length < AT_ONCE) return null;
      position = some.at(-1)!;
    }
    return position;
  };
}

/** Null for a page on which no word begins. */
function firstWord(block: Buffer): Buffer | null {
  const offsets = block.readUInt16BE(2);
  if (offsets >= block.length) return null;
  const [at] = varint(block, offsets);
  const [length, start] = varint(block, at);
  return block.subarray(start, start + length);
}

/** A number in SQLite's variable-length form, at most 21 bits of it, and where it ends. */
function varint(block: Buffer, from: number): [value: number, end: number] {
  let value = 0;
  for (let at = from; ; at += 1) {
    const byte = block[at]!;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, at + 1];
  }
}
