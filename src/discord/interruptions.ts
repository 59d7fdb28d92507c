import type { Logger } from 'pino';
import type { CoverageStore } from '../store/store.ts';

/** How often it is noted that the bot is connected, in ms: after a crash it is known to that much since when it was away. */
const EVERY = 15_000;
/** A connection that died in silence is noticed when a heartbeat stays unanswered, in ms. */
const UNNOTICED = 90_000;

interface Options {
  coverage: Pick<CoverageStore, 'beat' | 'stopped' | 'lost' | 'back' | 'caughtUp'>;
  /** ms UTC since when the last process may have missed something; null: it is not known. */
  since: number | null;
  /** Recording is switched off. */
  isPaused: boolean;
  log: Logger;
  /** ms UTC. */
  now(): number;
}

/** Notes when the bot is connected and when it is not, so that it is known later of which times it has not heard itself. */
export class Interruptions {
  readonly #options: Options;
  #lostAt: number | null = null;
  #isBack = false;
  /** ms UTC since when something may have been missed that has not been read yet; null: nothing. */
  #behindSince: number | null;
  #timer: NodeJS.Timeout | undefined;
  /** The notes are written one after the other. */
  #written: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
    this.#behindSince = options.since ?? options.now();
  }

  /** Everything that was said until then is recorded, as far as it can be: ms UTC; Infinity: until now. */
  get knownUntil(): number {
    return this.#behindSince ?? Infinity;
  }

  /** To be called when the bot is connected for the first time. */
  start(): void {
    this.#beat();
    this.#timer = setInterval(() => this.#beat(), EVERY);
  }

  /** To be called when all that had arrived until `heardUntil`, ms UTC, is durable. */
  async stop(heardUntil: number): Promise<void> {
    clearInterval(this.#timer);
    if (this.#lostAt === null && this.#timer) this.#note((coverage) => coverage.stopped(heardUntil));
    await this.#written;
  }

  /** Since when nothing may have been heard, for certain: ms UTC. */
  get heardUntil(): number {
    return (this.#lostAt ?? this.#options.now()) - UNNOTICED;
  }

  lost(): void {
    if (this.#lostAt !== null) return;
    this.#lostAt = this.#options.now();
    this.#behindSince ??= this.heardUntil;
    this.#isBack = false;
    this.#note((coverage, at) => coverage.lost(at));
  }

  back(): void {
    this.#lostAt = null;
    this.#isBack = true;
    this.#note((coverage, at) => coverage.back(at));
  }

  /** All that was missed has been read. */
  caughtUp(): void {
    if (this.#behindSince === null || !this.#isBack) return;
    this.#behindSince = null;
    this.#note((coverage, at) => coverage.caughtUp(at));
  }

  #beat(): void {
    if (this.#lostAt === null) this.#note((coverage, at) => coverage.beat(at, this.#options.isPaused));
  }

  /** Recording goes on without these notes, so a failure is told and no more. */
  #note(write: (coverage: Options['coverage'], at: number) => Promise<void>): void {
    const { coverage, log, now } = this.#options;
    const at = now();
    this.#written = this.#written
      .then(() => write(coverage, at))
      .catch((err: unknown) => log.error({ err }, 'It could not be noted when the bot was connected.'));
  }
}
