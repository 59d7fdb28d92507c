import { describe, expect, test } from 'vitest';
import { quantile, summarize } from '../../../bench/shared/statistics.ts';

describe('quantile', () => {
  test.each<[values: number[], q: number, result: number]>([
    [[7], 0.99, 7],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 2, 3], 0.5, 2.5],
    [[0, 10], 0.9, 9],
    [[5, 1, 9], 1, 9],
  ])('of %j at %d is %d', (values, q, result) => {
    expect(quantile(values, q)).toBeCloseTo(result, 9);
  });

  test('has no answer without values', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

test('summarize gives the median and the spread', () => {
  expect(summarize([10, 30, 20])).toEqual({ median: 20, min: 10, max: 30 });
});
