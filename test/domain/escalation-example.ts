import type { Author } from '../../src/domain/author.ts';
import type { Escalation } from '../../src/domain/escalation.ts';

export const researcher: Author = { key: '201', name: 'researcher', kind: 'bot' };
export const ana: Author = { key: '100', name: 'Ana', kind: 'person' };
export const RAISED = Date.UTC(2026, 0, 5, 9);

/** One that was raised and whose card was posted. */
export function escalation(overrides: Partial<Escalation> = {}): Escalation {
  return {
    id: 1,
    workspaceId: 1,
    sessionId: '1000001',
    step: 2,
    messageId: '1000002',
    part: 0,
    replyToMessageId: '1000002',
    threadId: null,
    privateThread: false,
    kind: 'question',
    by: researcher,
    answerTo: researcher,
    confidence: null,
    reason: 'Which?',
    options: ['a', 'b'],
    default: 'a',
    severity: 'medium',
    dedupeKey: null,
    requestId: null,
    remark: null,
    raisedAt: RAISED,
    timeoutAt: null,
    onTimeout: 'hold',
    state: 'open',
    version: 2,
    stateAt: RAISED,
    stateBy: researcher,
    announcedAt: RAISED,
    carded: true,
    askedAt: RAISED,
    heldAt: null,
    closedAt: null,
    wakeAt: null,
    nextAt: null,
    pings: 1,
    decision: null,
    mergedInto: null,
    merged: 0,
    card: { channelId: '10', messageId: '70' },
    ...overrides,
  };
}
