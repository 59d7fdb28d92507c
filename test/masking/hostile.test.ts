import { describe, expect, it } from 'vitest';
import { hostileTexts } from '../../bench/masking/hostile.ts';
import { masker } from './support.ts';

/** A tenth of a second is far above what any of them takes and far below what a quadratic search would. */
const MOST_MS = 100;
const SIZE = 32 * 1024;

describe('a hostile text of 32 KiB', () => {
  it.each(hostileTexts(SIZE))('does not hold the search up: $name', ({ text }) => {
    const times = [1, 2].map(() => {
      const startedAt = performance.now();
      masker.mask(text);
      return performance.now() - startedAt;
    });
    expect(Math.min(...times)).toBeLessThan(MOST_MS);
  });
});
