import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/domain/entry.ts';
import { parseQuestion } from '../../src/domain/question.ts';
import { passageOf, rank } from '../../src/domain/ranking.ts';
import { ana, entry, nanobot, researcher } from '../views/support.ts';

const BOTS = ['nanobot', 'researcher'];

/** The steps in the order they are ranked in. */
function order(question: string, candidates: Entry[]): number[] {
  return rank(parseQuestion(question, BOTS), candidates).map(({ entry }) => entry.step);
}

describe('what answers a question best comes first:', () => {
  test('more of its words, in any form', () => {
    const candidates = [
      entry(1, { message: 'We limit uploads.' }),
      entry(2, { message: 'The rate limiting was missing.' }),
      entry(3, { message: 'Nothing of it.' }),
    ];
    expect(order('what about the rate limit', candidates)).toEqual([2, 1, 3]);
  });

  test('the forms of irregular verbs, which have no stem in common', () => {
    const candidates = [
      entry(1, { author: nanobot, message: '@researcher find the holes', mentions: ['@researcher'] }),
      entry(2, {
        author: researcher,
        message: 'Found 2 issues: missing rate limiting, weak password policy',
      }),
      ...Array.from({ length: 30 }, (_, n) =>
        entry(n + 3, { author: researcher, message: `Now looking at file ${n}`, at: 5000 + n }),
      ),
    ];
    expect(order('what did @researcher find', candidates)[0]).toBe(2);
    expect(order('who has written it', [entry(1, { message: 'I am writing it' }), entry(2)])[0]).toBe(1);
  });

  test('rare words rather than common ones', () => {
    const common = Array.from({ length: 20 }, (_, n) =>
      entry(n + 2, { message: `check number ${n}`, at: 2000 + n }),
    );
    expect(order('check zebra', [entry(1, { message: 'a zebra', at: 0 }), ...common])[0]).toBe(1);
  });

  test('short texts rather than long ones that say the same and much else', () => {
    const candidates = [
      entry(1, { message: `Claude ${'and many other words '.repeat(50)}` }),
      entry(2, { message: 'I chose Claude' }),
    ];
    expect(order('claude', candidates)[0]).toBe(2);
  });

  test('the bot that is named', () => {
    const candidates = [
      entry(1, { author: nanobot, message: 'Find issues, issues, issues!', mentions: ['@researcher'] }),
      entry(2, { author: researcher, message: 'Found 2 issues' }),
    ];
    expect(order('which issues did @researcher find', candidates)).toEqual([2, 1]);
  });

  test('of the bot that is named, what it answered rather than what it said later', () => {
    const candidates = [
      entry(2, { author: researcher, responseTo: 1, message: 'Two holes in the login' }),
      entry(9, { author: researcher, message: 'Careful with the proxy' }),
    ];
    expect(order('what did @researcher find', candidates)).toEqual([2, 9]);
  });

  test('the kind of step that is asked for', () => {
    const candidates = [
      entry(1, { message: 'The database.' }),
      entry(2, { message: 'The database it is.', level: 'decision' }),
    ];
    expect(order('what did you decide about the database', candidates)[0]).toBe(2);
  });

  test('a step that speaks of the kind in another word', () => {
    const candidates = [
      entry(1, { message: 'The limit is low.', at: 5 }),
      entry(2, { message: 'I decided on 100 of them, which is what the old one had.', at: 5 }),
    ];
    expect(order('why was a limit of 100 chosen', candidates)).toEqual([2, 1]);
  });

  test('escalations, when they are asked for', () => {
    const candidates = [
      entry(1, { message: 'Never escalate without need: escalate late.' }),
      entry(2, { message: 'Special characters or passphrases?', escalation: true }),
    ];
    expect(order('why did you escalate', candidates)[0]).toBe(2);
  });

  test('failed tools, when errors are asked for', () => {
    const tool = { name: 'bash', input: null, output: null, error: null } as const;
    const candidates = [
      entry(1, { message: 'build', level: 'tool', tool: { ...tool, status: 'success' } }),
      entry(2, { message: 'build', level: 'tool', tool: { ...tool, status: 'error' }, author: researcher }),
    ];
    expect(order('why did the build fail', candidates)[0]).toBe(2);
  });

  test('bots rather than the people who asked', () => {
    const candidates = [
      entry(1, { author: ana, message: 'Why Claude?', at: 10 }),
      entry(2, { message: 'Claude, for it is better at prose.', at: 5 }),
    ];
    expect(order('why claude', candidates)[0]).toBe(2);
  });

  test('the newer of two equal ones', () => {
    const candidates = [entry(1, { message: 'Claude', at: 5 }), entry(2, { message: 'Claude!', at: 10 })];
    expect(order('claude', candidates)).toEqual([2, 1]);
  });

  test('code, where it is asked for, though its own message does not call it so', () => {
    const candidates = [
      entry(1, { message: 'The code for the parser is due today' }),
      entry(5, { message: 'Here is the parser:\n```python\nparse(line)\n```' }),
    ];
    expect(order('what code did you write for the parser', candidates)).toEqual([5, 1]);
    expect(order('who is due for the parser', candidates)).toEqual([1, 5]);
  });

  test('what was said right after a step that has the words, rather than later', () => {
    const candidates = [
      entry(1, { message: 'Shall we take the blue theme or the grey one?', author: ana }),
      entry(2, { message: 'Grey, the brand has it.' }),
      entry(9, { message: 'Grey, the brand has it!' }),
    ];
    expect(order('why grey for the theme', candidates)).toEqual([2, 1, 9]);
  });

  test('what answers a step that has the words, wherever it stands', () => {
    const candidates = [
      entry(1, { message: 'Shall we take the blue theme or the grey one?', author: ana }),
      entry(5, { message: 'Grey skies today.' }),
      entry(9, { message: 'Grey, the brand has it!', responseTo: 1, at: 0 }),
    ];
    expect(order('why grey for the theme', candidates)).toEqual([1, 9, 5]);
  });

  test('and what is said again and again comes once', () => {
    const candidates = [1, 2, 3].map((step) => entry(step, { message: 'TERMINATE', at: step }));
    expect(order('terminate', candidates)).toEqual([3]);
  });
});

test('nothing to rank is no fault, nor is a question without words', () => {
  expect(order('claude', [])).toEqual([]);
  expect(order('', [entry(1)])).toEqual([1]);
});

test.each([
  ['One. Two is here. The rate limit is 100. End.', 'what is the rate limit', '…The rate limit is 100. End.'],
  ['The rate limit is 100. End.', 'what is the rate limit', 'The rate limit is 100. End.'],
  ['See a.b.py for it! The rate_limit.py says 1.5', 'what is the rate limit', '…The rate_limit.py says 1.5'],
  ['first line\nthe rate limit\nlast', 'what is the rate limit', '…the rate limit\nlast'],
  ['Nothing of it.', 'what is the rate limit', 'Nothing of it.'],
  ['', 'what is the rate limit', ''],
])('of “%s” the part that answers is shown', (text, question, passage) => {
  expect(passageOf(text, parseQuestion(question, []))).toBe(passage);
});
