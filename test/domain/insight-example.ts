import type { Insight } from '../../src/domain/insight.ts';

/** A pending insight that nothing speaks against. */
export function anInsight(more: Partial<Insight> = {}): Insight {
  return {
    id: 7,
    workspaceId: 1,
    threadId: null,
    privateThread: false,
    source: { sessionId: '1000001', step: 4, messageId: '1000004' },
    by: { key: '200', name: 'nanobot', kind: 'bot' },
    addedBy: null,
    origin: 'reported',
    category: 'user_preference',
    content: 'I prefer short summaries first',
    confidence: 0.95,
    sensitive: [],
    scope: { within: 'server', bots: null },
    count: 1,
    state: 'pending',
    version: 1,
    createdAt: 1_000_000,
    stateAt: 1_000_000,
    stateBy: null,
    approvedBy: null,
    sharedAt: null,
    expiresAt: 9_000_000,
    flag: null,
    ...more,
  };
}
