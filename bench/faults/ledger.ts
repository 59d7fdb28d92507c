import type { Message } from '../../sandbox/sandbox.ts';

/** A message that was posted, and what a recorder must know of it. */
export interface Posted {
  id: string;
  /** The channel or thread. */
  channelId: string;
  /** Steps that it is by itself: one, but for a block that holds several. */
  parts: number;
  /** A word that only this message has, and only as it reads now. */
  word: string;
  isDeleted: boolean;
}

/** What was said: the truth to compare a recording with. */
export class Ledger {
  readonly #posted = new Map<string, Posted>();
  /** What changed since it was last found recorded. */
  readonly #news = new Set<Posted>();
  #words = 0;

  get size(): number {
    return this.#posted.size;
  }

  all(): Iterable<Posted> {
    return this.#posted.values();
  }

  get(id: string): Posted | undefined {
    return this.#posted.get(id);
  }

  /** A word that nobody has said before. */
  newWord(): string {
    this.#words += 1;
    return `word${this.#words}x`;
  }

  posted({ id, channelId }: Message, word: string, parts = 1): Posted {
    const posted: Posted = { id, channelId, parts, word, isDeleted: false };
    this.#posted.set(id, posted);
    this.#news.add(posted);
    return posted;
  }

  edited(posted: Posted, word: string): void {
    posted.word = word;
    this.#news.add(posted);
  }

  deleted(posted: Posted): void {
    posted.isDeleted = true;
    this.#news.add(posted);
  }

  /** Those of which nobody has found yet that they are recorded as they are. */
  news(): readonly Posted[] {
    return [...this.#news];
  }

  settle(posted: Posted): void {
    this.#news.delete(posted);
  }
}
