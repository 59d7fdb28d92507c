import { prepareTrimLevels } from './index-levels.ts';
import { prepareMergeStep } from './index-merge.ts';
import type { IndexedTexts } from './indexed-texts.ts';
import type { HasRoom } from './slices.ts';
import type { Db } from './sqlite.ts';

/** To remove one text from its places takes about as long as to merge so many pages of the index. */
const PAGES_PER_TEXT = 8;

type Step = (hasRoom: HasRoom) => boolean;

/**
 * How texts leave the search index for good. A few are removed from their places, each of their words by itself. Where it is many, that
 * would take longer than to write the whole index anew: they are marked as deleted, and then all is merged, little by little, into one
 * segment that has no trace of them. That this is to be done stands in the database.
 */
export class IndexRemoval {
  readonly #db: Db;
  readonly #texts: IndexedTexts;
  readonly #pages;
  readonly #want;
  readonly #wanted;
  readonly #settle;
  readonly #mergeStep;
  readonly #trimLevels;
  /** Of which wish everything is being merged; null: a merge has to begin. */
  #merging: number | null = null;

  constructor(db: Db, texts: IndexedTexts) {
    this.#db = db;
    this.#texts = texts;
    this.#pages = db.prepare<[], number>('SELECT count(*) FROM entries_fts_idx').pluck();
    this.#want = db.prepare(
      'INSERT INTO index_purges VALUES (1, 1) ON CONFLICT DO UPDATE SET wanted = wanted + 1',
    );
    this.#wanted = db.prepare<[], number>('SELECT wanted FROM index_purges').pluck();
    this.#settle = db.prepare<[number]>('DELETE FROM index_purges WHERE wanted = ?');
    this.#mergeStep = prepareMergeStep(db);
    this.#trimLevels = prepareTrimLevels(db);
  }

  /** More texts than these had better be removed all at once. */
  get few(): number {
    return this.#pages.get()! / PAGES_PER_TEXT;
  }

  /** A step that removes texts, as one that takes the time for that into account and leaves none of it to the commit. */
  removing(isMany: boolean, step: Step): Step {
    if (!isMany)
      return (hasRoom) =>
        step(() => {
          this.#flush();
          return hasRoom();
        });
    let isMerged = true;
    return (hasRoom) => {
      // FTS5 merges all that it likes where segments are many, so they had better not become many.
      while (!isMerged) {
        isMerged = !this.#mergeStep();
        if (!hasRoom()) return true;
      }
      isMerged = false;
      this.#want.run();
      this.#setSecure(0);
      const isMore = this.#texts.together(() => step(hasRoom));
      this.#flush();
      this.#setSecure(1);
      return isMore;
    };
  }

  /** Whether texts are only marked as deleted. */
  get isDue(): boolean {
    return this.#wanted.get() !== undefined;
  }

  /** Goes on writing the index without them; true while there is more to do. */
  merge(hasRoom: HasRoom): boolean {
    const wanted = this.#wanted.get();
    if (wanted === undefined) return false;
    while (hasRoom()) {
      const isBegin = this.#merging !== wanted;
      this.#merging = wanted;
      if (isBegin) this.#trimLevels();
      if (this.#mergeStep(isBegin)) continue;
      this.#settle.run(wanted);
      this.#merging = null;
      return this.isDue;
    }
    return true;
  }

  #setSecure(value: 0 | 1): void {
    this.#tell('secure-delete', value);
  }

  #tell(what: string, value: number): void {
    // The driver binds numbers as reals, which these settings are not.
    this.#db.exec(`INSERT INTO entries_fts (entries_fts, rank) VALUES ('${what}', ${value})`);
  }

  #flush(): void {
    this.#db.exec("INSERT INTO entries_fts (entries_fts) VALUES ('flush')");
  }
}
