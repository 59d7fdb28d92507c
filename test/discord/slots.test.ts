import { expect, test } from 'vitest';
import { Slots } from '../../src/discord/slots.ts';

test('so many tasks run at the same time, in order, also after one has failed', async () => {
  const slots = new Slots(2);
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const task = (n: number) => async () => {
    begun.push(n);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
    if (n === 2) throw new Error('failed');
    return n;
  };
  const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => slots.run(task(n))));
  expect(results.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});
