/**
 * The search index files words by shards: so many ids of a workspace in a row. FTS5 merges all places of a word in one go, however many
 * they are; so a word of one shard is another word than the same one elsewhere, and no word has more places than a shard has
 * (docs/decisions/0025).
 */
const IDS = 2 ** 16;

/** Characters for private use, one of which starts each word of a shard. The one before them starts tags (search.ts). */
const FIRST_MARK = 0xe001;
/** A prime, so that shards share a mark only where there are thousands. They may: a search looks at one range of ids. */
const MARKS = 6397;

/** Letters, digits and characters for private use; some letters of today are marks to FTS5, which end a word. */
const LETTER = String.raw`[\p{L}\p{N}\p{Co}]--[\u19B0-\u19C0\u19C8\u19C9\u1CF2\u1CF3]`;
/** Accents that FTS5 takes off (`sqlite3Fts5UnicodeIsdiacritic`); other marks end a word. */
const ACCENT = String.raw`\u0300-\u0304\u0306-\u030C\u030F\u0311\u031B\u0323-\u0328\u032D\u032E\u0330\u0331`;
/** Words as FTS5's `unicode61` has them. */
const WORD = new RegExp(`[${LETTER}][[${LETTER}]${ACCENT}]*`, 'gv');

/** In which shard an entry is. A later one of its workspace has a higher number. */
export function shardOf(id: number): number {
  return Math.floor(id / IDS);
}

/** The ids in a shard: from `first` to `last`. */
export function idsIn(shard: number): { first: number; last: number } {
  return { first: shard * IDS, last: (shard + 1) * IDS - 1 };
}

/** The words of a text as the index has them in a shard; '' when there are none. */
export function filedIn(shard: number, text: string): string {
  const words = text.match(WORD);
  if (!words) return '';
  const mark = String.fromCharCode(FIRST_MARK + (shard % MARKS));
  return mark + words.join(` ${mark}`);
}
