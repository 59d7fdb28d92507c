import { expect, test } from 'vitest';
import { faultOf, optionsIn, raisingDraft } from '../../src/domain/raising.ts';
import type { Wanted } from '../../src/domain/raising.ts';

const NOW = Date.UTC(2026, 0, 5, 9);
const many = (count: number) => Array.from({ length: count }, (_, index) => `option ${index}`).join('|');

test.each<[string, Omit<Wanted, 'reason'> & { reason?: string }, RegExp]>([
  ['an empty reason', { reason: ' \n ' }, /Say in `reason`/],
  ['26 options', { options: many(26) }, /26 options; Discord shows at most 25/],
  ['an option of 101 characters', { options: `a|${'b'.repeat(101)}` }, /at most 100 characters.*101/],
  ['a time-out that is none', { timeout: 'soon' }, /`timeout` is a duration/],
  ['a time-out of nothing', { timeout: '0h' }, /`timeout` is a duration/],
  ['a time-out in the past', { timeout: '2026-01-05T08:59:59Z' }, /over already/],
])('%s is refused', (_, wanted, message) => {
  expect(faultOf({ reason: 'Which one?', ...wanted }, NOW)).toMatch(message);
});

test.each<Omit<Wanted, 'reason'>>([
  {},
  { options: many(25), severity: 'critical', timeout: '4h' },
  { options: 'b'.repeat(100), timeout: ' 2026-01-05T09:00:01Z ' },
  { options: ' , |, ' },
])('%j is taken', (wanted) => {
  expect(faultOf({ reason: 'Which one?', ...wanted }, NOW)).toBeNull();
});

test.each([
  ['strict|loose, but safe | strict', ['strict', 'loose, but safe']],
  ['yes, no,, yes', ['yes', 'no']],
  ['yes\n no ', ['yes', 'no']],
  [null, []],
])('options in %j', (text, options) => {
  expect(optionsIn(text)).toEqual(options);
});

test('becomes a step that says what a block would say', () => {
  const by = { key: '1', name: 'Ana', kind: 'person' } as const;
  const raised = { interactionId: '9', by, replyToMessageId: '8', about: 3, masked: 1, at: NOW };
  expect(
    raisingDraft({ ...raised, reason: ' Which one? ', options: 'a|b', severity: 'high', timeout: '1h' }),
  ).toMatchObject({
    messageId: '9',
    replyToMessageId: '8',
    message: 'Which one?',
    escalation: true,
    author: by,
    details: { kind: 'person', options: ['a', 'b'], severity: 'high', timeout_ms: 3_600_000, about: 3 },
    claims: { responseTo: 3 },
    masked: 1,
  });
});
