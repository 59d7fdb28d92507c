import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { seededRandom } from '../../bench/shared/text.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from '../support/empty-store.ts';
import { ana, coder, inTempDir, mapping, placed, RULES, START } from './support.ts';
import { expectWholeIndex } from './whole-index.ts';

const STEPS = 14;
/** Seconds between what is said in one go and in the next. */
const APART = 10_000;

/** Goes on and on saying and deleting, as much at a time as chance has it; every word tells when it was said. */
class Life {
  readonly #path: string;
  readonly #random: () => number;
  #store!: Store;
  /** How often something was said, and up to which time that was deleted. */
  #times = 0;
  #gone = 0;

  constructor(path: string, seed: number) {
    this.#path = path;
    this.#random = seededRandom(seed);
  }

  async begin(): Promise<void> {
    this.#store = await openTestStore({ path: this.#path, now: () => START });
    await this.#store.workspaces.map(mapping(), START, null);
  }

  /** Returns of which times words are on the disk that were deleted. */
  async goOn(): Promise<number[]> {
    const chance = this.#random();
    if (chance < 0.55) await this.#say();
    else if (chance < 0.85) await this.#delete();
    else await this.#restart();
    return this.#left();
  }

  async end(): Promise<void> {
    await this.#store.entries.search({ workspaceId: 1, words: ['x'], tags: [], limit: 1 });
    await this.#store.close();
  }

  async #say(): Promise<void> {
    this.#times += 1;
    const time = this.#times;
    const author = this.#random() < 0.3 ? ana : coder;
    const said = Array.from({ length: Math.floor(10 ** (this.#random() * 3.2)) }, (_, n) => {
      const word = `said${time}x${n % (1 + Math.floor(this.#random() * 900))}`;
      const threadId = this.#random() < 0.5 ? null : String(1 + Math.floor(this.#random() * 3));
      return placed(time * APART + n, { author, message: `${word} common words here` }, { threadId });
    });
    for (let from = 0; from < said.length; from += 200)
      await this.#store.entries.append(said.slice(from, from + 200), RULES);
    if (this.#random() < 0.8)
      await this.#store.entries.search({ workspaceId: 1, words: ['common'], tags: [], limit: 1 });
  }

  async #delete(): Promise<void> {
    const upTo = Math.floor(this.#random() * (this.#times + 1));
    const before = START + (upTo * APART + APART - 1) * 1000;
    const ages = [{ workspaceId: 1, before }];
    const run = this.#store.erasure.expire({ ages, posted: 0, everything: 0, limit: Infinity });
    if (this.#random() < 0.5) await this.#say();
    const { isDone } = await run;
    if (isDone) this.#gone = Math.max(this.#gone, upTo);
    else throw new Error('Somebody was in the way.');
  }

  async #restart(): Promise<void> {
    await this.#store.close();
    this.#store = await openTestStore({ path: this.#path, now: () => START });
  }

  #left(): number[] {
    const files = [this.#path, `${this.#path}-wal`].filter((file) => existsSync(file));
    const bytes = files.map((file) => readFileSync(file).toString('latin1')).join('\0');
    const times = new Set(Array.from(bytes.matchAll(/said(\d+)x/g), ([, time]) => Number(time)));
    return [...times].filter((time) => time <= this.#gone);
  }
}

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  'whatever was said and deleted before, no byte of what is deleted stays: %s',
  async (seed) => {
    await inTempDir(async (dir) => {
      const path = join(dir, 'work-logs.db');
      const life = new Life(path, seed);
      await life.begin();
      for (let step = 0; step < STEPS; step += 1) expect(await life.goOn()).toEqual([]);
      await life.end();
      const db = new Database(path);
      db.exec("INSERT INTO entries_fts (entries_fts) VALUES ('integrity-check')");
      expectWholeIndex(db);
      expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(db.pragma('foreign_key_check')).toEqual([]);
      db.close();
    });
  },
);
