import { expect, test } from 'vitest';
import { readArguments } from '../src/arguments.ts';

test.each([
  [[], { fast: false, replay: undefined }],
  [['--fast'], { fast: true, replay: undefined }],
  [['--replay', 'talk.ndjson'], { fast: false, replay: 'talk.ndjson' }],
  [['--replay=talk.ndjson', '--fast'], { fast: true, replay: 'talk.ndjson' }],
])('%j is understood', (args, expected) => {
  expect(readArguments(args)).toEqual(expected);
});

test.each([
  [['--quick'], /'--quick'.*Use: npm start/],
  [['--replay'], /'--replay.*' argument missing.*Use: npm start/],
  [['talk.ndjson'], /'talk\.ndjson'.*Use: npm start/],
])('%j is refused in one line that says what is there', (args, words) => {
  expect(() => readArguments(args)).toThrow(words);
  expect(() => readArguments(args)).not.toThrow(/\n/);
});
