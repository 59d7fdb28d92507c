import { expect, test } from 'vitest';
import { delayAfter, keepTrying } from '../src/backoff.ts';

const QUICK = { first: 1, most: 4 };

test('waits twice as long after each failure, up to the most', () => {
  const backoff = { first: 100, most: 1000 };
  expect([1, 2, 3, 4, 5, 500].map((failures) => delayAfter(failures, backoff))).toEqual([
    100, 200, 400, 800, 1000, 1000,
  ]);
});

test('tries until it succeeds and tells of every failure', async () => {
  const waits: number[] = [];
  let left = 3;
  const attempt = async () => {
    left -= 1;
    if (left > 0) throw new Error('not yet');
    return 'done';
  };
  const never = new AbortController().signal;
  expect(await keepTrying(attempt, QUICK, never, (_, wait) => waits.push(wait))).toBe('done');
  expect(waits).toEqual([1, 2]);
});

test('stops when it is told to, and when the failure is final', async () => {
  const stop = new AbortController();
  const fail = () => Promise.reject(new Error('down'));
  const trying = keepTrying(fail, { first: 60_000, most: 60_000 }, stop.signal, () => stop.abort());
  await expect(trying).rejects.toMatchObject({ name: 'AbortError' });

  const final = keepTrying(fail, QUICK, new AbortController().signal, (error) => {
    throw error;
  });
  await expect(final).rejects.toThrow('down');
});
