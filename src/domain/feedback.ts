import type { Author } from './author.ts';
import type { Draft, Entry } from './entry.ts';

/** Longest reason that a person may give, in characters. */
export const REASON_MAX = 1000;

/** A person says that a step was wrong, by a press and a form: there is no message of theirs. */
export interface Objection {
  /** The interaction that brought it. */
  interactionId: string;
  by: Author;
  /** The step that was wrong. */
  against: Pick<Entry, 'step' | 'messageId'>;
  /** Masked. */
  reason: string;
  /** How many values were masked in it. */
  masked: number;
  /** ms UTC. */
  at: number;
}

/** What people say of the answers they got. */
export interface FeedbackCounts {
  helped: number;
  notHelped: number;
  /** Steps that somebody said were wrong. */
  mistakes: number;
}

/** The step that an objection is: a correction by that person, which answers the step it corrects. */
export function objectionDraft({ interactionId, by, against, reason, masked, at }: Objection): Draft {
  return {
    messageId: interactionId,
    part: 0,
    replyToMessageId: against.messageId,
    at,
    author: by,
    level: 'correction',
    category: 'correction',
    message: reason,
    origin: 'reported',
    mentions: [],
    addressed: [],
    escalation: false,
    confidence: null,
    durationMs: null,
    tool: null,
    details: { corrects: against.step },
    masked,
    claims: { responseTo: against.step },
  };
}
