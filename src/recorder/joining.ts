import { isBot } from '../domain/author.ts';
import type { PlacedDraft } from '../store/store.ts';

/** How far apart a message and the report of it may be, in ms. */
const WITHIN = 10_000;
/** How much is kept of each bot in each place, and of how many of them. */
export const KEPT_EACH = 20;
const KEPT = 1_000;

/** Something that was said, to be known again: in a message, or in a report. */
interface Said {
  /** The message's or the report's. */
  id: string;
  part: number;
  at: number;
  print: string;
}

/** A report that may turn up in Discord. */
interface Expected extends Said {
  /** The message that it names; null: it names none. */
  messageId: string | null;
}

/**
 * Finds what was both said in Discord and reported by the same bot: by the message that the report names, or by the same words in the
 * same place within seconds. It knows of the latest alone; what a restart comes between is two steps.
 */
export class Joining {
  readonly #said = new Recent<Said>();
  readonly #expected = new Recent<Expected>();
  readonly #isNeeded: boolean;

  /** `isNeeded`: false where nothing is ever reported. */
  constructor(isNeeded = true) {
    this.#isNeeded = isNeeded;
  }

  /** To be told of what messages of bots became. */
  said(drafts: readonly PlacedDraft[]): void {
    if (!this.#isNeeded) return;
    for (const placed of drafts) {
      const { messageId: id, part, at, author, message } = placed.draft;
      if (isBot(author)) this.#said.add(placed, { id, part, at, print: printOf(message) });
    }
  }

  /** What a report is about, once. */
  takeSaid(report: PlacedDraft, messageId: string | null): Said | undefined {
    if (!this.#said.has(report)) return undefined;
    const { at, message } = report.draft;
    const print = printOf(message);
    return this.#said.take(report, (said) =>
      messageId === null ? said.print === print && isNear(said.at, at) : said.id === messageId,
    );
  }

  /** To be told of reports that became steps of their own. */
  expect(report: PlacedDraft, messageId: string | null): void {
    const { messageId: id, part, at, message } = report.draft;
    this.#expected.add(report, { id, part, at, print: printOf(message), messageId });
  }

  /** The report of what a message says, once: by its name, or by these words of it. */
  takeExpected(posted: PlacedDraft): Expected | undefined {
    if (!this.#expected.has(posted)) return undefined;
    const { messageId, at, message } = posted.draft;
    const named = this.#expected.take(posted, (report) => report.messageId === messageId);
    if (named) return named;
    const print = printOf(message);
    return this.#expected.take(
      posted,
      (report) => report.messageId === null && report.print === print && isNear(report.at, at),
    );
  }
}

/** The latest of each bot in each place. */
class Recent<T> {
  readonly #all = new Map<string, T[]>();

  /** Cheap: it is asked of every message. */
  has(placed: PlacedDraft): boolean {
    return this.#all.size > 0 && this.#all.has(keyOf(placed));
  }

  add(placed: PlacedDraft, one: T): void {
    const key = keyOf(placed);
    const own = this.#all.get(key) ?? [];
    if (own.length >= KEPT_EACH) own.shift();
    own.push(one);
    if (this.#all.size >= KEPT && !this.#all.has(key)) this.#all.delete(this.#all.keys().next().value!);
    this.#all.set(key, own);
  }

  /** The first that is wanted; it is not found again. */
  take(placed: PlacedDraft, isWanted: (one: T) => boolean): T | undefined {
    const key = keyOf(placed);
    const own = this.#all.get(key);
    const index = own?.findIndex(isWanted) ?? -1;
    if (index === -1) return undefined;
    const [found] = own!.splice(index, 1);
    if (own!.length === 0) this.#all.delete(key);
    return found;
  }
}

function keyOf({ draft, workspaceId, threadId }: PlacedDraft): string {
  return `${draft.author.key} ${workspaceId} ${threadId ?? ''}`;
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= WITHIN;
}

/** Two numbers that texts have in common when they differ in white space alone: what is kept is short, and nobody can read it. */
function printOf(text: string): string {
  let hash = 0x811c9dc5;
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code === 0xa0) continue;
    hash = Math.imul(hash ^ code, 0x01000193);
    length += 1;
  }
  return `${length} ${hash}`;
}
