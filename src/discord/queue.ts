import type { Logger } from 'pino';
import { delayAfter } from '../backoff.ts';
import type { Backoff } from '../backoff.ts';
import type { Recorded } from '../recorder/apart.ts';
import { BatchWriter } from '../recorder/batch.ts';
import type { Batch } from '../recorder/batch.ts';
import type { Observed } from '../recorder/observation.ts';

/** How long the first of a batch waits for others, in ms. */
const LINGER = 5;
const BATCH = 2000;
/** Where so many wait at once, more comes than can be recorded as it comes. */
const FLOOD = 500;
/** So many notes are under way at once: in a flood this thread comes late to see that one is done, and the other one never waits. */
const NOTES_AT_ONCE = 4;
/** So many are noted and not recorded at most. */
const MOST_NOTED = 100_000;
/** For so long, in ms, what is noted waits for the end of a flood. */
const MOST_LATE = 2000;
const BACKOFF: Backoff = { first: 100, most: 10_000 };

interface QueueOptions {
  /** Records a batch; after it rejects the batch can be given again, and nothing happens twice. */
  record(batch: Batch): Promise<Recorded>;
  /** Makes a batch durable, to be recorded later. `turn`: which one it is, counted from 0; those of later turns are refused. */
  note(turn: number, batch: Batch): Promise<void>;
  /** Records the oldest batch that was noted. */
  recordNoted(): Promise<Recorded>;
  log: Logger;
  backoff?: Backoff;
  /** ms UTC. */
  now?(): number;
}

/** What goes together. */
interface Collected {
  writer: BatchWriter;
  /** When the first of it came, ms UTC. */
  since: number;
}

/**
 * Hands observations over in batches, in the order they came: while one batch is committed, the next one collects. In a flood the
 * batches are noted, which makes them durable at once, and recorded when it is over (docs/decisions/0023). What cannot be stored is
 * tried again until it can, so nothing is lost while the process lives.
 */
export class ObservationQueue {
  readonly #options: Required<QueueOptions>;
  /** All of them but the last are full. */
  readonly #waiting: Collected[] = [];
  /** The sizes of the batches that are noted and not recorded, and since when (ms UTC) there are any. */
  readonly #noted: number[] = [];
  #notedSince: number | null = null;
  #notes = 0;
  /** The notes that are under way, the oldest first: they end in this order. */
  readonly #noting: Promise<void>[] = [];
  #pushed = 0;
  #durable = 0;
  #recorded = 0;
  /** What is under way; null while nothing is left to do. */
  #turn: Promise<void> | null = null;
  /** What is being made durable, the oldest first. */
  readonly #underWay: Collected[] = [];
  #lagMs: number | null = null;

  constructor(options: QueueOptions) {
    this.#options = { backoff: BACKOFF, now: Date.now, ...options };
  }

