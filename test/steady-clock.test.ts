import { expect, test } from 'vitest';
import { SteadyClock } from '../src/steady-clock.ts';

const HOUR = 3_600_000;

test('a clock that is set anew is not believed once', () => {
  let [now, elapsed] = [1000 * HOUR, 0];
  const clock = new SteadyClock(
    () => now,
    () => elapsed,
  );
  const pass = (hours: number, jump = 0) => {
    elapsed += hours * HOUR;
    now += (hours + jump) * HOUR;
    return clock.isSteady();
  };
  expect(pass(5)).toBe(true);
  expect(pass(1, 24 * 365)).toBe(false);
  expect(pass(1, -24 * 365)).toBe(false);
  expect(pass(1)).toBe(true);
  expect(pass(1, 2)).toBe(false);
  expect(pass(1)).toBe(true);
  expect(pass(1, 0.5)).toBe(true);
});
