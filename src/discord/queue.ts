import type { Logger } from 'pino';
import { delayAfter } from '../backoff.ts';
import type { Backoff } from '../backoff.ts';
import type { Observed } from '../recorder/observation.ts';

/** How long the first of a batch waits for others, in ms. */
const LINGER = 5;
const BATCH = 2000;
const BACKOFF: Backoff = { first: 100, most: 10_000 };

interface QueueOptions {
  /** Makes a batch durable; after it rejects the batch can be given again, and nothing happens twice. */
  record(observed: Observed[]): Promise<unknown>;
  log: Logger;
  backoff?: Backoff;
  /** ms UTC. */
  now?(): number;
}

/**
 * Hands observations over in batches, in the order they came: while one batch is committed, the next one collects. A batch that
 * cannot be stored is tried again until it can, so nothing is lost while the process lives.
 */
export class ObservationQueue {
  readonly #options: Required<QueueOptions>;
  readonly #waiting: Observed[] = [];
  #pushed = 0;
  #recorded = 0;
  /** The batch under way; null while nothing waits. */
  #batch: Promise<void> | null = null;
  /** When the first of those that wait came, and the first of the batch under way; null: there are none. */
  #waitingSince: number | null = null;
  #batchSince: number | null = null;
  #lagMs: number | null = null;

  constructor(options: QueueOptions) {
    this.#options = { backoff: BACKOFF, now: Date.now, ...options };
  }

  push(observed: Observed): void {
    this.#pushed += 1;
    this.#waitingSince ??= this.#options.now();
    this.#waiting.push(observed);
    this.#batch ??= elapsed(LINGER).then(() => this.#next());
  }

  /** How many are not yet durable. */
  get size(): number {
    return this.#pushed - this.#recorded;
  }

  /** How long the latest to become durable waited for that, or longer ones wait by now, in ms; null: nothing came yet. */
  get lagMs(): number | null {
    const since = this.#batchSince ?? this.#waitingSince;
    if (since === null) return this.#lagMs;
    return Math.max(this.#lagMs ?? 0, this.#options.now() - since);
  }

  /** Resolves when everything that was pushed before is durable. */
  async flush(): Promise<void> {
    const goal = this.#pushed;
    while (this.#recorded < goal) await this.#batch;
  }

  async #next(): Promise<void> {
    const batch = this.#waiting.splice(0, BATCH);
    const since = this.#waitingSince!;
    this.#batchSince = since;
    if (this.#waiting.length === 0) this.#waitingSince = null;
    await this.#record(batch);
    this.#recorded += batch.length;
    this.#lagMs = this.#options.now() - since;
    this.#batchSince = null;
    this.#batch = this.#waiting.length > 0 ? this.#next() : null;
  }

  async #record(batch: Observed[]): Promise<void> {
    const { record, log, backoff } = this.#options;
    for (let failures = 0; ; failures += 1) {
      if (failures > 0) await elapsed(delayAfter(failures, backoff));
      try {
        await record(batch);
        if (failures > 0) log.info({ messages: batch.length }, 'Recording works again; nothing was lost.');
        return;
      } catch (err) {
        if (!isOutage(err)) return this.#recordApart(batch, err);
        const details = { err, messages: this.size, retryInMs: delayAfter(failures + 1, backoff) };
        log.error(details, 'Messages could not be recorded; they are kept in memory and tried again.');
      }
    }
  }

  /** One of them cannot be read, now or ever: it must not hold up the others, so it is found by halving. */
  async #recordApart(batch: Observed[], err: unknown): Promise<void> {
    if (batch.length > 1) {
      const half = batch.length >> 1;
      await this.#record(batch.slice(0, half));
      return this.#record(batch.slice(half));
    }
    const [observed] = batch;
    this.#options.log.error(
      { err, ids: observed && idsOf(observed) },
      'A message could not be read and is not recorded.',
    );
  }
}

function idsOf(observed: Observed): string | string[] {
  if ('deleted' in observed) return observed.deleted;
  return 'readUpTo' in observed ? observed.readUpTo : observed.messageId;
}

/** What the disk or the database's thread is to blame for passes, or is mended by somebody; then the batch is recorded. */
function isOutage(error: unknown): boolean {
  return error instanceof Error && (error.name === 'SqliteError' || error.name === 'RpcError');
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
