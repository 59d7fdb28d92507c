import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { mapping, memoryStore, placed, RULES, START } from './support.ts';

const LATER = START + 1_000_000;
const CHANNEL = { workspaceId: 1, threadId: null };

let store: Store;
let db: Db;
beforeEach(async () => {
  ({ store, db } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  const said = Array.from({ length: 900 }, (_, n) => placed(n, {}, { threadId: n % 3 === 0 ? '30' : null }));
  await store.entries.append(said, RULES);
});
afterEach(() => store.close());

/** How many steps have words in them: of the channel, and of the thread. */
const left = () =>
  [null, '30'].map((threadId) =>
    db
      .prepare(
        "SELECT count(*) FROM entries e JOIN sessions s ON s.id = e.session WHERE s.thread_id IS ? AND e.message <> ''",
      )
      .pluck()
      .get(threadId),
  );

describe('what was said in a place that is deleted', () => {
  test('goes from a thread alone, and from a channel with its threads', async () => {
    expect(await store.erasure.erasePlace({ workspaceId: 1, threadId: '30' }, LATER)).toBe(300);
    expect(left()).toEqual([600, 0]);
    expect(await store.erasure.erasePlace(CHANNEL, LATER)).toBe(600);
    expect(left()).toEqual([0, 0]);
  });

  test('goes but once: then the index is left alone', async () => {
    await store.erasure.erasePlace(CHANNEL, LATER);
    expect(await store.erasure.erasePlace(CHANNEL, LATER)).toBe(0);
    expect(db.prepare('SELECT * FROM index_purges').all()).toEqual([]);
  });

  test('goes where some of it is gone already', async () => {
    await store.entries.erase(
      Array.from({ length: 500 }, (_, n) => String(1_000_000 + n)),
      LATER,
    );
    expect(await store.erasure.erasePlace(CHANNEL, LATER)).toBe(400);
    expect(left()).toEqual([0, 0]);
  });
});
