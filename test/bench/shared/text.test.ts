import { expect, test } from 'vitest';
import { createWriter, seededRandom } from '../../../bench/shared/text.ts';
import { quantile } from '../../../bench/shared/statistics.ts';

test('the same seed gives the same numbers, spread over 0 to 1', () => {
  const draw = (seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 2000 }, random);
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(quantile(draw(7), 0.1)).toBeCloseTo(0.1, 1);
  expect(quantile(draw(7), 0.9)).toBeCloseTo(0.9, 1);
});

test('messages have the lengths that are promised', () => {
  const writer = createWriter(seededRandom(1));
  const lengths = Array.from({ length: 5000 }, () => writer.write(writer.length()).length);
  expect(quantile(lengths, 0.5)).toBeGreaterThan(270);
  expect(quantile(lengths, 0.5)).toBeLessThan(330);
  expect(quantile(lengths, 1)).toBeLessThanOrEqual(2000);
  expect(lengths.reduce((sum, length) => sum + length, 0) / lengths.length).toBeCloseTo(420, -2);
});

test('a few words are frequent and many are rare', () => {
  const writer = createWriter(seededRandom(1));
  const counts = new Map<string, number>();
  for (const word of writer.write(400_000).toLowerCase().split(/\W+/)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  expect(counts.get('the')! / total).toBeGreaterThan(0.03);
  expect(counts.get('endpoint')! / total).toBeLessThan(0.002);
  expect(counts.size).toBeGreaterThan(10_000);
});
