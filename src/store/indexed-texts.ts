import { filedIn, shardOf } from './shards.ts';
import type { Db } from './sqlite.ts';

/** What the search index is told of an entry. It forgets a text only when it is told the very one that it was told before. */
export interface IndexedText {
  /** The entry's. */
  id: number;
  message: string;
  tags: string;
}

type Write = (text: IndexedText) => void;

/** The texts as the index has them. */
export function filed({ id, message, tags }: IndexedText): IndexedText {
  const shard = shardOf(id);
  return { id, message: filedIn(shard, message), tags: filedIn(shard, tags) };
}

/** Adds a text to the index. */
export function prepareAddText(db: Db): Write {
  // The driver binds numbers beyond 32 bits as reals.
  const add = db.prepare<[number, string, string]>(
    'INSERT INTO entries_fts (rowid, message, tags) VALUES (CAST(? AS INTEGER), ?, ?)',
  );
  return (text) => {
    const { id, message, tags } = filed(text);
    add.run(id, message, tags);
  };
}

/** Writes the search index, inside transactions of the caller's. */
export class IndexedTexts {
  readonly #add: Write;
  readonly #remove: Write;
  #waiting: { id: number; write: () => void }[] | null = null;

  constructor(db: Db) {
    const remove = db.prepare<[IndexedText]>(`
      INSERT INTO entries_fts (entries_fts, rowid, message, tags) VALUES ('delete', CAST(:id AS INTEGER), :message, :tags)`);
    this.#add = prepareAddText(db);
    this.#remove = (text) => void remove.run(filed(text));
  }

  add(text: IndexedText): void {
    this.#write(text, this.#add);
  }

  remove(text: IndexedText): void {
    this.#write(text, this.#remove);
  }

  /**
   * Runs `step`, and writes what it adds and removes after it, all at once: each statement that changes entries makes FTS5 write down
   * what it was told so far, as a segment of its own, and soon it merges one segment after the other. So does each text of an earlier entry
   * than the one before.
   */
  together<T>(step: () => T): T {
    this.#waiting = [];
    try {
      const result = step();
      for (const { write } of this.#waiting.sort((a, b) => a.id - b.id)) write();
      return result;
    } finally {
      this.#waiting = null;
    }
  }

  #write(text: IndexedText, write: Write): void {
    if (this.#waiting) this.#waiting.push({ id: text.id, write: () => write(text) });
    else write(text);
  }
}
