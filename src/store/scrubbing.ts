import { closeSync, fstatSync, openSync, read, readSync, statSync, writeSync, fdatasync } from 'node:fs';
import { promisify } from 'node:util';
import type { Checkpoints } from './checkpoints.ts';
import { filledGap, ZEROS } from './page-gaps.ts';
import { quietTurn } from './slices.ts';
import { withoutPatience } from './sqlite.ts';
import type { Db } from './sqlite.ts';

/** So many pages are looked through at a time: of 4 KB, a fraction of a ms. */
const PAGES = 256;

const readSome = promisify(read);
const sync = promisify(fdatasync);

/**
 * Overwrites in the file what SQLite leaves behind where it has moved rows (page-gaps.ts). That is done while the log is empty and nobody
 * else can write, so a page in the file is the newest; and this connection remembers none, so it writes no older one later.
 */
export class Scrubbing {
  readonly #db: Db;
  readonly #checkpoints: Checkpoints;
  readonly #emptyLog: () => boolean;
  readonly #size: number;
  #file: number | null = null;

  /** @param emptyLog copies the log into the file; false when somebody is in the way */
  constructor(db: Db, checkpoints: Checkpoints, emptyLog: () => boolean) {
    this.#db = db;
    this.#checkpoints = checkpoints;
    this.#emptyLog = emptyLog;
    this.#size = Number(db.pragma('page_size', { simple: true }));
  }

  /** Goes through the whole file. False: somebody was in the way, or it `isEnding`. */
  async run(isEnding: () => boolean): Promise<boolean> {
    if (this.#db.memory) return true;
    // To close a file ends the locks that SQLite has on it: it stays open as long as the database.
    const file = (this.#file ??= openSync(this.#db.name, 'r+'));
    const some = Buffer.alloc(PAGES * this.#size);
    let isClean = true;
    for (let first = 1; ; first += PAGES) {
      const { bytesRead } = await readSome(file, some, 0, some.length, (first - 1) * this.#size);
      if (bytesRead === 0) break;
      const found = this.#filled(some.subarray(0, bytesRead), first);
      // What is left to copy when the log is emptied is little, and another thread waits for the disk.
      if (found.length > 0) await this.#checkpoints.relieve(0);
      await quietTurn();
      if (isEnding() || !this.#db.open) return false;
      if (found.length === 0) continue;
      if (!this.#overwrite(file, found)) return false;
      isClean = false;
    }
    if (!isClean) await sync(file);
    return true;
  }

  /** To be called once the database is closed. */
  end(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #filled(pages: Buffer, first: number): number[] {
    const found: number[] = [];
    for (let at = 0; at + this.#size <= pages.length; at += this.#size) {
      const number = first + at / this.#size;
      if (filledGap(pages.subarray(at, at + this.#size), number)) found.push(number);
    }
    return found;
  }

  #overwrite(file: number, numbers: readonly number[]): boolean {
    if (!this.#emptyLog()) return false;
    this.#db.pragma('shrink_memory');
    // The log is empty: nobody writes, and if somebody began at this moment, it is tried again.
    if (!withoutPatience(this.#db, () => begun(this.#db))) return false;
    try {
      if (statSync(`${this.#db.name}-wal`).size > 0) return false;
      const pages = fstatSync(file).size / this.#size;
      for (const number of numbers) if (number <= pages) this.#overwriteOne(file, number);
      return true;
    } finally {
      this.#db.exec('ROLLBACK');
    }
  }

  #overwriteOne(file: number, number: number): void {
    const page = Buffer.alloc(this.#size);
    const at = (number - 1) * this.#size;
    readSync(file, page, 0, this.#size, at);
    const gap = filledGap(page, number);
    if (gap) writeSync(file, ZEROS, 0, gap.to - gap.from, at + gap.from);
  }
}

function begun(db: Db): boolean {
  try {
    db.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return false;
    throw error;
  }
}
