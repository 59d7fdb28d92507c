import type { Db } from './sqlite.ts';

/** What the search index has of an entry. It forgets a text only when it is told the very one that it has. */
export interface IndexedText {
  /** The entry's. */
  id: number;
  message: string;
  tags: string;
}

type Write = (text: IndexedText) => void;

/** Writes the search index, inside transactions of the caller's. */
export class IndexedTexts {
  readonly #add: Write;
  readonly #remove: Write;
  #waiting: (() => void)[] | null = null;

  constructor(db: Db) {
    // The driver binds numbers beyond 32 bits as reals.
    const add = db.prepare<[IndexedText]>(
      'INSERT INTO entries_fts (rowid, message, tags) VALUES (CAST(:id AS INTEGER), :message, :tags)',
    );
    const remove = db.prepare<[IndexedText]>(`
      INSERT INTO entries_fts (entries_fts, rowid, message, tags) VALUES ('delete', CAST(:id AS INTEGER), :message, :tags)`);
    this.#add = (text) => void add.run(text);
    this.#remove = (text) => void remove.run(text);
  }

  add(text: IndexedText): void {
    this.#write(() => this.#add(text));
  }

  remove(text: IndexedText): void {
    this.#write(() => this.#remove(text));
  }

  /**
   * Runs `step`, and writes what it adds and removes after it, all at once: each statement that changes entries makes FTS5 write down
   * what it was told so far, as a segment of its own, and soon it merges one segment after the other.
   */
  together<T>(step: () => T): T {
    this.#waiting = [];
    try {
      const result = step();
      for (const write of this.#waiting) write();
      return result;
    } finally {
      this.#waiting = null;
    }
  }

  #write(write: () => void): void {
    if (this.#waiting) this.#waiting.push(write);
    else write();
  }
}
