import { expect, test } from 'vitest';
import { SteadyClock } from '../src/steady-clock.ts';

const HOUR = 3_600_000;

test('a clock that is set anew is not believed once', () => {
  let [now, elapsed] = [1000 * HOUR, 0];
  const clock = new SteadyClock(() => now, { elapsed: () => elapsed });
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

test.each([
  [1, true],
  [23, true],
  [25, false],
  [-25, false],
  [10 * 365 * 24, false],
])('a clock by which the program was away for %d hours is believed at first: %s', (hours, isBelieved) => {
  const clock = new SteadyClock(() => 1000 * HOUR, { seenAt: (1000 - hours) * HOUR, elapsed: () => 0 });
  expect(clock.isSteady()).toBe(isBelieved);
  expect(clock.isSteady()).toBe(true);
});
