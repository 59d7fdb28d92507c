import { compareIds } from './snowflake.ts';
import type { Message } from './world.ts';

/** Which part of a channel's history is wanted; at most one of before, after and around is given. */
export interface Page {
  before?: string;
  after?: string;
  around?: string;
  limit: number;
}

/** The messages of one channel, ordered by id; keeps at least the newest `limit`, at most twice as many. */
export class MessageHistory {
  readonly #limit: number;
  #messages: Message[] = [];

  constructor(limit = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  /** Oldest first. */
  all(): readonly Message[] {
    return this.#messages;
  }

  get(id: string): Message | undefined {
    const message = this.#messages[this.#firstNotBefore(id)];
    return message?.id === id ? message : undefined;
  }

  /** Ids only grow, so a new message is always the last one. Returns what had to go for it. */
  append(message: Message): Message[] {
    this.#messages.push(message);
    // Trimming many at once keeps appending cheap.
    if (this.#messages.length <= this.#limit * 2) return [];
    return this.#messages.splice(0, this.#messages.length - this.#limit);
  }

  remove(id: string): void {
    const index = this.#firstNotBefore(id);
    if (this.#messages[index]?.id === id) this.#messages.splice(index, 1);
  }

  /** Newest first, as Discord lists them whatever is asked for. */
  page({ before, after, around, limit }: Page): Message[] {
    if (around !== undefined) return this.#around(around, limit);
    if (after !== undefined) {
      const from = this.#firstNotBefore(after);
      const start = this.#messages[from]?.id === after ? from + 1 : from;
      return this.#messages.slice(start, start + limit).reverse();
    }
    const end = before === undefined ? this.#messages.length : this.#firstNotBefore(before);
    return this.#messages.slice(Math.max(0, end - limit), end).reverse();
  }

  /** The message itself in the middle of older and newer ones. */
  #around(id: string, limit: number): Message[] {
    const middle = this.#firstNotBefore(id);
    const start = Math.max(0, middle - Math.floor(limit / 2));
    return this.#messages.slice(start, middle + Math.ceil(limit / 2)).reverse();
  }

  #firstNotBefore(id: string): number {
    let low = 0;
    let high = this.#messages.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareIds(this.#messages[middle]!.id, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
