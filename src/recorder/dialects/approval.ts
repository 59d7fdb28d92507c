import type { Part, Said } from './dialect.ts';
import { detailsOf } from './text.ts';

/** What a bot waits for a person to do. */
export interface Request {
  kind: 'approval' | 'question' | 'turn_limit';
  /** The tool that wants to run. */
  tool?: string | undefined;
  command?: string | undefined;
  pattern?: string | undefined;
  input?: unknown;
  reason?: string | undefined;
  options?: string[] | undefined;
  id?: string | undefined;
  /** ISO 8601. */
  expires_at?: string | undefined;
  [more: string]: unknown;
}

export type Outcome = 'allowed' | 'denied' | 'answered' | 'expired' | 'dismissed';

/** A bot's own card or question that waits for a person. */
export function requestPart(message: string, request: Request): Part {
  return {
    level: 'coordination',
    category: 'escalation',
    message,
    origin: 'parsed',
    escalation: true,
    details: detailsOf({ ...request }),
  };
}

/**
 * How it ended. What a person decided is a decision, theirs when the format tells who it was; what nobody decided is a warning.
 * `details.outcome` says which.
 */
export function outcomePart(message: string, outcome: Outcome, request: Request, more: Outcomes = {}): Part {
  const decided = outcome !== 'expired' && outcome !== 'dismissed';
  return {
    level: decided ? 'decision' : 'warning',
    category: 'escalation',
    message,
    origin: 'parsed',
    person: decided ? more.person : undefined,
    details: detailsOf({ ...request, outcome, scope: more.scope, answer: more.answer }),
  };
}

interface Outcomes {
  person?: string | undefined;
  /** How far a permission reaches, such as `once` or `always`. */
  scope?: string | undefined;
  answer?: string | undefined;
}

/** True when a message that waited for a person now tells how that ended. */
export function isResolved(before: readonly Said[], after: readonly Said[]): boolean {
  return (
    before.some(({ escalation }) => escalation) &&
    after.some(({ details }) => details?.['outcome'] !== undefined)
  );
}
