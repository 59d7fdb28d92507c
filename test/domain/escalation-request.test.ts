import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/domain/entry.ts';
import { NO_REASON, requestOf, sameQuestionKey } from '../../src/domain/escalation-request.ts';
import { newMemory, placeInSession } from '../../src/domain/session.ts';
import { draft, researcher, START } from '../store/support.ts';

const entry = (details: Entry['details'], overrides: Partial<Entry> = {}): Entry => {
  const said = draft(0, {
    author: researcher,
    escalation: true,
    origin: 'reported',
    message: 'Which?',
    details,
  });
  return {
    ...placeInSession(said, newMemory('1'), { type: 'project', coordinator: null }, null),
    ...overrides,
  };
};
const asked = (details: Entry['details'], overrides: Partial<Entry> = {}) =>
  requestOf(entry(details, overrides));
const long = 'x'.repeat(150);

describe('options', () => {
  test.each([
    ['as they are', ['a', 'b'], ['a', 'b']],
    ['each once, whatever its case and spaces', ['Yes', ' yes ', 'No', 'YES'], ['Yes', 'No']],
    ['without those that say nothing', ['', '  ', 'a', null, 7, {}], ['a']],
    ['objects by their label', [{ label: 'a', description: 'x' }, { name: 'b' }], ['a']],
    ['cut to 100 characters', [long], [`${'x'.repeat(99)}…`]],
    ['no character cut in two', [`${'x'.repeat(98)}😀😀`], [`${'x'.repeat(98)}…`]],
    ['none where there is no list', 'a, b', []],
    ['none where there are none', undefined, []],
  ])('%s', (_, options, kept) => {
    expect(asked({ options }).options).toEqual(kept);
  });

  test('more than 25 are told of', () => {
    const many = Array.from({ length: 27 }, (_, n) => `option ${n}`);
    const { options, remark } = asked({ options: many });
    expect([options.length, remark]).toEqual([25, '2 more options than can be shown.']);
    expect(asked({ options: many.slice(0, 26) }).remark).toBe('1 more option than can be shown.');
  });
});

test.each([
  ['one of the options, as the option is written', ' PASS ', 'Pass'],
  ['words of its own', 'wait for me', 'wait for me'],
  ['nothing', '', null],
  ['not a text', 7, null],
])('the default is %s', (_, given, kept) => {
  expect(asked({ options: ['Pass', 'Fail'], default: given }).default).toBe(kept);
});

describe('the reason', () => {
  test.each<[string, Entry['details'], Partial<Entry>, string]>([
    ['of a block is its own', { reason: 'Why not?' }, {}, 'Why not?'],
    ['of a block without one is its message', null, {}, 'Which?'],
    [
      'of a known format stands beside the message',
      { reason: 'it is risky' },
      { origin: 'parsed', message: 'rm -rf' },
      'rm -rf\nit is risky',
    ],
    ['is not said twice', { reason: 'risky' }, { origin: 'parsed', message: 'rm: risky' }, 'rm: risky'],
    [
      'of plain chat goes without its announcement',
      null,
      { origin: 'inferred', message: '🚨 Escalation: which one?' },
      'which one?',
    ],
    ['that is empty is said to be', null, { origin: 'inferred', message: '🚨 Escalation' }, NO_REASON],
    ['of spaces is none', { reason: '  ' }, { message: ' \n ' }, NO_REASON],
  ])('%s', (_, details, overrides, reason) => {
    expect(asked(details, overrides).reason).toBe(reason);
  });
});

describe('the time-out', () => {
  test.each([
    ['counts from when it was raised', { timeout_ms: 1000 }, START + 1000, null],
    ['may be an instant', { expires_at: '2026-01-05T10:00:00Z' }, Date.UTC(2026, 0, 5, 10), null],
    [
      'in the past is told of',
      { expires_at: '2025-01-05T10:00:00Z' },
      null,
      'Its time-out had passed when it was raised, so it waits.',
    ],
    ['that is no time is none', { expires_at: 'soon', timeout_ms: '5' }, null, null],
    ['in all eternity is within what a clock can say', { timeout_ms: Number.MAX_VALUE }, 8.64e15, null],
    ['may be absent', {}, null, null],
  ])('%s', (_, details, timeoutAt, remark) => {
    expect(asked(details)).toMatchObject({ timeoutAt, remark });
  });
});

test('what is unknown is what it is without', () => {
  expect(
    asked({ severity: 'huge', on_timeout: 'explode', kind: 'order', dedupe_key: ' ', id: [] }),
  ).toMatchObject({
    severity: 'medium',
    onTimeout: 'hold',
    kind: 'question',
    dedupeKey: null,
    requestId: null,
  });
});

test('a bot is no person, whatever it says, and a person nothing else', () => {
  expect(asked({ kind: 'person' }).kind).toBe('question');
  expect(asked({ kind: 'approval' }, { author: { key: '1', name: 'Ana', kind: 'person' } }).kind).toBe(
    'person',
  );
  expect(asked({ kind: 'mention' }).kind).toBe('mention');
});

test('keys and questions are the same as words are', () => {
  const keyOf = (details: Entry['details'], message = 'Which?') =>
    sameQuestionKey(asked(details, { message }));
  expect(keyOf({ dedupe_key: 'Ab  c' })).toBe(keyOf({ dedupe_key: 'ab c' }, 'Other?'));
  expect(keyOf({ dedupe_key: 'Ａｂ' })).toBe(keyOf({ dedupe_key: 'ab' }));
  expect(keyOf(null, 'a  B')).toBe(keyOf(null, 'A b'));
  expect(keyOf({ dedupe_key: 'which?' })).not.toBe(keyOf(null));
  expect([keyOf({ kind: 'approval' }), keyOf({ kind: 'turn_limit' }), keyOf({ id: 'r1' })]).toEqual([
    null,
    null,
    null,
  ]);
});
