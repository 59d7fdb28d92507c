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
  #ended = false;

  constructor(db: Db, checkpoints: Checkpoints) {
    this.#db = db;
    this.#checkpoints = checkpoints;
  }

  /** No further slice begins; what is left is done when somebody asks for it again. */
  end(): void {
    this.#ended = true;
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
    while (!this.#ended) {
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

/** Timers and messages of other threads come first. */
function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
