import type { Durability } from './durability.ts';
import { prepareIndexing } from './indexing.ts';
import type { Indexing } from './indexing.ts';
import type { Live, LiveWorkspace } from './live.ts';
import { turnOfOthers } from './slices.ts';
import type { Db } from './sqlite.ts';

/** How often the index looks whether it may follow, in ms: what was said meanwhile it takes in together. */
const TICK_MS = 200;
/** With so many entries a tick the store has its hands full. */
const BUSY = 1000;
/** With more entries than this to index it follows all the same, so that a search has seconds at most to catch up with. */
const BACKLOG = 100_000;
/** One step of its work, in ms: what is to be recorded or read waits for no longer. */
const STEP_MS = 1;
/** The same with more than {@link BACKLOG} to do, or when somebody waits for it. */
const LONG_STEP_MS = 10;
/** Between two steps while somebody writes, in ms. */
const PAUSE_MS = 4;
/** So many steps in a row go to merging while texts wait: several times as many as it takes to keep up with them. */
const MERGES = 4;
/** After a step that could not be written, in ms. */
const RETRY_MS = 1000;

/**
 * The full-text index follows the entries. Indexing a text costs several times as much as storing it, so what has just been said is
 * stored first, and indexed when the flood is over, in steps that nobody notices; a search indexes what is left of its workspace
 * before it looks. How far the index has come is in the database, so after a restart it goes on where it was.
 */
export class SearchIndex {
  readonly #live: Live;
  readonly #indexing: Indexing;
  readonly #traffic = new Traffic();
  #timer: NodeJS.Timeout | null = null;
  /** Whether there may be segments to merge. */
  #isMerging = false;
  /** Steps of merging since the last one that took in texts. */
  #merges = 0;

  constructor(db: Db, live: Live, durability: Durability) {
    this.#live = live;
    this.#indexing = prepareIndexing(db, durability);
    this.follow(0);
  }

  /** Lets the index come after so many entries that were just recorded. */
  follow(added: number): void {
    this.#traffic.add(added);
    this.#isMerging = true;
    this.#timer ??= setTimeout(() => this.#run(), TICK_MS);
  }

  /** Resolves when all is indexed that a workspace had when this was called. Others get their turn meanwhile. */
  async catchUp(workspaceId: number): Promise<void> {
    const workspace = this.#live.get(workspaceId);
    if (!workspace) return;
    const last = workspace.lastEntryId;
    while (workspace.indexedId < last) {
      this.#step(workspace, LONG_STEP_MS);
      if (workspace.indexedId < last) await turnOfOthers();
    }
  }

  /** What is left is indexed when the database is opened the next time. */
  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #run(): void {
    const pause = this.#next();
    this.#timer = pause === null ? null : setTimeout(() => this.#run(), pause);
  }

  /** Does a step where it may; gives the ms until the next one, null when there is nothing left to do. */
  #next(): number | null {
    const waiting = this.#waiting();
    const backlog = waiting.reduce((sum, { lastEntryId, indexedId }) => sum + lastEntryId - indexedId, 0);
    const isLate = backlog > BACKLOG;
    const added = this.#traffic.inTick();
    if (added >= BUSY && !isLate) return TICK_MS;
    try {
      if (!this.#step(waiting[0], isLate ? LONG_STEP_MS : STEP_MS)) return null;
    } catch {
      // What cannot be written now, on a full disk say, is tried again: it stays in the backlog.
      return RETRY_MS;
    }
    return added === 0 || isLate ? 0 : PAUSE_MS;
  }

  /**
   * Merges come first, so that segments never become so many that SQLite merges them all at once; but for one of the whole index, which
   * takes as long as it takes, texts do not wait. False: nothing is left.
   */
  #step(workspace: LiveWorkspace | undefined, ms: number): boolean {
    if (this.#isMerging && (!workspace || this.#merges < MERGES)) {
      this.#merges += 1;
      this.#isMerging = this.#indexing.merge(ms);
      if (this.#isMerging) return true;
    }
    if (!workspace) return false;
    this.#merges = 0;
    this.#indexing.some(workspace, ms);
    this.#isMerging = true;
    return true;
  }

  #waiting(): LiveWorkspace[] {
    return [...this.#live.values()].filter(({ lastEntryId, indexedId }) => indexedId < lastEntryId);
  }
}

/** Counts what is recorded. */
class Traffic {
  #since = performance.now();
  #before = 0;
  #added = 0;

  add(added: number): void {
    this.#turn();
    this.#added += added;
  }

  /** How much it was within a tick, this one or the one before, whichever had more. */
  inTick(): number {
    this.#turn();
    return Math.max(this.#before, this.#added);
  }

  #turn(): void {
    const passed = performance.now() - this.#since;
    if (passed < TICK_MS) return;
    this.#before = passed < 2 * TICK_MS ? this.#added : 0;
    this.#added = 0;
    this.#since += passed;
  }
}
