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

  /** What the entry concludes; null: nothing. */
  add(entry: Entry, counts: boolean): string | null {
    if (entry.tool !== null) return null;
    const isAgent = isBot(entry.author);
    if (isAgent && !this.#bots.has(entry.author.key) && !isRun(entry)) this.#bots.add(entry.author.key);
    if (this.#latest && looksAt(entry, this.#latest)) this.#latest = null;
    const concludes = isAgent && entry.origin === 'inferred' && !isTask(entry);
    const text = concludes ? conclusionIn(entry.message) : null;
    if (text === null || isRun(entry)) return null;
    this.#latest = { entry, text, counts };
    return text;
  }
}

function looksAt(entry: Entry, { entry: concluded }: Conclusion): boolean {
  if (entry.author.key === concluded.author.key) return false;
  return !isBot(entry.author) || (isCheck(entry.message) && !isRun(entry));
}

/** Who runs what others write concludes nothing, and checks nothing. */
function isRun({ message }: Entry): boolean {
  return exitStatusIn(message) !== null;
}

/** What opens a session tells what is wanted. */
function isTask({ messageId, sessionId }: Entry): boolean {
  return messageId === sessionId;
}
