import { expect, test } from 'vitest';
import { formatNumber, formatTable } from '../../../bench/shared/table.ts';

test('a table aligns numbers to the right and texts to the left', () => {
  const table = formatTable(
    ['file', 'messages'],
    [
      ['a.ndjson', 1953],
      ['longer.ndjson', 7],
    ],
  );
  expect(table.split('\n')).toEqual([
    'file           messages',
    '─────────────  ────────',
    'a.ndjson          1 953',
    'longer.ndjson         7',
  ]);
});

test('a table without rows is its head', () => {
  expect(formatTable(['a', 'b'], []).split('\n')[0]).toBe('a  b');
});

test.each([
  [0.87312, '0.873'],
  [12.345, '12.3'],
  [123.4, '123'],
  [1234567, '1 234 567'],
  [0, '0'],
  [-1234, '-1 234'],
])('%d is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});
