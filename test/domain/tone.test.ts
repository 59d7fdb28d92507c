import { describe, expect, test } from 'vitest';
import {
  completionIn,
  conclusionIn,
  correctionIn,
  doubtIn,
  exitStatusIn,
  failureIn,
  isAnnouncement,
  questionIn,
} from '../../src/domain/tone.ts';

describe('a failure is', () => {
  test.each([
    ['The build failed: no space left.', 'The build failed: no space left.'],
    ['All good so far.\nBut the upload timed out.', 'But the upload timed out.'],
    ['I could not find the invoice.', 'I could not find the invoice.'],
    ['We don’t have direct access to the file.', 'We don’t have direct access to the file.'],
    ['It seems the total is wrong.', 'It seems the total is wrong.'],
    ['exitcode: 1\nTraceback…\nKeyError: "type"\n', 'exitcode: 1: KeyError: "type"'],
  ])('%s', (text, told) => expect(failureIn(text)).toBe(told));

  test.each([
    'No errors, and nothing is broken.',
    'The plan broken down into steps:',
    'Handle missing values in the table.',
    'Make sure that no request fails.',
    'If the upload fails, try again.',
    'The import may fail on Windows.',
    'I fixed the failed upload.',
    'exit code: 0, although a test named "fails" ran',
    '```\nraise ValueError("failed")\n```',
  ])('not: %s', (text) => expect(failureIn(text)).toBeNull());
});

describe('something done is', () => {
  test.each([
    'The migration is finished.',
    'Competitor analysis complete.',
    'Deployed to staging.',
    'All tests pass.',
    'I have added the route.',
  ])('%s', (text) => expect(completionIn(text)).toBe(text));

  test.each([['I looked at the table. Done: it has three columns.', 'Done: it has three columns.']])(
    '%s: wherever it is said',
    (text, told) => expect(completionIn(text)).toBe(told),
  );

  test.each([
    'The migration is not finished.',
    'Once the migration is done, deploy.',
    'It must be verified.',
    'Let me know when it is ready.',
    'Is it ready?',
    'I will add the route.',
  ])('not: %s', (text) => expect(completionIn(text)).toBeNull());
});

describe('a conclusion is', () => {
  test.each([
    ['Therefore, the total is 42.', 'Therefore, the total is 42.'],
    ['I added them up. Therefore, the total is 42. Shall we go on?', 'Therefore, the total is 42.'],
    [`${'Some words. '.repeat(300)}Thus, the result is: 42.`, 'Thus, the result is: 42.'],
    ['The final answer is:\n- **Susa**', 'The final answer is: Susa'],
  ])('%s: wherever it is said', (text, told) => expect(conclusionIn(text)).toBe(told));

  test.each([
    'The final answer must be a number.',
    'So if there were more, the answer is larger.',
    'result: Union[Completion[Model], None] = await future',
  ])('not: %s', (text) => expect(conclusionIn(text)).toBeNull());
});

describe('a doubt is', () => {
  test.each(['I assume the port is 80.', 'We use a simulated dataset.', 'This is not yet verified.'])(
    '%s',
    (text) => expect(doubtIn(text)).toBe(text),
  );

  test.each([
    'The estimated population is 56 000.',
    'List the assumptions of the paper.',
    'No doubt it works.',
  ])('not: %s', (text) => expect(doubtIn(text)).toBeNull());
});

test('taking back what was said is a correction', () => {
  expect(correctionIn('Apologies for the confusion. The port is 81.')).toBe('Apologies for the confusion.');
  expect(correctionIn('Correcting typos is part of the job.')).toBeNull();
});

test('a question stands at the end, in words of the speaker', () => {
  expect(questionIn('Done. Shall I go on? I would start with the tests.')).toBe('Shall I go on?');
  expect(questionIn('Who did it? Nobody. The log is empty. It was never written.')).toBeNull();
  expect(questionIn('See https://example.org/watch?v=1 for more')).toBeNull();
  expect(questionIn("I opened 'What is a bee?")).toBeNull();
});

test.each([
  ['Sure, I will read the file.', true],
  ['On it!', true],
  ['Let me check.', true],
  ['Sure.', true],
  ['Sure, the file has 3 columns.', false],
  ['I read the file.', false],
])('%s: announced only: %s', (sentence, announced) => expect(isAnnouncement(sentence)).toBe(announced));

test('what a program ended with is told with its last error', () => {
  expect(exitStatusIn('exitcode: 0 (execution succeeded)')).toEqual({ ok: true, text: 'exitcode: 0' });
  expect(exitStatusIn('Exit status 2')).toEqual({ ok: false, text: 'Exit status 2' });
  expect(exitStatusIn('no run at all')).toBeNull();
});

test.each([
  'sure ok okay yes ',
  'now now already done ',
  'is is not wrong missing ',
  'therefore, is are ',
  'a the an error ',
  '[[](((',
  '> - * 1. ',
  '"\'“‘ ',
  '``` `',
  'i we can not be ',
  '????',
])('a text of nothing but %j holds nothing up', (piece) => {
  const text = piece.repeat(4000 / piece.length);
  const startedAt = performance.now();
  for (const tell of [failureIn, correctionIn, doubtIn, completionIn, conclusionIn, questionIn]) tell(text);
  isAnnouncement(text);
  expect(performance.now() - startedAt).toBeLessThan(250);
});
