import { setTimeout as elapsed } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ObservationQueue } from '../../src/discord/queue.ts';
import { observedIn } from '../../src/recorder/batch.ts';
import { backend, numbered, numbers, silent } from './queue-support.ts';

test('in a flood counts for each batch from its own first message', async () => {
  let now = 0;
  const target = backend();
  const goOn = Promise.withResolvers<void>();
  const noted = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const queue = new ObservationQueue({
    ...target,
    async record(batch) {
      await goOn.promise;
      return target.record(batch);
    },
    async note(turn, batch) {
      await target.note(turn, batch);
      await noted[turn]!.promise;
    },
    log: silent,
    now: () => now,
  });
  queue.push(numbered(1));
  await elapsed(20);
  for (let n = 2; n <= 2001; n += 1) queue.push(numbered(n));
  now += 5000;
  queue.push(numbered(2002));
  expect(queue.lagMs).toBe(5000);
  goOn.resolve();
  await expect.poll(() => target.batches.length).toBe(3);
  now += 100;
  expect(queue.lagMs).toBe(5100);
  noted[0].resolve();
  await expect.poll(() => queue.size).toBe(1);
  noted[1].resolve();
  await queue.flush();
  expect(queue.lagMs).toBe(100);
});

test('notes a flood, records it in its order once it is over, and so what comes behind it', async () => {
  const target = backend();
  const queue = new ObservationQueue({
    ...target,
    async note(turn, batch) {
      if (target.batches.length === 0) queue.push(numbered(2401));
      await target.note(turn, batch);
    },
    log: silent,
  });
  for (let n = 1; n <= 2400; n += 1) queue.push(numbered(n));
  await queue.flush();
  await queue.flush();
  expect(target.batches).toEqual([
    ['note', numbers(1, 2000)],
    ['note', numbers(2001, 2401)],
  ]);
  expect(target.recorded).toEqual(numbers(1, 2401));
  queue.push(numbered(2402));
  await queue.flush();
  expect(target.batches.at(-1)).toEqual(['record', ['2402']]);
});

test('in a flood hands over each batch the moment it is full, a few at once, and the rest when these are noted', async () => {
  const target = backend();
  const sizes: number[] = [];
  const noted = Promise.withResolvers<void>();
  const queue = new ObservationQueue({
    ...target,
    async note(turn, batch) {
      sizes.push(observedIn(batch).length);
      await noted.promise;
      await target.note(turn, batch);
    },
    log: silent,
  });
  for (let n = 1; n <= 500; n += 1) queue.push(numbered(n));
  await expect.poll(() => sizes).toEqual([500]);
  for (let n = 501; n <= 10_600; n += 1) queue.push(numbered(n));
  expect(sizes).toEqual([500, 2000, 2000, 2000]);
  noted.resolve();
  await queue.flush();
  expect(target.recorded).toEqual(numbers(1, 10_600));
  expect(target.batches.every(([how]) => how === 'note')).toBe(true);
});

test('records what is noted while it records what was noted before, although nothing follows', async () => {
  const target = backend();
  let pushed = 600;
  const queue = new ObservationQueue({
    ...target,
    async note(turn, batch) {
      await target.note(turn, batch);
      await elapsed(turn === 0 ? 0 : 30);
    },
    async recordNoted() {
      while (pushed < 2600) queue.push(numbered((pushed += 1)));
      return target.recordNoted();
    },
    log: silent,
  });
  for (let n = 1; n <= 600; n += 1) queue.push(numbered(n));
  await expect.poll(() => target.recorded.length).toBe(2600);
});

test('records what it noted although messages keep coming', async () => {
  let now = 0;
  let last = 0;
  const target = backend();
  const queue = new ObservationQueue({
    ...target,
    async note(turn, batch) {
      // There is always another one waiting.
      queue.push(numbered((last += 1)));
      now += 100;
      await target.note(turn, batch);
    },
    log: silent,
    now: () => now,
  });
  while (last < 500) queue.push(numbered((last += 1)));
  await expect.poll(() => target.recorded.length).toBeGreaterThan(500);
  expect(now).toBeGreaterThan(2000);
});

test('notes 100,000 at most that are not recorded yet: what comes then waits', async () => {
  const target = backend();
  const sizes: number[] = [];
  const full = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const queue = new ObservationQueue({
    ...target,
    async note(_turn, batch) {
      sizes.push(observedIn(batch).length);
    },
    async recordNoted() {
      full.resolve();
      await goOn.promise;
      return { unreadable: [] };
    },
    log: silent,
    now: () => 0,
  });
  for (let n = 1; n <= 104_000; n += 1) queue.push(numbered(n));
  await full.promise;
  for (let n = 1; n <= 4000; n += 1) queue.push(numbered(n));
  expect(sizes.reduce((sum, size) => sum + size)).toBe(100_000);
  expect(queue.size).toBe(8000);
  goOn.resolve();
  await queue.flush();
  expect(sizes.reduce((sum, size) => sum + size)).toBe(108_000);
});

test('a flood that cannot be noted, and one that cannot be recorded yet, is tried again', async () => {
  const target = backend({ failures: 2 });
  const queue = new ObservationQueue({ ...target, log: silent, backoff: { first: 1, most: 2 } });
  for (let n = 1; n <= 600; n += 1) queue.push(numbered(n));
  await queue.flush();
  const again = backend();
  let failures = 2;
  const recordNoted = async () => {
    failures -= 1;
    if (failures >= 0) throw Object.assign(new Error('disk full'), { name: 'SqliteError' });
    return again.recordNoted();
  };
  const other = new ObservationQueue({
    ...again,
    recordNoted,
    log: silent,
    backoff: { first: 1, most: 2 },
  });
  for (let n = 1; n <= 600; n += 1) other.push(numbered(n));
  await other.flush();
  expect([target.recorded, again.recorded]).toEqual([numbers(1, 600), numbers(1, 600)]);
});
