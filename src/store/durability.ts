import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Db } from './sqlite.ts';

type Log = Pick<FileHandle, 'datasync' | 'close'>;

/**
 * When what is committed has reached the disk. By itself a commit waits for that, and with it all else that its thread has to do.
 *
 * `isAwaited`: whoever is promised something is answered only once {@link reached} resolves. Then commits need not wait during long work:
 * the thread goes on while the disk writes. A crash of the machine would undo the last commits, of which nobody was told.
 */
export class Durability {
  readonly #db: Db;
  readonly #isAwaited: boolean;
  readonly #open;
  readonly #changes;
  /** How many pieces of long work are under way. */
  #users = 0;
  /** How many changes of the connection nobody waits for. */
  #unpromised = 0;
  /** How many of the others had been made when the commits waited again. */
  #promisedThen = 0;
  /** How many of them have reached the disk. */
  #reached = 0;
  #syncing: Promise<void> | null = null;
  #log: Log | null = null;

  constructor(db: Db, isAwaited = false, openLog = (path: string): Promise<Log> => open(path, 'r+')) {
    this.#db = db;
    this.#isAwaited = isAwaited && !db.memory;
    this.#open = openLog;
    this.#changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  }

  /** Lets no commit wait for the disk while `work` runs. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#isAwaited) return work();
    if (this.#users === 0) this.#begin();
    this.#users += 1;
    try {
      return await work();
    } finally {
      this.#users -= 1;
      if (this.#users === 0) this.#end();
    }
  }

  /**
   * What `work` commits reaches the disk with the next commit of others, or with a checkpoint: it is for what is done again when a crash
   * undoes it.
   */
  withoutWaiting<T>(work: () => T): T {
    if (this.#users > 0) return this.#unpromising(work);
    this.#wait(false);
    try {
      return work();
    } finally {
      this.#wait(true);
    }
  }

  /**
   * Resolves when all that was committed before has reached the disk.
   *
   * @throws Error of the system when the disk failed; from then on always, since nobody knows what the disk has
   */
  async reached(): Promise<void> {
    const promised = this.#users > 0 ? this.#promised() : this.#promisedThen;
    while (this.#reached < promised) await (this.#syncing ??= this.#sync());
  }

  /** To be called before the database is closed. */
  async stop(): Promise<void> {
    try {
      await this.reached();
    } finally {
      await this.#log?.close();
    }
  }

  #begin(): void {
    // What was committed since then has waited.
    if (this.#reached >= this.#promisedThen) this.#reached = this.#promised();
    this.#wait(false);
  }

  #end(): void {
    this.#promisedThen = this.#promised();
    this.#wait(true);
  }

  /** One for all that was committed up to now. */
  async #sync(): Promise<void> {
    const promised = this.#promised();
    // SQLite keeps its log as long as a connection is open, and has no locks on it that closing a handle would end.
    this.#log ??= await this.#open(`${this.#db.name}-wal`);
    await this.#log.datasync();
    this.#reached = promised;
    this.#syncing = null;
  }

  #unpromising<T>(work: () => T): T {
    const before = this.#changes.get()!;
    try {
      return work();
    } finally {
      this.#unpromised += this.#changes.get()! - before;
    }
  }

  #promised(): number {
    return this.#changes.get()! - this.#unpromised;
  }

  /** https://www.sqlite.org/pragma.html#pragma_synchronous */
  #wait(does: boolean): void {
    this.#db.pragma(`synchronous = ${does ? 'FULL' : 'NORMAL'}`);
  }
}
