import type { Checkpoints } from './checkpoints.ts';
import { withoutWaiting } from './sqlite.ts';
import type { Db } from './sqlite.ts';

/** What one transaction may take, in ms: recording, answers and heartbeats wait for no longer than that and its commit. */
const SLICE_MS = 2;
/** Most rows of one transaction. */
const SLICE_ROWS = 500;

/** Says whether a transaction that is under way has room for another row. */
export type HasRoom = () => boolean;

/** Long work in short transactions, between which everything else gets its turn. */
export class Slices {
  readonly #db: Db;
  readonly #checkpoints: Checkpoints;
  /** The work that is under way, and how many wait for its end. */
  readonly #underWay = new Set<Promise<unknown>>();
  #ends = 0;

  constructor(db: Db, checkpoints: Checkpoints) {
    this.#db = db;
    this.#checkpoints = checkpoints;
  }

  /** Work of many slices, all of which {@link end} ends. */
  during<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#checkpoints.during(work);
    this.#underWay.add(result);
    return result.finally(() => this.#underWay.delete(result));
  }

  /** No further slice of what is under way begins, and it has ended when this resolves; what is left is done when somebody asks again. */
  async end(): Promise<void> {
    this.#ends += 1;
    await Promise.allSettled(this.#underWay);
    this.#ends -= 1;
  }

  /** Whatever is under way is to end. */
  get isEnding(): boolean {
    return this.#ends > 0;
  }

  /**
   * Calls `step` in one transaction after the other, until it says that nothing is left, and `committed` after each.
   * @returns false when it ended before that
   */
  async run(step: (hasRoom: HasRoom) => boolean, committed: () => void = () => {}): Promise<boolean> {
    const slice = this.#db.transaction(step);
    return this.repeat(() => {
      const isMore = slice.immediate(room());
      committed();
      return isMore;
    });
  }

  /** The same without a transaction around `step`. */
  async repeat(step: () => boolean): Promise<boolean> {
    while (!this.isEnding && this.#db.open) {
      if (!withoutWaiting(this.#db, step)) return true;
      await this.#checkpoints.relieve();
      await turnOfOthers();
    }
    return false;
  }
}

function room(): HasRoom {
  const until = performance.now() + SLICE_MS;
  let rows = 0;
  return () => (rows += 1) <= SLICE_ROWS && (rows === 1 || performance.now() < until);
}

/** Resolves when timers and messages of other threads have had their turn. */
export function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
