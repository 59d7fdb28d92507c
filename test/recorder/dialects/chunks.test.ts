import { describe, expect, it } from 'vitest';
import { continues } from '../../../src/recorder/dialects/chunks.ts';
import type { Observation } from '../../../src/recorder/observation.ts';
import { embed, observation } from './support.ts';

const first = observation({ content: 'x'.repeat(1900), at: 10_000, replyToMessageId: '7' });
const next = observation({ content: 'and so on', at: 11_500, messageId: '101' });

describe('a message right after a full one', () => {
  it('goes on with the same answer', () => {
    expect(continues(first, next)).toBe(true);
    expect(continues({ ...first, content: 'line\n'.repeat(17) }, next)).toBe(true);
    expect(continues(first, { ...next, replyToMessageId: '7' })).toBe(true);
  });

  it.each<[string, Partial<Observation>, Partial<Observation>]>([
    ['the first was short', { content: 'Done.' }, {}],
    ['it came later', {}, { at: 12_001 }],
    ['it came earlier', {}, { at: 9_999 }],
    ['another bot wrote it', {}, { author: { key: '12', name: 'other', kind: 'bot' } }],
    ['it stands in another thread', {}, { threadId: '5' }],
    ['it replies to something else', {}, { replyToMessageId: '8' }],
    ['it is a card', {}, { embeds: [embed({ title: 'Deploy?' })] }],
    ['the first ended with a file', { attachments: ['log.txt'] }, {}],
    ['people wrote both', { author: { key: '11', name: 'Ana', kind: 'person' } }, {}],
  ])('is an answer of its own when %s', (_, changeFirst, changeNext) => {
    expect(continues({ ...first, ...changeFirst }, { ...next, ...changeNext })).toBe(false);
  });
});
