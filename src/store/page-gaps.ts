/**
 * Between the list of what is on a page of a table or an index, and the first of it, a page has a gap. When SQLite moves rows from page to
 * page to keep these evenly full, what it has moved stays in the gap: `secure_delete` overwrites what is deleted, not its former places
 * (`rebuildPage` in `src/btree.c`). Nothing reads a gap.
 *
 * https://www.sqlite.org/fileformat2.html#b_tree_pages
 */
export interface Gap {
  /** From this byte of the page to before that one. */
  from: number;
  to: number;
}

/** The kinds of pages that have one, with the size of what they begin with. */
const HEADERS = new Map([
  [2, 12],
  [5, 12],
  [10, 8],
  [13, 8],
]);
/** Page 1 begins with the file's own header, and has no text of anybody's. */
const FIRST = 2;
/** SQLite leaves the page out that has this byte of the file. */
const LOCK_BYTE = 2 ** 30;
/** From here on the numbers that other pages begin with look like kinds of pages. */
const MOST_PAGES = 2 ** 24;

/** As many as the largest page has. */
export const ZEROS = Buffer.alloc(2 ** 16);

/** The gap of a page, null when it has none with anything in it. `number` counts from 1. */
export function filledGap(page: Buffer, number: number): Gap | null {
  const header = HEADERS.get(page[0]!);
  if (header === undefined || number < FIRST || number >= MOST_PAGES) return null;
  if (isMap(number, page.length) || isLock(number, page.length)) return null;
  const from = header + 2 * page.readUInt16BE(3);
  const to = page.readUInt16BE(5);
  const isGap = from < to && to <= page.length;
  return isGap && !page.subarray(from, to).equals(ZEROS.subarray(0, to - from)) ? { from, to } : null;
}

/** Says who refers to which page, for giving back space: https://www.sqlite.org/fileformat2.html#pointer_map_or_ptrmap_pages */
function isMap(number: number, size: number): boolean {
  const each = Math.floor(size / 5) + 1;
  const map = Math.floor((number - 2) / each) * each + 2;
  return number === (isLock(map, size) ? map + 1 : map);
}

function isLock(number: number, size: number): boolean {
  return number === LOCK_BYTE / size + 1;
}
