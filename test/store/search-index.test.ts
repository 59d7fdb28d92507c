import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestStore } from '../support/empty-store.ts';
import { RULES, START, inTempDir, mapping, memoryStore, placed, researcher } from './support.ts';
import { expectWholeIndex } from './whole-index.ts';

const query = (workspaceId: number) => ({ workspaceId, words: ['message'], tags: [], limit: 999 });

test('the search index follows the entries by itself, whatever the order of workspaces in a batch', async () => {
  const { store, db } = memoryStore();
  await store.workspaces.map(mapping(), START, null);
  await store.workspaces.map(mapping({ channelId: '11' }), START, null);
  const drafts = Array.from({ length: 900 }, (_, n) => placed(n, {}, { workspaceId: 1 + ((n * 7) % 2) }));
  await store.entries.append(drafts, RULES);
  expect(indexed(db)).toBe(0);
  await expect.poll(() => indexed(db), { timeout: 5_000 }).toBe(900);
  expectWholeIndex(db);
  await store.close();
});

test('a search finds what was recorded a moment ago', async () => {
  const { store, db } = memoryStore();
  await store.workspaces.map(mapping(), START, null);
  await store.workspaces.map(mapping({ channelId: '11' }), START, null);
  const drafts = Array.from({ length: 600 }, (_, n) => placed(n, {}, { workspaceId: 1 + (n % 2) }));
  await store.entries.append(drafts, RULES);
  expect(await store.entries.search(query(2))).toHaveLength(300);
  expect(indexed(db)).toBe(300);
  await store.close();
});

test('others get their turn while a search waits for the index', async () => {
  const { store, db } = memoryStore();
  await store.workspaces.map(mapping(), START, null);
  await store.entries.append(
    Array.from({ length: 3000 }, (_, n) => placed(n)),
    RULES,
  );
  const search = store.entries.search({ ...query(1), limit: 5000 });
  const turns = [indexed(db)];
  while (indexed(db) < 3000) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    turns.push(indexed(db));
  }
  expect(new Set(turns).size).toBeGreaterThan(5);
  expect(await search).toHaveLength(3000);
  expectWholeIndex(db);
  await store.close();
});

test('after a restart the index goes on where it was', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const before = await openTestStore({ path });
    await before.workspaces.map(mapping(), START, null);
    await before.entries.append([placed(1), placed(2)], RULES);
    expect(await before.entries.search(query(1))).toHaveLength(2);
    await before.entries.append([placed(3)], RULES);
    await before.close();
    const after = await openTestStore({ path });
    expect(await after.entries.search(query(1))).toHaveLength(3);
    await after.close();
  });
});

test('what cannot be indexed on a full disk is indexed when there is room', async () => {
  const { store, db } = memoryStore();
  await store.workspaces.map(mapping(), START, null);
  await store.entries.append([placed(1, { message: 'word '.repeat(50) })], RULES);
  const pages = db.pragma('max_page_count = 1', { simple: true });
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  db.pragma(`max_page_count = ${Number(pages) + 1000}`);
  expect(await store.entries.search({ ...query(1), words: ['word'] })).toHaveLength(1);
  await store.close();
});

test('the index is right after an edit of what a bot said under another name', async () => {
  const { store, db } = memoryStore();
  await store.workspaces.map(mapping(), START, null);
  await store.entries.append([placed(1, { author: researcher })], RULES);
  expect(await store.entries.search(query(1))).toHaveLength(1);
  await store.entries.append([placed(2, { author: { ...researcher, name: 'analyst' } })], RULES);
  await store.entries.rewrite([placed(1, { author: researcher, message: 'rewritten' })], START + 1, RULES);
  expect(await store.entries.search(query(1))).toHaveLength(1);
  expectWholeIndex(db);
  await store.close();
});

/** How many entries the index has. */
function indexed(db: ReturnType<typeof memoryStore>['db']): number {
  return Number(db.prepare('SELECT coalesce(sum(indexed_id - (id << 32)), 0) FROM workspaces').pluck().get());
}
