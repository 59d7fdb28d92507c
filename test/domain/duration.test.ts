import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/domain/duration.ts';

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['1m 2s', 62_000],
    ['1h 0m 5s', 3_605_000],
    ['3 min', 180_000],
    ['12.34s', 12_340],
    ['450ms', 450],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', 'soon', '5', '-5s', '5 s ago', '2 weeks', '1m2', `${'1s '.repeat(99)}`])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );
});
