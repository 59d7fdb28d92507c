import type { Observation } from '../../src/recorder/observation.ts';

/** A bot's message with nothing in it but what a test gives it. */
export function observation(extra: Partial<Observation> = {}): Observation {
  return {
    workspaceId: 1,
    messageId: '100',
    threadId: null,
    privateThread: false,
    author: { key: '11', name: 'agent', kind: 'bot' },
    at: 5_000,
    replyToMessageId: null,
    content: '',
    mentions: [],
    embeds: [],
    componentTexts: [],
    attachments: [],
    flags: 0,
    ...extra,
  };
}
