import { Worker } from 'node:worker_threads';
import type { Db } from './sqlite.ts';

/** With so many pages of 4 KB in the log that are not copied back yet, they are. */
const PAGES = 250;

interface Log {
  /** Pages in the log, and those of them that are copied back. */
  log: number;
  checkpointed: number;
}

/**
 * Copies the log back into the file during long work, away from the database's thread: that copying ends with waiting for the disk, tens
 * of milliseconds at times. The thread is there only while somebody needs it.
 */
export class Checkpoints {
  readonly #db: Db;
  #users = 0;
  #thread: Thread | null = null;
  #isOver = false;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Lets {@link relieve} do its work while `work` runs. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#users += 1;
    try {
      return await work();
    } finally {
      this.#users -= 1;
      if (this.#users === 0) await this.#end();
    }
  }

  /**
   * Resolves at once when no more than `most` pages are in the log alone, otherwise when they were copied. What fails is left to the usual
   * checkpoints, which tell.
   */
  async relieve(most = PAGES): Promise<void> {
    if (this.#users === 0 || this.#isOver || this.#left() <= most) return;
    this.#thread ??= new Thread(this.#db.name);
    await this.#thread.run();
  }

  /** Resolves when nobody but the caller has the file open. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#end();
  }

  #left(): number {
    if (this.#db.memory || !this.#db.open) return 0;
    const [{ log, checkpointed }] = this.#db.pragma('wal_checkpoint(NOOP)') as [Log];
    return log - checkpointed;
  }

  async #end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.end();
  }
}

class Thread {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #waiting: (() => void)[] = [];

  constructor(path: string) {
    this.#worker = new Worker(new URL('checkpoint-thread.ts', import.meta.url), { workerData: path });
    this.#worker.on('message', () => this.#waiting.shift()?.());
    this.#ended = new Promise((resolve) => {
      this.#worker.once('error', () => resolve()).once('exit', () => resolve());
    });
  }

  /** Resolves when the log was copied, or the thread has failed. */
  async run(): Promise<void> {
    const done = new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
    this.#worker.postMessage('run', []);
    await Promise.race([done, this.#ended]);
  }

  async end(): Promise<void> {
    this.#worker.postMessage('end', []);
    await this.#ended;
  }
}
