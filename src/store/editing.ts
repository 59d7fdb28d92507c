import { revised } from '../domain/session.ts';
import type { Setting } from '../domain/session.ts';
import { isOwnCategory } from '../domain/entry.ts';
import type { Entry } from '../domain/entry.ts';
import type { Answer, Answers } from './answers.ts';
import type { KeyedEntries, KeyedEntry } from './keyed-entry.ts';
import type { PlacedDraft } from './store.ts';

/** What edits and deletions make of a message's entries, be it a message of its own or a chunk of an answer. */
export class Editing {
  readonly #keyed: KeyedEntries;
  readonly #answers: Answers;

  constructor(keyed: KeyedEntries, answers: Answers) {
    this.#keyed = keyed;
    this.#answers = answers;
  }

  /** The entries that hold what a message says, by part. */
  partsOf(messageId: string): Map<number, KeyedEntry> {
    const parts = new Map(this.#keyed.ofMessage(messageId).map((keyed) => [keyed.entry.part, keyed]));
    const answer = this.#answers.of(messageId);
    if (answer && answer.chunk.n > 0 && answer.chunk.deletedAt === null) parts.set(0, answer.keyed);
    return parts;
  }

  /** The entry as it says what the draft says. */
  said(before: KeyedEntry, placed: PlacedDraft, setting: Setting): Answer {
    const { draft } = placed;
    const answer = this.#answers.of(draft.messageId);
    const isChunk = answer?.keyed.id === before.id;
    if (isChunk && answer.chunk.n > 0) return this.#answers.say(before, answer.chunk, placed);
    const entry = revised(before.entry, draft, setting);
    if (!isChunk) return { entry, mentions: draft.mentions };
    const { handoffTo } = before.entry;
    return this.#answers.say({ ...before, entry: { ...entry, handoffTo } }, answer.chunk, placed);
  }

  /** The entries that a deleted message had a part in, as they are without it. */
  forgotten(messageId: string, at: number): { before: KeyedEntry; after: Answer }[] {
    const own = this.#keyed.ofMessage(messageId);
    const answer = this.#answers.of(messageId);
    const others = own.filter(({ id }) => id !== answer?.keyed.id);
    const changed = others.map((before) => ({ before, after: erased(before, at) }));
    if (!answer || answer.chunk.deletedAt !== null) return changed;
    const after = this.#answers.forget(answer.keyed, answer.chunk, at) ?? erased(answer.keyed, at);
    return [{ before: answer.keyed, after }, ...changed];
  }
}

/** The step without anything that was said in it. */
export function erased({ entry }: KeyedEntry, deletedAt: number): Answer {
  const nothing: Partial<Entry> = { message: '', mentions: [], handoffTo: [], tool: null, details: null };
  const category = isOwnCategory(entry.category) ? entry.category : 'general';
  return { entry: { ...entry, ...nothing, category, insightCategory: null, deletedAt }, mentions: [] };
}
