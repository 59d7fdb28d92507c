import { pino } from 'pino';
import { expect, test } from 'vitest';
import { ObservationQueue } from '../../src/discord/queue.ts';
import type { Recorded } from '../../src/recorder/apart.ts';
import { backend, numbered, numbers, silent } from './queue-support.ts';

test('hands over in order, one batch at a time', async () => {
  const target = backend();
  const queue = new ObservationQueue({ ...target, log: silent });
  for (let n = 1; n <= 400; n += 1) queue.push(numbered(n));
  await queue.flush();
  expect(target.batches).toEqual([['record', numbers(1, 400)]]);
  expect(queue.size).toBe(0);
});

test('collects the next batch while one is committed', async () => {
  const target = backend();
  const queue = new ObservationQueue({
    ...target,
    async record(batch) {
      if (target.batches.length === 0) queue.push(numbered(99));
      return target.record(batch);
    },
    log: silent,
  });
  queue.push(numbered(1));
  queue.push(numbered(2));
  await queue.flush();
  await queue.flush();
  expect(target.batches.map(([, ids]) => ids)).toEqual([['1', '2'], ['99']]);
});

test('makes a lone message durable within 50 ms', async () => {
  const queue = new ObservationQueue({ ...backend(), log: silent });
  const times: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const start = performance.now();
    queue.push(numbered(n));
    await queue.flush();
    times.push(performance.now() - start);
  }
  // The quickest, because a busy machine holds single ones up.
  expect(Math.min(...times)).toBeLessThan(50);
});

test('names what could not be read', async () => {
  const { lines, log } = collected();
  const record = async () => ({ unreadable: [{ ids: ['7'], reason: 'TypeError: unforeseen' }] });
  const queue = new ObservationQueue({ ...backend(), record, log });
  queue.push(numbered(7));
  await queue.flush();
  expect(lines().map(({ ids, reason }) => [ids, reason])).toEqual([[['7'], 'TypeError: unforeseen']]);
});

test('tries a failed batch again until it succeeds, says so, and loses nothing', async () => {
  const target = backend({ failures: 3 });
  const { lines, log } = collected();
  const queue = new ObservationQueue({ ...target, log, backoff: { first: 1, most: 2 } });
  for (let n = 1; n <= 3; n += 1) queue.push(numbered(n));
  await queue.flush();
  expect(target.recorded).toEqual(['1', '2', '3']);
  expect(lines().filter(({ msg }) => msg.includes('could not be recorded'))).toHaveLength(3);
  expect(lines().at(-1)!.msg).toContain('nothing was lost');
});

test('flushes what was pushed before, however much follows', async () => {
  const target = backend();
  const queue = new ObservationQueue({ ...target, log: silent });
  queue.push(numbered(1));
  const flushed = queue.flush();
  const more = setInterval(() => queue.push(numbered(2)), 1);
  await flushed;
  clearInterval(more);
  expect(target.recorded).toContain('1');
  await queue.flush();
});

test('tells how long the latest waited to be durable, and how long those wait that are not', async () => {
  let now = 1000;
  const written = Promise.withResolvers<Recorded>();
  const record = () => written.promise;
  const queue = new ObservationQueue({ ...backend(), record, log: silent, now: () => now });
  expect(queue.lagMs).toBeNull();
  queue.push(numbered(1));
  now += 40;
  expect(queue.lagMs).toBe(40);
  const durable = queue.flush();
  now += 2;
  written.resolve({ unreadable: [] });
  await durable;
  now += 5000;
  expect(queue.lagMs).toBe(42);
  queue.push(numbered(2));
  now += 3;
  expect(queue.lagMs).toBe(42);
  await queue.flush();
  expect(queue.lagMs).toBe(3);
});

function collected() {
  const written: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void written.push(line) });
  const lines = () =>
    written.map((line) => JSON.parse(line) as { msg: string; ids?: string[]; reason?: string });
  return { lines, log };
}
