import type { Checkpoints } from './checkpoints.ts';
import type { Durability } from './durability.ts';
import type { Db } from './sqlite.ts';

/** What one transaction may take with its commit, in ms: recording, answers and heartbeats wait for no longer than that. */
const SLICE_MS = 4;
/** How much of that goes to the step itself as long as nothing is known of the rest: what is written when it ends, and the commit. */
const STEPS_SHARE = 0.5;
/** How far one transaction moves that share. */
const WEIGHT = 0.2;
/** Most rows of one transaction. */
const SLICE_ROWS = 500;

/** Other work that takes longer than this, in ms, has a turn of the loop for itself. */
const SHORT_MS = 1;
/** So many turns it may have in a row before the long work goes on. */
const TURNS = 8;

/** Says whether a transaction that is under way has room for another row. */
export type HasRoom = () => boolean;

/** Long work in short transactions, between which everything else gets its turn. */
export class Slices {
  readonly #db: Db;
  readonly #durability: Durability;
  readonly #checkpoints: Checkpoints;
  /** The work that is under way, and how many wait for its end. */
  readonly #underWay = new Set<Promise<unknown>>();
  #ends = 0;

  constructor(db: Db, durability: Durability, checkpoints: Checkpoints) {
    this.#db = db;
    this.#durability = durability;
    this.#checkpoints = checkpoints;
  }

  /** Work of many slices, all of which {@link end} ends. Nothing waits for the disk in the turns of this thread meanwhile. */
  during<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#durability.during(() => this.#checkpoints.during(work));
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
    const pace = new Pace();
    return this.repeat(() => {
      const isMore = pace.during((hasRoom) => slice.immediate(hasRoom));
      committed();
      return isMore;
    });
  }

  /** The same without a transaction around `step`. */
  async repeat(step: () => boolean): Promise<boolean> {
    for (;;) {
      await quietTurn();
      if (this.isEnding || !this.#db.open) return false;
      if (!this.#durability.withoutWaiting(step)) return true;
      await this.#checkpoints.relieve();
    }
  }
}

/** Learns from each transaction how much of its time the step may use. */
class Pace {
  #share = STEPS_SHARE;

  during<T>(work: (hasRoom: HasRoom) => T): T {
    const startedAt = performance.now();
    const room = SLICE_MS * this.#share;
    let used = 0;
    let rows = 0;
    const result = work(() => {
      used = performance.now() - startedAt;
      rows += 1;
      return rows <= SLICE_ROWS && (rows === 1 || used < room);
    });
    const share = used / (performance.now() - startedAt);
    this.#share += WEIGHT * (share - this.#share);
    return result;
  }
}

/** Resolves after a turn in which others had little to do, so that no turn of the loop is long for the sum of what is in it. */
export async function quietTurn(): Promise<void> {
  await turnOfOthers();
  for (let turns = 0; turns < TURNS; turns += 1) {
    const since = performance.now();
    await turnOfOthers();
    if (performance.now() - since < SHORT_MS) return;
  }
}

/** Resolves when timers and messages of other threads have had their turn. */
export function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
