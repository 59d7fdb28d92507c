import type { Author, AuthorKind } from '../domain/author.ts';
import type { Db } from './sqlite.ts';

/** An author's row, as last written. */
export interface KnownAuthor {
  id: number;
  name: string;
  kind: AuthorKind;
}

/** How many authors are kept at hand; the others are looked up again. */
const CACHE_SIZE = 5_000;

/** Rows of authors by their key, with the latest kept at hand. Used inside the transaction that adds their messages. */
export class Authors {
  readonly #known = new Map<string, KnownAuthor>();
  readonly #find;
  readonly #insert;
  readonly #update;

  constructor(db: Db) {
    this.#find = db.prepare<[string], KnownAuthor>('SELECT id, name, kind FROM authors WHERE key = ?');
    this.#insert = db.prepare<[string, string, string]>(
      'INSERT INTO authors (key, name, kind) VALUES (?, ?, ?)',
    );
    this.#update = db.prepare<[string, string, number]>('UPDATE authors SET name = ?, kind = ? WHERE id = ?');
  }

  /** Whether there is a row of this author. */
  has({ key }: Author): boolean {
    return this.#known.has(key) || this.#find.get(key) !== undefined;
  }

  /** The row of this author, added when there is none. It may have an older name. */
  get(author: Author): KnownAuthor {
    const known = this.#known.get(author.key);
    if (known) return known;
    const row = this.#find.get(author.key) ?? this.#add(author);
    if (this.#known.size >= CACHE_SIZE) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(author.key, row);
    return row;
  }

  /** Makes the row say what the author is called now. */
  refresh(known: KnownAuthor, author: Author): void {
    if (known.name === author.name && known.kind === author.kind) return;
    this.#update.run(author.name, author.kind, known.id);
    known.name = author.name;
    known.kind = author.kind;
  }

  /** To be called when the transaction failed, for what it added is not there, or when somebody else changed a row. */
  forget(): void {
    this.#known.clear();
  }

  #add({ key, name, kind }: Author): KnownAuthor {
    return { id: Number(this.#insert.run(key, name, kind).lastInsertRowid), name, kind };
  }
}
