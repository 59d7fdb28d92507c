import { isBot } from './author.ts';
import type { Entry } from './entry.ts';
import { conclusionIn, exitStatusIn, isCheck } from './tone.ts';

/** What somebody says the answer is. */
export interface Conclusion {
  entry: Entry;
  /** The sentence that says so. */
  text: string;
  counts: boolean;
}

/** Follows what agents of a team conclude, until another of them, or a person, has looked at it. */
export class ConclusionFold {
  #latest: Conclusion | null = null;
  readonly #bots = new Set<string>();

  /** The latest conclusion that the report is about and that nobody has looked at; null where one agent works alone. */
  get unchecked(): Conclusion | null {
    return this.#bots.size > 1 && this.#latest?.counts ? this.#latest : null;
  }

  add(entry: Entry, counts: boolean): void {
    // Who runs what others write concludes nothing, and checks nothing.
    if (entry.tool !== null || exitStatusIn(entry.message)) return;
    if (isBot(entry.author)) this.#bots.add(entry.author.key);
    if (this.#latest && this.#looksAt(entry, this.#latest)) this.#latest = null;
    const concludes = isBot(entry.author) && entry.origin === 'inferred' && !isTask(entry);
    const text = concludes ? conclusionIn(entry.message) : null;
    if (text !== null) this.#latest = { entry, text, counts };
  }

  #looksAt(entry: Entry, { entry: concluded }: Conclusion): boolean {
    if (entry.author.key === concluded.author.key) return false;
    return !isBot(entry.author) || isCheck(entry.message);
  }
}

/** What opens a session tells what is wanted. */
function isTask({ messageId, sessionId }: Entry): boolean {
  return messageId === sessionId;
}
