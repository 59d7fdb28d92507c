import { describe, expect, it } from 'vitest';
import { continues, gapBetween } from '../../../src/recorder/dialects/chunks.ts';
import type { Observation } from '../../../src/recorder/observation.ts';
import { observation } from '../support.ts';
import { embed } from './support.ts';

const first = observation({ content: 'x'.repeat(1900), at: 10_000, replyToMessageId: '7' });
const next = observation({ content: 'and so on', at: 11_500, messageId: '101' });

describe('a message right after a full one', () => {
  it('goes on with the same answer', () => {
    expect(continues(first, next, true)).toBe(true);
    expect(continues({ ...first, content: 'line\n'.repeat(17) }, next, true)).toBe(true);
    expect(continues(first, { ...next, replyToMessageId: '7' }, true)).toBe(true);
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
    expect(continues({ ...first, ...changeFirst }, { ...next, ...changeNext }, true)).toBe(false);
  });
});

describe('a message right after a full one of a bot of which nothing is known', () => {
  it.each<[string, number, string, boolean]>([
    ['goes on with it when there was no room for it', 1900, 'and so on', true],
    ['goes on with it when there was no room for its first paragraph', 1500, `${'y'.repeat(500)}\n\nz`, true],
    ['is one of its own when its first paragraph had room', 1500, `Next.\n\n${'y'.repeat(900)}`, false],
    [
      'goes on with it when there was no room for its fence',
      1500,
      `\`\`\`\na\n\n${'b'.repeat(500)}\n\`\`\``,
      true,
    ],
  ])('%s', (_, length, content, expected) => {
    const before = { ...first, content: 'x'.repeat(length) };
    expect(continues(before, { ...next, content }, false)).toBe(expected);
  });
});

describe('between two chunks', () => {
  it.each<[string, string, string, string]>([
    ['stands nothing when a word was cut in two', 'x'.repeat(2000), 'yes', ''],
    ['stands a line break when a line ended', 'x'.repeat(1987), 'yes', '\n'],
  ])('%s', (_, before, after, gap) => {
    expect(gapBetween(before, after)).toBe(gap);
  });
});
