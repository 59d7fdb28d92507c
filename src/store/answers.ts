import { answerText, goingOn } from '../domain/answer.ts';
import type { Author } from '../domain/author.ts';
import type { Draft, Entry } from '../domain/entry.ts';
import type { Chunk, Chunks } from './chunks.ts';
import type { KeyedEntries, KeyedEntry } from './keyed-entry.ts';
import type { PlacedDraft } from './store.ts';

/** What an edit leaves standing has part numbers from here on (domain/revision.ts). */
const FIRST_CORRECTION = 1_000;

/** An entry as it is to be written. */
export type Answer = { entry: Entry; mentions: Author[] };

/** Answers that were posted in several messages. Used inside the transactions that change their entries. */
export class Answers {
  readonly #chunks: Chunks;
  readonly #keyed: KeyedEntries;

  constructor(chunks: Chunks, keyed: KeyedEntries) {
    this.#chunks = chunks;
    this.#keyed = keyed;
  }

  /** The answer that a message is a chunk of, when it is one. */
  of(messageId: string): { keyed: KeyedEntry; chunk: Chunk } | null {
    const chunk = this.#chunks.find(messageId);
    return chunk ? { keyed: this.#keyed.byId(chunk.entry), chunk } : null;
  }

  /** The entries of a message with no more in them than it says itself; `own` are those that are known by it. */
  asSaidIn(messageId: string, own: Entry[]): Entry[] {
    const answer = this.of(messageId);
    if (!answer) return own;
    const { chunk, keyed } = answer;
    const { masked, at, deletedAt } = chunk;
    const said = { message: chunk.text.replace(/^\n/, ''), masked };
    if (chunk.n === 0)
      return own.map((entry) => (entry.part === keyed.entry.part ? { ...entry, ...said } : entry));
    const talk = {
      level: 'info',
      escalation: false,
      confidence: null,
      durationMs: null,
      tool: null,
      details: null,
    } as const;
    return [{ ...keyed.entry, ...said, ...talk, messageId, part: 0, at, deletedAt }, ...own];
  }

  /** What the last of the messages says that an entry was posted in. */
  lastSaidOf(id: number, entry: Entry): Entry {
    const last = this.#chunks.of(id).at(-1);
    return last ? this.asSaidIn(last.messageId, [entry])[0]! : entry;
  }

  /** What the messages before and after this one say; null for one that is not there. */
  beside(messageId: string): { before: string | null; after: string | null } {
    const chunk = this.#chunks.find(messageId);
    if (!chunk) return { before: null, after: null };
    const chunks = this.#chunks.of(chunk.entry).filter(({ deletedAt }) => deletedAt === null);
    const said = (n: number) => chunks.find((other) => other.n === n)?.text ?? null;
    return { before: said(chunk.n - 1), after: said(chunk.n + 1) };
  }

  /** The answer that a message ends, posted in one or in several. */
  endingWith(messageId: string): KeyedEntry | null {
    const answer = this.of(messageId);
    if (answer) return answer.keyed.entry.deletedAt === null ? answer.keyed : null;
    return this.#keyed.ofMessage(messageId).findLast(({ entry }) => entry.part < FIRST_CORRECTION) ?? null;
  }

  /** Lets the draft's message go on with the answer. */
  append(keyed: KeyedEntry, { draft, beside }: PlacedDraft): Answer {
    const { id, entry } = keyed;
    const chunks = this.#chunks.of(id);
    if (chunks.length === 0) {
      const { messageId, at, message: text, masked } = entry;
      this.#chunks.add({ messageId, entry: id, n: 0, at, text, masked, deletedAt: null });
    }
    const { messageId, at, message: text, masked } = draft;
    const n = Math.max(1, chunks.length);
    this.#chunks.add({ messageId, entry: id, n, at, text, masked, deletedAt: null });
    this.#sayBeside(id, n, beside);
    return this.#goingOn(keyed, draft);
  }

  /** Lets one of its messages say what the draft says. */
  say(keyed: KeyedEntry, { n, text: before }: Chunk, { draft, beside }: PlacedDraft): Answer {
    const lineBreak = before.startsWith('\n') && n > 0 ? '\n' : '';
    this.#chunks.say(draft.messageId, lineBreak + draft.message, draft.masked);
    this.#sayBeside(keyed.id, n, beside);
    return this.#goingOn(keyed, draft);
  }

  /** Removes what one of its messages said; null when nothing is left of the answer. */
  forget(keyed: KeyedEntry, { messageId, n }: Chunk, at: number): Answer | null {
    this.#chunks.forget(messageId, at);
    if (this.#chunks.of(keyed.id).every(({ deletedAt }) => deletedAt !== null)) return null;
    const answer = this.#goingOn(keyed, { mentions: [], addressed: [] });
    return n === 0 ? { ...answer, entry: { ...answer.entry, details: null } } : answer;
  }

  #goingOn(keyed: KeyedEntry, said: Pick<Draft, 'mentions' | 'addressed'>): Answer {
    const chunks = this.#chunks.of(keyed.id);
    const masked = chunks.reduce((sum, chunk) => sum + chunk.masked, 0);
    const answer = goingOn(keyed, said, answerText(chunks.map(({ text }) => text)));
    return { ...answer, entry: { ...answer.entry, masked } };
  }

  #sayBeside(entry: number, n: number, beside: PlacedDraft['beside']): void {
    if (!beside) return;
    const chunks = this.#chunks.of(entry);
    const say = (at: number, text: string | undefined) => {
      const chunk = chunks[at];
      if (chunk && text !== undefined && chunk.deletedAt === null)
        this.#chunks.say(chunk.messageId, text, chunk.masked);
    };
    say(n - 1, beside.before);
    say(n + 1, beside.after);
  }
}