  push(observed: Observed): void {
    this.#pushed += 1;
    const last = this.#collecting();
    last.add(observed);
    if (last.size === BATCH && this.#isFlood) this.#noteSome();
    this.#turn ??= elapsed(LINGER).then(() => this.#next());
  }

  /** How many are not yet durable. */
  get size(): number {
    return this.#pushed - this.#durable;
  }

  /** How long the latest batch took from its first message until it was durable, or others wait by now, in ms; null: nothing came yet. */
  get lagMs(): number | null {
    const oldest = this.#underWay[0] ?? this.#waiting[0];
    if (!oldest) return this.#lagMs;
    return Math.max(this.#lagMs ?? 0, this.#options.now() - oldest.since);
  }

  /** Resolves when everything that was pushed before is recorded. */
  async flush(): Promise<void> {
    const goal = this.#pushed;
    while (this.#recorded < goal) await this.#turn;
  }

  /** Has room for one more. */
  #collecting(): BatchWriter {
    const last = this.#waiting.at(-1)?.writer;
    if (last && last.size < BATCH) return last;
    const writer = new BatchWriter(last);
    this.#waiting.push({ writer, since: this.#options.now() });
    return writer;
  }

  get #waitingSize(): number {
    return this.#waiting.reduce((sum, { writer }) => sum + writer.size, 0);
  }

  async #next(): Promise<void> {
    if (this.#isFlood || this.#waitingSize >= FLOOD) await this.#note();
    else if (this.#waiting.length > 0) await this.#record(this.#take());
    if (this.#isTimeForNoted()) await this.#recordNoted();
    if (this.#waiting.length === 0 && !this.#isFlood) this.#turn = null;
    // One by one they would keep the disk busier than all at once.
    else if (this.#isFlood && this.#waitingSize < FLOOD)
      this.#turn = elapsed(LINGER).then(() => this.#next());
    else this.#turn = this.#next();
  }

  #take(): BatchWriter {
    const next = this.#waiting.shift()!;
    this.#underWay.push(next);
    return next.writer;
  }

  async #record(next: BatchWriter): Promise<void> {
    const { record } = this.#options;
    const batch = next.batch();
    this.tellOf(await this.#insist(() => record(batch)));
    this.#recorded += next.size;
    this.#isDurable();
  }

  /** Until it is over, what comes is noted behind what was noted. */
  get #isFlood(): boolean {
    return this.#noted.length + this.#noting.length > 0;
  }

  /** Notes what waits, as far as it may; resolves when there is room for more, or nothing is left under way. */
  async #note(): Promise<void> {
    this.#noteSome();
    await this.#noting[0];
    if (this.#waiting.length === 0) await this.#noting.at(-1);
  }

  #noteSome(): void {
    while (this.#waiting.length > 0 && this.#noting.length < NOTES_AT_ONCE && this.#hasRoomForNotes) {
      this.#noting.push(this.#noteOne(this.#take()));
    }
  }

  get #hasRoomForNotes(): boolean {
    return this.#durable - this.#recorded + this.#noting.length * BATCH < MOST_NOTED;
  }

  async #noteOne(next: BatchWriter): Promise<void> {
    const { note, now } = this.#options;
    const turn = this.#notes;
    const batch = next.batch();
    this.#notes += 1;
    await this.#insist(() => note(turn, batch));
    void this.#noting.shift();
    this.#noted.push(next.size);
    this.#notedSince ??= now();
    this.#isDurable();
  }

  #isDurable(): void {
    const { writer, since } = this.#underWay.shift()!;
    this.#durable += writer.size;
    this.#lagMs = this.#options.now() - since;
  }

  #isTimeForNoted(): boolean {
    if (this.#noted.length === 0) return false;
    const isLate = this.#options.now() - this.#notedSince! > MOST_LATE;
    return this.#waiting.length === 0 || isLate || this.#durable - this.#recorded >= MOST_NOTED;
  }

  async #recordNoted(): Promise<void> {
    const { recordNoted } = this.#options;
    this.tellOf(await this.#insist(recordNoted));
    this.#recorded += this.#noted.shift()!;
    if (this.#noted.length === 0) this.#notedSince = null;
  }

  /** Does it again until it is done. */
  async #insist<T>(task: () => Promise<T>): Promise<T> {
    const { log, backoff } = this.#options;
    for (let failures = 0; ; failures += 1) {
      if (failures > 0) await elapsed(delayAfter(failures, backoff));
      try {
        const done = await task();
        if (failures > 0) log.info('Recording works again; nothing was lost.');
        return done;
      } catch (err) {
        const details = { err, messages: this.size, retryInMs: delayAfter(failures + 1, backoff) };
        log.error(details, 'Messages could not be recorded; they are kept in memory and tried again.');
      }
    }
  }

  /** Logs what had to be left out. */
  tellOf({ unreadable }: Recorded): void {
    for (const { ids, reason } of unreadable) {
      this.#options.log.error({ ids, reason }, 'A message could not be read and is not recorded.');
    }
  }
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
