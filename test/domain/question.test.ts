import { describe, expect, test } from 'vitest';
import { lookupsOf, CANDIDATES_MAX } from '../../src/domain/lookups.ts';
import { isEmpty, MAX_WORDS, parseQuestion, tagsOf } from '../../src/domain/question.ts';
import type { Question } from '../../src/domain/question.ts';

const BOTS = ['nanobot', 'researcher', 'Verification_Expert', 'Now'];
const parse = (text: string) => parseQuestion(text, BOTS);

describe('a plain question', () => {
  test.each<[string, Partial<Question>]>([
    ['why did you choose Claude?', { words: ['choose', 'claude'], levels: ['decision'] }],
    ['what did @researcher find', { words: ['find'], bots: ['researcher'] }],
    ['What did RESEARCHER find?', { words: ['find'], bots: ['researcher'] }],
    ['did verification expert agree', { words: ['agree'], bots: ['Verification_Expert'] }],
    ['what happens now', { words: ['happens'], bots: [] }],
    ['what did @now say', { words: [], bots: ['Now'] }],
    ['why did you escalate', { words: ['escalate'], escalation: true }],
    ['what went wrong with the login', { words: ['went', 'wrong', 'login'], levels: ['error'] }],
    ['where were you unsure', { words: ['unsure'], levels: ['uncertainty'] }],
    ['where were you not sure', { levels: ['uncertainty'] }],
    ['what did you correct', { levels: ['correction'] }],
    ['which commands ran', { words: ['commands', 'ran'], levels: ['tool'] }],
    ['who handed it over to the coder', { levels: ['handoff'] }],
    ['how was the task delegated', { levels: ['handoff'] }],
    ['what memories did you use', { words: ['memories'], categories: ['memory'] }],
    ['how did the routing go', { categories: ['routing'] }],
    ['what is wrong with the scripts', { code: true, levels: ['error'] }],
    ['what is wrong with the plan', { code: false }],
    ['why did write_file fail', { tools: ['write_file'], levels: ['error'] }],
    ['¿Por qué falló la autenticación?', { words: ['por', 'que', 'fallo', 'la', 'autenticacion'] }],
  ])('%s', (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });

  test.each([
    ['only stop words', 'what is it that they are'],
    ['emoji', '🤷‍♀️🔥❓'],
    ['FTS syntax', '" OR NOT AND ( ) * ^ : -'],
    ['white space', ' \n\t '],
    ['nothing', ''],
  ])('of %s asks for nothing', (_, text) => {
    expect(isEmpty(parse(text))).toBe(true);
    expect(lookupsOf(parse(text), [1, 2])).toEqual([]);
  });

  test('of 2000 characters keeps its longest words, as many as help', () => {
    const long = Array.from({ length: 300 }, (_, n) => `w${'x'.repeat(n % 7)}${n}`)
      .join(' ')
      .slice(0, 2000);
    const { words } = parse(long);
    expect(words).toHaveLength(MAX_WORDS);
    expect(Math.min(...words.map((word) => word.length))).toBeGreaterThanOrEqual(8);
  });
});

test('tags are what the index knows beside words', () => {
  expect(tagsOf(parse('why did @researcher escalate the failed web_search'))).toEqual([
    'error',
    'researcher',
    'web_search',
    'escalation',
  ]);
});

describe('where a question is looked up', () => {
  test('each word by itself, so that a common one cannot hide a rare one, and all tags together', () => {
    const lookups = lookupsOf(parse('why did @researcher choose Claude'), [7]);
    expect(lookups.map(({ workspaceId, words, tags }) => [workspaceId, words, tags])).toEqual([
      [7, ['choose', 'chose', 'chosen'], []],
      [7, ['claude'], []],
      [7, ['decide', 'decision', 'choice', 'pick', 'picked', 'prefer'], []],
      [7, [], ['decision', 'researcher']],
    ]);
  });

  test('for code, the names of languages as well: blocks begin with them', () => {
    const words = lookupsOf(parse('which code is slow'), [7]).map(({ words }) => words);
    expect(words.slice(0, 2)).toEqual([['code'], ['slow']]);
    expect(words[2]).toEqual(expect.arrayContaining(['python', 'typescript', 'sql']));
  });

  test('the longest words alone, when there are many, and the others together', () => {
    const words = lookupsOf(parse('a1 b22 c333 d4444 e55555 f666666 g7777777 h88888888 i999999999'), [7]).map(
      ({ words }) => words,
    );
    expect(words[0]).toEqual(['i999999999']);
    expect(words.at(-1)).toEqual(['a1']);
    expect(words).toHaveLength(9);
  });

  test('in many workspaces at once only all together, with a bounded number of candidates', () => {
    const many = Array.from({ length: 40 }, (_, n) => n + 1);
    const lookups = lookupsOf(parse('why did you choose Claude'), many);
    expect(lookups).toHaveLength(120);
    expect(lookups[0]).toMatchObject({ words: ['choose', 'chose', 'chosen', 'claude'], limit: 10 });
    const few = lookupsOf(parse('alpha beta gamma delta epsilon zeta eta theta iota kappa'), [1, 2, 3]);
    expect(few.reduce((sum, { limit }) => sum + limit, 0)).toBeLessThanOrEqual(CANDIDATES_MAX);
  });
});
