import type { Entry } from '../domain/entry.ts';

/** A place between blocks of a list of entries: before block `block` of the entry at index `entry`. */
export interface Position {
  entry: number;
  block: number;
}

/** Where a page is: it starts at a position, or it ends before one. Pages are not numbered, because texts differ in length. */
export interface Cursor {
  side: 'from' | 'until';
  at: Position;
}

export interface Page {
  blocks: string[];
  start: Position;
  /** Just after the last block. */
  end: Position;
}

/** The stretch of the list that holds the page of a cursor. */
export interface Window {
  offset: number;
  limit: number;
}

export const FIRST_PAGE: Cursor = { side: 'from', at: { entry: 0, block: 0 } };

/** Most entries of a page. */
export const PAGE_ENTRIES = 12;

/**
 * Conversations are put together from so many steps at a time, so that a page of them does not cost more the longer a session is. An
 * answer to a step of an earlier stretch begins a conversation of its own.
 */
export const STRETCH_ENTRIES = 20 * PAGE_ENTRIES;

/** Most characters of a page: what Discord's 4000 leave beside a header and a footer. */
const PAGE_TEXT = 3200;

export function windowOf(cursor: Cursor): Window {
  const { entry } = cursor.at;
  if (cursor.side === 'from') return { offset: entry, limit: PAGE_ENTRIES };
  const offset = Math.max(0, entry - PAGE_ENTRIES);
  return { offset, limit: 2 * PAGE_ENTRIES };
}

/**
 * The page of a cursor, as many blocks as fit. `entries` are those of its window, which begins at `offset`; `blocksOf` gives an
 * entry's blocks, none longer than a page.
 */
export function pageAt(
  cursor: Cursor,
  entries: readonly Entry[],
  offset: number,
  blocksOf: (entry: Entry) => string[],
): Page {
  const blocks = entries.flatMap((entry, index) =>
    blocksOf(entry).map((text, block) => ({ text, at: { entry: offset + index, block } })),
  );
  const first = blocks.findIndex(({ at }) => !isBefore(at, cursor.at));
  const border = first === -1 ? blocks.length : first;
  const start = cursor.side === 'from' ? border : stepBack(blocks, border);
  const size = fitting(blocks.slice(start));
  const last = blocks[start + size];
  return {
    blocks: blocks.slice(start, start + size).map(({ text }) => text),
    start: blocks[start]?.at ?? cursor.at,
    end: last?.at ?? { entry: offset + entries.length, block: 0 },
  };
}

/** The cursor as it is kept in a button: `f12.0`, `u12.3`. */
export function writeCursor(cursor: Cursor): string {
  return `${cursor.side === 'from' ? 'f' : 'u'}${cursor.at.entry}.${cursor.at.block}`;
}

/** Reads {@link writeCursor}; anything else is the first page. */
export function readCursor(text: string | undefined): Cursor {
  const match = /^([fu])(\d{1,9})\.(\d{1,6})$/.exec(text ?? '');
  if (!match) return FIRST_PAGE;
  return {
    side: match[1] === 'f' ? 'from' : 'until',
    at: { entry: Number(match[2]), block: Number(match[3]) },
  };
}

interface Block {
  text: string;
  at: Position;
}

/** How many of the blocks fit on a page, from the first on; at least one, if there is one. */
function fitting(blocks: readonly Block[]): number {
  let length = 0;
  const over = blocks.findIndex(({ text, at }) => {
    length += text.length + 1;
    return length > PAGE_TEXT || at.entry >= blocks[0]!.at.entry + PAGE_ENTRIES;
  });
  return over === -1 ? blocks.length : Math.max(1, over);
}

/** Where a page that ends before `border` starts. */
function stepBack(blocks: readonly Block[], border: number): number {
  let start = Math.max(0, border - 1);
  while (start > 0 && fitting(blocks.slice(start - 1)) >= border - (start - 1)) start -= 1;
  return start;
}

function isBefore(a: Position, b: Position): boolean {
  return a.entry < b.entry || (a.entry === b.entry && a.block < b.block);
}
