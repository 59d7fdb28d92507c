import type { Author } from './author.ts';
import type { Draft } from './entry.ts';
import type { Decision, Escalation } from './escalation.ts';

/** The schema of the artifact that holds an {@link Answer}. */
export const DECISION_SCHEMA = 'work-log-decision-v1';

/** What an agent gets back, as JSON: in the block of the answer, and in the artifact. `docs/agents.md` is its reference. */
export interface Answer {
  type: 'decision';
  escalation: number;
  dedupe_key: string | null;
  /** `proceed` and `cancel`: nobody decided in time, and that is what the agent said would follow. */
  outcome: 'decided' | 'proceed' | 'cancel';
  option: string | null;
  note: string | null;
  /** The name of who decided; null when nobody did. */
  decided_by: string | null;
  /** ISO 8601, UTC. */
  at: string;
  /** The step that asked. */
  step: number;
}

/** The answer of an escalation that was decided, or whose time ran out. */
export function answerOf(escalation: Escalation): Answer {
  const { id, dedupeKey, decision, stateBy, stateAt, closedAt, step, default: otherwise } = escalation;
  const isDecided = decision !== null;
  const outcome = isDecided ? 'decided' : escalation.onTimeout === 'proceed' ? 'proceed' : 'cancel';
  return {
    type: 'decision',
    escalation: id,
    dedupe_key: dedupeKey,
    outcome,
    option: isDecided ? decision.option : outcome === 'proceed' ? otherwise : null,
    note: decision?.note ?? null,
    decided_by: isDecided ? (stateBy?.name ?? null) : null,
    at: new Date(closedAt ?? stateAt).toISOString(),
    step,
  };
}

/** The words of a decision: the option, the note, or both. */
export function decisionWords({ option, note }: Decision): string {
  return [option, note].filter((words) => words !== null && words !== '').join(': ');
}

/** A person decides, by a press or a form: there is no message of theirs. */
export interface Deciding {
  interactionId: string;
  by: Author;
  /** Masked. */
  decision: Decision;
  at: number;
}

/** The step that a decision is: that person's, in answer to the step that asked. */
export function decisionDraft(
  { id, step, replyToMessageId }: Pick<Escalation, 'id' | 'step' | 'replyToMessageId'>,
  { interactionId, by, decision, at }: Deciding,
): Draft {
  return {
    messageId: interactionId,
    part: 0,
    replyToMessageId,
    at,
    author: by,
    level: 'decision',
    category: 'escalation',
    message: decisionWords(decision),
    origin: 'reported',
    mentions: [],
    addressed: [],
    escalation: false,
    confidence: null,
    durationMs: null,
    tool: null,
    details: { escalation: id, ...decision },
    masked: 0,
    claims: { responseTo: step },
  };
}
