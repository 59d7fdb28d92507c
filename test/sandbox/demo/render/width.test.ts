import { expect, test } from 'vitest';
import { pad, widthOf, wrap } from '../../../../sandbox/demo/render/width.ts';

test.each([
  ['abc', 3],
  ['', 0],
  ['東京', 4],
  ['🚨 go', 5],
  ['⚠ x', 3],
  ['⚠️ x', 4],
  ['👩‍👩‍👧', 2],
  ['é e\u0301', 3],
  ['\u001B[1mbold\u001B[22m', 4],
])('%j takes %i columns', (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test('a line is filled up by what a terminal shows, not by its length', () => {
  expect(pad('東京', 6)).toBe('東京  ');
  expect(pad('longer', 3)).toBe('longer');
});

test.each([
  ['short', 10, 0, ['short']],
  ['one two three', 8, 0, ['one two', 'three']],
  ['one two three', 9, 2, ['one two', '  three']],
  ['  indented words wrap', 14, 0, ['  indented', '  words wrap']],
  ['a\n\nb', 10, 0, ['a', '', 'b']],
  ['abcdefghij', 4, 0, ['abcd', 'efgh', 'ij']],
  ['東京大阪', 5, 0, ['東京', '大阪']],
  ['1   handoff  to coder', 14, 4, ['1   handoff', '    to coder']],
])('%j in %i columns, continued by %i', (text, width, hang, lines) => {
  expect(wrap(text, width, hang)).toEqual(lines);
});

test('no line is wider than asked for, and no letter is lost', () => {
  const text = 'Lorem 東京🚨 ipsum '.repeat(30) + 'x'.repeat(200);
  const lines = wrap(text, 40, 3);
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(40);
  expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
});
