import type { Logger } from 'pino';

/** What is being read at this moment. */
export interface CatchingUp {
  /** How many workspaces are behind and being read, and how many have caught up since the reading began. */
  left: number;
  done: number;
  /** How many messages were found. */
  messages: number;
}

interface Options {
  log: Logger;
  /** ms UTC. */
  now(): number;
}

/** How often the log says how far the reading is, in ms. */
const EVERY = 10_000;

/** Counts what is being read, and tells the log of it where it takes a while or finds something. */
export class Progress {
  readonly #options: Options;
  #state: CatchingUp = { left: 0, done: 0, messages: 0 };
  #begunAt = 0;
  #toldAt = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  state(): CatchingUp | null {
    return this.#state.left > 0 ? { ...this.#state } : null;
  }

  begin(): void {
    if (this.#state.left === 0) {
      this.#begunAt = this.#options.now();
      this.#toldAt = this.#begunAt;
      this.#state = { left: 0, done: 0, messages: 0 };
    }
    this.#state.left += 1;
  }

  read(messages: number): void {
    this.#state.messages += messages;
    const now = this.#options.now();
    if (now - this.#toldAt < EVERY) return;
    this.#toldAt = now;
    this.#options.log.info(this.#state, 'Reading what was said while the bot was away.');
  }

  end(): void {
    this.#state.left -= 1;
    this.#state.done += 1;
    const { left, done: workspaces, messages } = this.#state;
    if (left > 0 || messages === 0) return;
    const afterMs = this.#options.now() - this.#begunAt;
    this.#options.log.info({ workspaces, messages, afterMs }, 'Caught up with what was said meanwhile.');
  }
}
