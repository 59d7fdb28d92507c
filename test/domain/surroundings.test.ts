import { expect, test } from 'vitest';
import { wholeTextsOf } from '../../src/domain/surroundings.ts';
import { entry, researcher } from '../views/support.ts';

const long = 'x'.repeat(1900);
const sizes = (...candidates: Parameters<typeof wholeTextsOf>[0]) =>
  wholeTextsOf(candidates).map(({ pieces, neighbours }) => [pieces.length, neighbours.length]);

test('a long message and what its author says next are one text', () => {
  expect(sizes(entry(1, { message: long }), entry(2, { message: `${long}!` }), entry(3))).toEqual([
    [3, 0],
    [3, 0],
    [3, 0],
  ]);
});

test('the order of the candidates does not matter, that of the steps does', () => {
  const texts = wholeTextsOf([entry(2, { message: 'the end' }), entry(1, { message: long })]);
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]!.pieces).toEqual([1, 0]);
});

test.each([
  ['another author', entry(2, { author: researcher }), [1, 1]],
  ['another session', entry(2, { sessionId: '9' }), [1, 0]],
  ['a step in between', entry(3), [1, 0]],
])('%s ends it', (_, second, size) => {
  expect(sizes(entry(1, { message: long }), second)).toEqual([size, size]);
});

test('short messages of one author are texts of their own, side by side', () => {
  expect(sizes(entry(1), entry(2), entry(3))).toEqual([
    [1, 1],
    [1, 2],
    [1, 1],
  ]);
});

test('what is said again is nothing beside itself', () => {
  expect(sizes(entry(1, { message: 'done' }), entry(2, { message: 'done' }))).toEqual([
    [1, 0],
    [1, 0],
  ]);
});
