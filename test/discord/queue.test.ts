import { pino } from 'pino';
import { expect, test } from 'vitest';
import { ObservationQueue } from '../../src/discord/queue.ts';
import type { Observation, Observed } from '../../src/recorder/observation.ts';

const numbered = (n: number) => ({ messageId: String(n) }) as Observation;

/** A recorder that keeps batches, and fails as often as it is told to. */
function recorder({ failures = 0 } = {}) {
  const batches: string[][] = [];
  let left = failures;
  let busy = false;
  return {
    batches,
    ids: () => batches.flat(),
    async record(observations: Observed[]) {
      expect(busy).toBe(false);
      busy = true;
      await new Promise((resolve) => {
        setTimeout(resolve, 2);
      });
      busy = false;
      left -= 1;
      if (left >= 0) throw Object.assign(new Error('disk full'), { name: 'SqliteError' });
      batches.push(observations.map((observed) => (observed as Observation).messageId));
    },
  };
}

const silent = pino({ level: 'silent' });

test('hands over in order, in batches, one at a time', async () => {
  const target = recorder();
  const queue = new ObservationQueue({ record: target.record, log: silent });
  for (let n = 1; n <= 2400; n += 1) queue.push(numbered(n));
  await queue.flush();
  expect(target.ids()).toEqual(Array.from({ length: 2400 }, (_, index) => String(index + 1)));
  expect(target.batches.map((batch) => batch.length)).toEqual([2000, 400]);
  expect(queue.size).toBe(0);
});

test('collects the next batch while one is committed', async () => {
  const target = recorder();
  const queue = new ObservationQueue({
    async record(batch) {
      if (target.batches.length === 0) queue.push(numbered(99));
      await target.record(batch);
    },
    log: silent,
  });
  queue.push(numbered(1));
  queue.push(numbered(2));
  await queue.flush();
  await queue.flush();
  expect(target.batches).toEqual([['1', '2'], ['99']]);
});

test('makes a lone message durable within 50 ms', async () => {
  const target = recorder();
  const queue = new ObservationQueue({ record: target.record, log: silent });
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

test('records all others when one message cannot be read, and names that one', async () => {
  const target = recorder();
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const record = async (batch: Observed[]) => {
    if (batch.some((observed) => (observed as Observation).messageId === '7'))
      throw new TypeError('unforeseen');
    await target.record(batch);
  };
  const queue = new ObservationQueue({ record, log });
  for (let n = 1; n <= 20; n += 1) queue.push(numbered(n));
  await queue.flush();
  expect(target.ids()).toEqual(
    Array.from({ length: 20 }, (_, index) => String(index + 1)).filter((id) => id !== '7'),
  );
  expect(lines.map((line) => (JSON.parse(line) as { ids?: string }).ids)).toEqual(['7']);
});

test('tries a failed batch again until it succeeds, says so, and loses nothing', async () => {
  const target = recorder({ failures: 3 });
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const queue = new ObservationQueue({ record: target.record, log, backoff: { first: 1, most: 2 } });
  for (let n = 1; n <= 3; n += 1) queue.push(numbered(n));
  await queue.flush();
  expect(target.ids()).toEqual(['1', '2', '3']);
  expect(lines.filter((line) => line.includes('could not be recorded'))).toHaveLength(3);
  expect(lines.at(-1)).toContain('nothing was lost');
});

test('flushes what was pushed before, however much follows', async () => {
  const target = recorder();
  const queue = new ObservationQueue({ record: target.record, log: silent });
  queue.push(numbered(1));
  const flushed = queue.flush();
  const more = setInterval(() => queue.push(numbered(2)), 1);
  await flushed;
  clearInterval(more);
  expect(target.ids()).toContain('1');
  await queue.flush();
});

test('tells how long the latest waited to be durable, and how long those wait that are not', async () => {
  let now = 1000;
  const written = Promise.withResolvers<void>();
  const queue = new ObservationQueue({ record: () => written.promise, log: silent, now: () => now });
  expect(queue.lagMs).toBeNull();
  queue.push(numbered(1));
  now += 40;
  expect(queue.lagMs).toBe(40);
  const durable = queue.flush();
  now += 2;
  written.resolve();
  await durable;
  now += 5000;
  expect(queue.lagMs).toBe(42);
  queue.push(numbered(2));
  now += 3;
  expect(queue.lagMs).toBe(42);
  await queue.flush();
  expect(queue.lagMs).toBe(3);
});
