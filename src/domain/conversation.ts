import { isBot, sameName } from './author.ts';
import type { Entry } from './entry.ts';

/** A step, and how deep it stands in its conversation: 0 where it answers none of the steps at hand. */
export interface ThreadedEntry {
  entry: Entry;
  depth: number;
}

/**
 * The steps as conversations: each is followed by those that answer it, in order, before the next conversation begins. A step
 * answers the one it replies to; without a reply, the latest handoff to its author, as long as nobody else has caused what it says.
 *
 * @param entries of one session, in the order of their steps
 */
export function threadsOf(entries: readonly Entry[]): ThreadedEntry[] {
  const answers = new Map<number | null, Entry[]>();
  for (const [entry, parent] of withParents(entries)) {
    const siblings = answers.get(parent);
    if (siblings) siblings.push(entry);
    else answers.set(parent, [entry]);
  }
  const threads: ThreadedEntry[] = [];
  // A stack instead of recursion: a chain of answers may be as long as the session.
  const waiting = threaded(answers.get(null), 0);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    threads.push(next);
    waiting.push(...threaded(answers.get(next.entry.step), next.depth + 1));
  }
  return threads;
}

/** The last one first, as a stack takes them. */
function threaded(entries: readonly Entry[] = [], depth: number): ThreadedEntry[] {
  return entries.map((entry) => ({ entry, depth })).toReversed();
}

function* withParents(entries: readonly Entry[]): Generator<[Entry, number | null]> {
  const known = new Set<number>();
  const handoffs: Entry[] = [];
  for (const entry of entries) {
    const { responseTo, step } = entry;
    const answered = responseTo ?? handoffs.findLast((handoff) => isAnswerTo(entry, handoff))?.step ?? null;
    yield [entry, answered !== null && known.has(answered) ? answered : null];
    known.add(step);
    if (entry.handoffTo.length > 0) handoffs.push(entry);
  }
}

function isAnswerTo({ author, triggeredBy }: Entry, handoff: Entry): boolean {
  return (
    isBot(author) &&
    sameName(triggeredBy, handoff.author.name) &&
    handoff.handoffTo.some((name) => sameName(name, author.name))
  );
}
