import { Worker } from 'node:worker_threads';
import { LOG_PAGES } from './sqlite.ts';
import type { Db } from './sqlite.ts';

/** With so many pages of 4 KB in the log that are not copied back yet, they are. */
const PAGES = 250;
/** With so many in it at all, they are copied until none is left: only then the log begins anew instead of growing. */
const LONG = LOG_PAGES / 2;
/** So often at most: while others write without a break, some are always left. */
const TRIES = 10;
/** So many in it make the database's thread copy them after all. */
const TOO_LONG = LOG_PAGES * 4;

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
    this.#leaveUpTo(TOO_LONG);
    try {
      return await work();
    } finally {
      this.#users -= 1;
      if (this.#users === 0) {
        this.#leaveUpTo(LOG_PAGES);
        await this.#end();
      }
    }
  }

  /**
   * Resolves at once when no more than `most` pages are in the log alone, otherwise when they were copied. What fails is left to the usual
   * checkpoints, which tell.
   */
  async relieve(most = PAGES): Promise<void> {
    for (let tries = 0; tries < TRIES && this.#isDue(most); tries += 1) {
      this.#thread ??= new Thread(this.#db.name);
      await this.#thread.run();
    }
  }

  /** Resolves when nobody but the caller has the file open. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#end();
  }

  #isDue(most: number): boolean {
    if (this.#users === 0 || this.#isOver || this.#db.memory || !this.#db.open) return false;
    const [{ log, checkpointed }] = this.#db.pragma('wal_checkpoint(NOOP)') as [Log];
    return log - checkpointed > (log > LONG ? 0 : most);
  }

  /** How long the log may become before the database's own thread copies it. */
  #leaveUpTo(pages: number): void {
    if (this.#db.open) this.#db.pragma(`wal_autocheckpoint = ${pages}`);
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
