import { compareIds, idAt, timeOf } from './snowflake.ts';

/** A message as Discord has it now. */
export interface Present {
  id: string;
  /** ms UTC; null: it was never edited. */
  editedAt: number | null;
}

/** A message as it is recorded. */
export interface Recorded {
  messageId: string;
  /** When it was last seen to change, ms UTC. */
  changedAt: number;
}

/** What happened to messages while nobody looked. */
export interface Changes {
  /** Ids of messages that were edited after they were recorded. */
  edited: string[];
  /** Ids of recorded messages that Discord has no more. */
  deleted: string[];
  /** Ids of messages that were never recorded though later ones were: they arrived late. */
  late: string[];
}

/**
 * Compares a stretch of history, complete from `from` to the mark `to` up to which everything is known, with what is recorded of it.
 * `lateAfter`: messages from this id on may have been on their way when the mark was set; null when none can have been.
 */
export function changesIn(
  present: readonly Present[],
  recorded: readonly Recorded[],
  { from, to, lateAfter }: { from: string; to: string; lateAfter: string | null },
): Changes {
  const known = new Map(recorded.map((one) => [one.messageId, one]));
  const there = new Set(present.map(({ id }) => id));
  const edited = present.filter(({ id, editedAt }) => {
    const before = known.get(id);
    return before !== undefined && editedAt !== null && editedAt > before.changedAt;
  });
  const isWithin = (id: string) => compareIds(id, from) >= 0 && compareIds(id, to) <= 0;
  const gone = recorded.filter(({ messageId }) => !there.has(messageId) && isWithin(messageId));
  const late = present.filter(
    ({ id }) => lateAfter !== null && compareIds(id, lateAfter) > 0 && !known.has(id),
  );
  return {
    edited: edited.map(({ id }) => id),
    deleted: gone.map(({ messageId }) => messageId),
    late: late.map(({ id }) => id),
  };
}

/** How long an event may come after a later one, in ms. */
const LATE = 30_000;

/** From where on messages before the mark may have been on their way when it was set. */
export function lateAfter(mark: string): string {
  return idAt(timeOf(mark) - LATE);
}
