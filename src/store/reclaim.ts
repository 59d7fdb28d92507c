import type { Checkpoints } from './checkpoints.ts';
import type { IndexRemoval } from './index-removal.ts';
import { Scrubbing } from './scrubbing.ts';
import { DIRECTORY_START, prepareFreshenSeparators } from './separators.ts';
import type { DirectoryPosition } from './separators.ts';
import type { HasRoom, Slices } from './slices.ts';
import { withoutPatience } from './sqlite.ts';
import type { Db } from './sqlite.ts';

/** Pages of 4 KB that are given back in one step: half a millisecond. */
const PAGES = 4;
/** Somebody who reads the file at this moment holds the log open: for so long it is tried again, in ms and times. */
const RETRY_MS = 200;
const TRIES = 10;
/** So long after something was deleted its bytes are gone, in ms; those of what follows meanwhile with them. */
const SOON_MS = 1000;
/** The longest that a flood of deletions may put it off, and the shortest time between two. */
const AT_LATEST_MS = 20_000;

/** To look through the file takes longer the larger it is: for so many times as long there is rest. */
const RESTS = 10;

interface Checkpoint {
  busy: number;
}

/**
 * Makes what was deleted be gone from the file and its log, step by step, and gives its space back. Deleted text is overwritten when
 * its page is written (`secure_delete`), but older pages stay in the log until that is emptied.
 */
export class Reclaiming {
  readonly #db: Db;
  readonly #slices: Slices;
  readonly #checkpoints: Checkpoints;
  readonly #removal: IndexRemoval;
  readonly #freshen;
  readonly #scrubbing: Scrubbing;
  #timer: NodeJS.Timeout | null = null;
  #isDirty = false;
  /** How long it took the last time to look through the file, in ms. */
  #scrubbed = 0;

  constructor(db: Db, slices: Slices, checkpoints: Checkpoints, removal: IndexRemoval) {
    this.#db = db;
    this.#slices = slices;
    this.#checkpoints = checkpoints;
    this.#removal = removal;
    this.#freshen = prepareFreshenSeparators(db);
    this.#scrubbing = new Scrubbing(db, checkpoints, () => this.#empty());
  }

  /** To be called when a text was deleted by the way. */
  soon(): void {
    this.#isDirty = true;
    const ms = Math.min(AT_LATEST_MS, Math.max(SOON_MS, RESTS * this.#scrubbed));
    this.#timer ??= setTimeout(() => void this.#runSoon(), ms).unref();
  }

  /** @returns false when it was ended, or the log could not be emptied because somebody reads it: it is tried again soon */
  async run(): Promise<boolean> {
    this.#isDirty = false;
    const isDone = await this.#slices.during(async () => {
      if (this.#removal.isDue) await this.#slices.run((hasRoom) => this.#removal.merge(hasRoom));
      else await this.#freshenAll();
      await this.#slices.run((hasRoom) => this.#vacuum(hasRoom));
      // What was recorded meanwhile may have been written on pages as they were before.
      return (await this.#emptyLog()) && (await this.#scrub()) && (await this.#emptyLog());
    });
    if (!isDone) this.soon();
    return isDone;
  }

  /** Does at once what was to be done soon, but for what closing the file does by itself. */
  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#isDirty) this.#db.transaction(() => this.#freshen(DIRECTORY_START, () => true)).immediate();
  }

  /** To be called once the database is closed. */
  end(): void {
    this.#scrubbing.end();
  }

  /** What fails, on a full disk say, is tried again. */
  async #runSoon(): Promise<void> {
    try {
      await this.run();
    } catch {
      this.#isDirty = true;
    }
    this.#timer = null;
    if (this.#isDirty && this.#db.open) {
      this.#timer = setTimeout(() => void this.#runSoon(), AT_LATEST_MS).unref();
    }
  }

  async #freshenAll(): Promise<void> {
    let position: DirectoryPosition | null = DIRECTORY_START;
    await this.#slices.run((hasRoom) => (position = this.#freshen(position!, hasRoom)) !== null);
  }

  async #emptyLog(): Promise<boolean> {
    for (let tries = 0; tries < TRIES && !this.#slices.isEnding; tries += 1) {
      await this.#checkpoints.relieve(0);
      if (this.#empty()) return true;
      await elapsed(RETRY_MS);
    }
    return false;
  }

  async #scrub(): Promise<boolean> {
    for (let tries = 0; tries < TRIES && !this.#slices.isEnding; tries += 1) {
      const startedAt = performance.now();
      const isDone = await this.#scrubbing.run(() => this.#slices.isEnding);
      this.#scrubbed = performance.now() - startedAt;
      if (isDone) return true;
      await elapsed(RETRY_MS);
    }
    return false;
  }

  /** True while there is more to give back. */
  #vacuum(hasRoom: HasRoom): boolean {
    while (hasRoom()) {
      if (this.#db.pragma('freelist_count', { simple: true }) === 0) return false;
      // As a statement it would stop after the first page.
      this.#db.exec(`PRAGMA incremental_vacuum(${PAGES})`);
    }
    return true;
  }

  #empty(): boolean {
    const [result] = withoutPatience(this.#db, () => this.#db.pragma('wal_checkpoint(TRUNCATE)')) as [
      Checkpoint,
    ];
    return result.busy === 0;
  }
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
