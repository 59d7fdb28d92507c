import type { Draft, Entry } from './entry.ts';

/**
 * Corrections made by editing a message are parts of it far behind what it says itself, so that the message may still grow by parts.
 */
const FIRST_CORRECTION = 1_000;

/** True for an entry that came about by an edit which changed what was said. */
export function isEditCorrection({ part }: Pick<Entry, 'part'>): boolean {
  return part >= FIRST_CORRECTION;
}

/** What a message says by now: its latest correction, or else its parts. `entries` are in the order of their parts. */
export function latestText(entries: readonly Entry[]): string {
  const corrected = entries.findLast(isEditCorrection);
  return (corrected ? [corrected] : entries).map(({ message }) => message).join('\n');
}

/** When a message was last seen to change, in ms. */
export function lastChangeAt(entries: readonly Entry[]): number {
  return Math.max(...entries.map(({ at, editedAt }) => editedAt ?? at));
}

/** True when two texts differ in nothing but white space. */
export function saysTheSame(before: string, after: string): boolean {
  return before.split(/\s+/).join(' ').trim() === after.split(/\s+/).join(' ').trim();
}

/**
 * The step that says what an edit has changed: it answers the step it corrects, and keeps before and after.
 *
 * @param drafts what the message says now, at least one
 */
export function correctionOf(entries: readonly Entry[], drafts: readonly Draft[], at: number): Draft {
  const before = latestText(entries);
  const after = drafts.map(({ message }) => message).join('\n');
  const corrections = entries.filter(isEditCorrection).length;
  return {
    ...drafts[0]!,
    part: FIRST_CORRECTION + corrections,
    replyToMessageId: entries[0]!.messageId,
    at,
    level: 'correction',
    category: 'correction',
    message: after,
    escalation: false,
    addressed: [],
    confidence: null,
    durationMs: null,
    tool: null,
    details: { corrects: entries[0]!.step, before, after },
  };
}
