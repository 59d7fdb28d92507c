import type { Author } from '../../src/domain/author.ts';
import type { Escalation, EscalationEvent, EscalationEventKind } from '../../src/domain/escalation.ts';
import { ana, MINUTE, nanobot, NOW } from './support.ts';

export { ana };
export const ben: Author = { key: '100000000000000002', name: 'Ben', kind: 'person' };

/** What nanobot asks, as it stands at first. */
export function escalation(overrides: Partial<Escalation> = {}): Escalation {
  return {
    id: 7,
    workspaceId: 1,
    sessionId: '300000000000000001',
    step: 12,
    messageId: '300000000000000012',
    part: 0,
    replyToMessageId: '300000000000000012',
    threadId: null,
    privateThread: false,
    kind: 'question',
    by: nanobot,
    answerTo: nanobot,
    confidence: null,
    reason: 'Password policy: require special characters (strict) or allow passphrases (user-friendly)?',
    options: ['Special characters', 'Passphrases'],
    default: null,
    severity: 'medium',
    dedupeKey: null,
    requestId: null,
    remark: null,
    raisedAt: NOW - 2 * MINUTE,
    timeoutAt: null,
    onTimeout: 'hold',
    state: 'open',
    version: 1,
    stateAt: NOW - 2 * MINUTE,
    stateBy: null,
    announcedAt: null,
    carded: true,
    askedAt: null,
    heldAt: null,
    closedAt: null,
    wakeAt: null,
    nextAt: null,
    pings: 0,
    decision: null,
    mergedInto: null,
    merged: 0,
    card: null,
    ...overrides,
  };
}

export function event(
  version: number,
  kind: EscalationEventKind,
  { at = NOW, by = null, reason = null }: Partial<EscalationEvent> = {},
): EscalationEvent {
  return { version, kind, at, by, reason };
}
