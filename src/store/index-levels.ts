import type { Db } from './sqlite.ts';

/** Where FTS5 has the list of its segments: `FTS5_STRUCTURE_ROWID` in `ext/fts5/fts5_index.c`. */
const STRUCTURE = 10;
/** A number that FTS5 counts changes of its settings with comes before all, and this where segments tell of their origins. */
const COOKIE_BYTES = 4;
const WITH_ORIGINS = Buffer.from([0xff, 0, 0, 1]);
/** What is told of a segment: its number and pages, and where it tells of its origins, five more. */
const OF_SEGMENT = 3;
const OF_ORIGINS = 5;

/**
 * Takes off the levels of the search index that have no segments, above those that have some. FTS5 drops the marks of what is deleted, and
 * the words with them, only from what it merges into the last level. It moves small segments down, and keeps the levels where they were;
 * then all that there is would be merged into a level that is not the last. Called inside a transaction in which nothing was told to the
 * index yet.
 */
export function prepareTrimLevels(db: Db): () => void {
  const structure = db.prepare<[number], Buffer>('SELECT block FROM entries_fts_data WHERE id = ?').pluck();
  const prepareReplace = () =>
    db.prepare<[Buffer, number]>('UPDATE entries_fts_data SET block = ? WHERE id = ?');
  let replace: ReturnType<typeof prepareReplace> | null = null;
  return () => {
    const before = structure.get(STRUCTURE);
    const after = before && trimmed(before);
    if (!after) return;
    // SQLite guards the tables of a virtual table from everybody else.
    db.unsafeMode(true);
    try {
      replace ??= prepareReplace();
      replace.run(after, STRUCTURE);
    } finally {
      db.unsafeMode(false);
    }
    readAnew(db);
  };
}

/** FTS5 remembers the list until something is rolled back. */
function readAnew(db: Db): void {
  const nothing = "INSERT INTO entries_fts (entries_fts) VALUES ('flush')";
  db.exec(`${nothing}; SAVEPOINT levels; ${nothing}; ROLLBACK TO levels; RELEASE levels`);
}

/** Null where the last level has segments, or there is none. */
function trimmed(block: Buffer): Buffer | null {
  const hasOrigins = block.subarray(COOKIE_BYTES, COOKIE_BYTES + WITH_ORIGINS.length).equals(WITH_ORIGINS);
  const from = COOKIE_BYTES + (hasOrigins ? WITH_ORIGINS.length : 0);
  const numbers = new Numbers(block, from);
  const levels = numbers.next();
  const afterLevels = numbers.at;
  numbers.skip(2);
  let [used, end] = [0, numbers.at];
  for (let level = 1; level <= levels; level += 1) {
    numbers.skip(1);
    const segments = numbers.next();
    numbers.skip(segments * (OF_SEGMENT + (hasOrigins ? OF_ORIGINS : 0)));
    if (segments > 0) [used, end] = [level, numbers.at];
  }
  if (used === levels) return null;
  return Buffer.concat([block.subarray(0, from), Buffer.from([used]), block.subarray(afterLevels, end)]);
}

/** Numbers in SQLite's variable-length form, one after the other. */
class Numbers {
  readonly #block: Buffer;
  at: number;

  constructor(block: Buffer, at: number) {
    this.#block = block;
    this.at = at;
  }

  next(): number {
    for (let value = 0; ;) {
      const byte = this.#block[this.at]!;
      this.at += 1;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  }

  skip(count: number): void {
    for (let left = count; left > 0; left -= 1) this.next();
  }
}
