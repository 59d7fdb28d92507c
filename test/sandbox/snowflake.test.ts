import { describe, expect, test } from 'vitest';
import { manualClock } from '../../sandbox/clock.ts';
import { compareIds, createdAt, createSnowflakes } from '../../sandbox/snowflake.ts';

describe('snowflakes', () => {
  test('carry the instant they were made', () => {
    const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    expect(createdAt(createSnowflakes(manualClock(at)).next())).toBe(at);
    // The example of Discord's documentation.
    expect(createdAt('175928847299117063')).toBe(1_462_015_105_796);
  });

  test('are as long as Discord’s, which clients check', () => {
    for (const year of [2016, 2020, 2026]) {
      expect(createSnowflakes(manualClock(Date.UTC(year, 5))).next()).toMatch(/^\d{17,19}$/);
    }
  });

  test('only grow, even when the clock stands still or goes back', () => {
    let now = Date.UTC(2026, 0, 1);
    const ids = createSnowflakes({ now: () => now, after: () => () => undefined });
    const made = Array.from({ length: 1000 }, (_, index) => {
      if (index % 10 === 0) now -= 5;
      return ids.next();
    });
    expect([...made].sort(compareIds)).toEqual(made);
    expect(new Set(made).size).toBe(1000);
  });
});
