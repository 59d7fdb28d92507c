import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EntryFilter, Store } from '../../src/store/store.ts';
import { RULES, START, ana, coder, mapping, memoryStore, nanobot, placed } from './support.ts';

let store: Store;

beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  const cast = [ana, nanobot, coder];
  const drafts = Array.from({ length: 600 }, (_, n) => placed(n, { author: cast[n % 3]! }));
  await store.entries.append(drafts.slice(0, 560), RULES);
  await store.entries.append([...drafts.slice(560), placed(700, {}, { threadId: '77' })], RULES);
});

afterEach(() => store.close());

const sessionId = '1000000';
const PAGES: [EntryFilter, offset: number, steps: number[], total: number][] = [
  [{ sessionId }, 0, [1, 2, 3], 600],
  [{ sessionId }, 598, [599, 600], 600],
  [{ sessionId }, 600, [], 600],
  [{ sessionId, authorKey: coder.key }, 0, [3, 6, 9], 200],
  [{ sessionId, authorKey: coder.key }, 198, [597, 600], 200],
  [{ sessionId, authorKey: 'nobody' }, 0, [], 0],
  [{ sessionId, coordinatorMode: true }, 0, [2, 5, 8], 200],
  [{ sessionId, coordinatorMode: false }, 0, [1, 2, 3], 600],
  [{ sessionId, coordinatorMode: true, authorKey: nanobot.key }, 199, [599], 200],
  [{ sessionId, coordinatorMode: true, authorKey: ana.key }, 0, [], 0],
  [{ sessionId: '404' }, 0, [], 0],
];

test.each(PAGES)('a page of %j from %i on holds the steps %j of %i', async (filter, offset, steps, total) => {
  const page = await store.entries.page(filter, offset, 3);
  expect(page.entries.map(({ step }) => step)).toEqual(steps);
  expect(page.total).toBe(total);
});

test('the neighbours of a step stop at both ends of its session', async () => {
  const around = async (step: number) =>
    (await store.entries.around(sessionId, step, 2)).map((entry) => entry.step);
  expect(await around(1)).toEqual([1, 2, 3]);
  expect(await around(300)).toEqual([298, 299, 300, 301, 302]);
  expect(await around(600)).toEqual([598, 599, 600]);
});

test('an entry is found by its message and by its step, or is null', async () => {
  expect(await store.entries.byMessage('1000700')).toMatchObject({ sessionId: '1000700', step: 1 });
  expect(await store.entries.byStep(sessionId, 2)).toMatchObject({ messageId: '1000001' });
  expect(await store.entries.byMessage('404')).toBeNull();
  expect(await store.entries.byStep(sessionId, 601)).toBeNull();
});
