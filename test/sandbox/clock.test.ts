import { describe, expect, test } from 'vitest';
import { manualClock, ownClock, systemClock } from '../../sandbox/clock.ts';

describe('a manual clock', () => {
  test('runs what falls due, in order, and nothing that was cancelled', () => {
    const clock = manualClock(0);
    const ran: string[] = [];
    clock.after(20, () => ran.push(`b at ${clock.now()}`));
    clock.after(10, () => {
      ran.push(`a at ${clock.now()}`);
      clock.after(5, () => ran.push(`inner at ${clock.now()}`));
    });
    clock.after(12, () => ran.push('never'))();
    clock.advance(19);
    expect(ran).toEqual(['a at 10', 'inner at 15']);
    clock.advance(1);
    expect(ran.at(-1)).toBe('b at 20');
  });
});

describe('an owned clock', () => {
  test('gives up all that waits, and only its own', () => {
    const clock = manualClock(0);
    const ran: string[] = [];
    const owned = ownClock(clock);
    owned.after(1, () => ran.push('early'));
    owned.after(2, () => ran.push('cancelled'))();
    owned.after(10, () => ran.push('given up'));
    clock.after(10, () => ran.push('other'));
    clock.advance(5);
    owned.cancelAll();
    clock.advance(5);
    expect(ran).toEqual(['early', 'other']);
    expect(owned.now()).toBe(10);
  });
});

test('the system clock runs tasks, and none that was cancelled', async () => {
  const clock = systemClock();
  const ran: string[] = [];
  clock.after(5, () => ran.push('never'))();
  await new Promise<void>((resolve) => void clock.after(10, resolve));
  expect(ran).toEqual([]);
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
});
