import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { ID_RANGE, loadLive } from '../../src/store/live.ts';
import { MIGRATIONS, openStore, storeOver } from '../../src/store/open.ts';
import { openStoreReadOnly } from '../../src/store/read-only.ts';
import { idsIn, shardOf } from '../../src/store/shards.ts';
import { openDatabase } from '../../src/store/sqlite.ts';
import type { Db } from '../../src/store/sqlite.ts';
import type { SearchQuery, Store } from '../../src/store/store.ts';
import { coder, inTempDir, mapping, placed, RULES, START } from './support.ts';
import { expectWholeIndex } from './whole-index.ts';

const FIRST_SHARD = shardOf(ID_RANGE);

type Find = (query: Partial<SearchQuery>) => Promise<number[]>;

const findIn =
  ({ entries }: Pick<Store, 'entries'> | { entries: Pick<Store['entries'], 'search'> }): Find =>
  async (query) => {
    const found = await entries.search({ workspaceId: 1, words: [], tags: [], limit: 99, ...query });
    return found.map(({ messageId }) => Number(messageId) - 1_000_000);
  };

/** Messages 1–3, 4–6 and 7–9 of a workspace stand around the ends of its first, second and fifth shard; 2, 5 and 8 in a thread. */
async function inShards(
  use: (store: Store, db: Db, path: string) => Promise<void>,
  shards = [0, 1, 4],
): Promise<void> {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const database = openDatabase(path, MIGRATIONS, () => START);
    const live = loadLive(database.db);
    const store = storeOver({ ...database, now: () => START }, live);
    await store.workspaces.map(mapping(), START, null);
    await store.workspaces.map(mapping({ channelId: '11' }), START, null);
    for (const [index, shard] of shards.entries()) {
      live.get(1)!.lastEntryId = idsIn(FIRST_SHARD + shard).last - 2;
      const messages = [1, 2, 3].map((n) => index * 3 + n);
      const drafts = messages.map((n) =>
        placed(n, { message: `word${n} in common`, author: coder }, { threadId: n % 3 === 2 ? '77' : null }),
      );
      await store.entries.append(drafts, RULES);
    }
    await store.entries.append([placed(20, { message: 'word1 in common' }, { workspaceId: 2 })], RULES);
    await use(store, database.db, path);
    expectWholeIndex(database.db);
    await store.close();
  });
}

const QUERIES: [what: string, query: Partial<SearchQuery>, found: number[]][] = [
  ['a word of all shards, newest first', { words: ['common'] }, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
  ['as many as are asked for, of several shards', { words: ['common'], limit: 4 }, [9, 8, 7, 6]],
  ['as many as one shard has', { words: ['common'], limit: 1 }, [9]],
  ['a word of the oldest shard alone', { words: ['word1'] }, [1]],
  ['a word on either side of a border', { words: ['word3', 'word2'] }, [3, 2]],
  ['a phrase', { words: ['in common', 'common in'], limit: 2 }, [9, 8]],
  ['a tag', { tags: ['coder'], limit: 7 }, [9, 8, 7, 6, 5, 4, 3]],
  ['a session in a thread', { words: ['common'], sessionId: '1000002' }, [8, 5, 2]],
  ['the newest of a session', { words: ['common'], sessionId: '1000002', limit: 2 }, [8, 5]],
  ['a session of another workspace', { words: ['common'], sessionId: '1000002', workspaceId: 2 }, []],
  ['another workspace', { words: ['common'], workspaceId: 2 }, [20]],
  ['a word that is nowhere', { words: ['nowhere'] }, []],
  ['signs alone', { words: ['…', '"'] }, []],
];

test('a search goes through the shards of its workspace', async () => {
  await inShards(async (store, _db, path) => {
    for (const [what, query, found] of QUERIES)
      expect({ what, found: await findIn(store)(query) }).toEqual({ what, found });
    const reader = await openStoreReadOnly({ path });
    for (const [what, query, found] of QUERIES)
      expect({ what, found: await findIn(reader)(query) }).toEqual({ what, found });
    await reader.close();
  });
});

test('so does one that may not write, where the index does not have them yet', async () => {
  await inShards(
    async (_store, _db, path) => {
      const reader = await openStoreReadOnly({ path });
      expect(await findIn(reader)({ words: ['common'] })).toEqual([3, 2, 1]);
      expect(await findIn(reader)({ words: ['common'], limit: 2 })).toEqual([3, 2]);
      expect(await findIn(reader)({ words: ['word1', 'word3'] })).toEqual([3, 1]);
      expect(await findIn(reader)({ words: ['common'], sessionId: '1000002' })).toEqual([2]);
      await reader.close();
    },
    [0],
  );
});

test('what is edited, deleted or too old leaves its shard', async () => {
  await inShards(async (store, db) => {
    const find = findIn(store);
    await find({ words: ['common'] });
    const edited = [3, 7].map((n) => placed(n, { message: 'changed', author: coder }));
    for (const draft of edited) await store.entries.rewrite([draft], START + 60_000, RULES);
    await store.entries.erase(['1000004'], START + 60_000);
    expect(await find({ words: ['common'] })).toEqual([9, 8, 6, 5, 2, 1]);
    expect(await find({ words: ['changed'] })).toEqual([7, 3]);
    expectWholeIndex(db);
    const before = START + 7_000;
    const expiry = { ages: [{ workspaceId: 1, before }], posted: 0, everything: 0, limit: Infinity };
    expect(await store.erasure.expire(expiry)).toMatchObject({ entries: 6, isDone: true });
    expect(await find({ words: ['common', 'changed'] })).toEqual([9, 8, 7]);
  });
});

test('a database of the version before finds at once, and its index becomes whole', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const before = await openStore({ path });
    await before.workspaces.map(mapping(), START, null);
    await before.workspaces.map(mapping({ channelId: '11' }), START, null);
    const drafts = Array.from({ length: 300 }, (_, n) =>
      placed(n, { message: `word${n} in common` }, { workspaceId: 1 + (n % 2) }),
    );
    await before.entries.append(drafts, RULES);
    await before.close();
    indexAsBefore(path);

    const { db, close } = openDatabase(path, MIGRATIONS, () => START);
    const store = storeOver({ db, close });
    expect(await findIn(store)({ words: ['common'], limit: 2 })).toEqual([298, 296]);
    expect(await findIn(store)({ words: ['word4'] })).toEqual([4]);
    await store.entries.append([placed(300, { message: 'later in common' })], RULES);
    expect(await findIn(store)({ words: ['common'], limit: 2 })).toEqual([300, 298]);
    const left = db.prepare('SELECT count(*) FROM workspaces WHERE ifnull(indexed_id, 0) < (id << 32) + 150');
    await expect.poll(() => left.pluck().get(), { timeout: 5_000 }).toBe(0);
    expectWholeIndex(db);
    const settings = 'SELECT k, v FROM entries_fts_config ORDER BY k';
    expect(Object.fromEntries(db.prepare(settings).raw().all() as [string, number][])).toMatchObject({
      automerge: 0,
      usermerge: 8,
      'secure-delete': 1,
    });
    await store.close();
  });
});

/** Gives a database the index that it had before there were shards, with all of its entries in it. */
function indexAsBefore(path: string): void {
  const db = new Database(path);
  db.exec(`
    DROP TABLE entries_fts;
    CREATE VIRTUAL TABLE entries_fts USING fts5 (
      message, tags, content = 'entries', content_rowid = 'id', tokenize = 'porter unicode61', columnsize = 0
    );
    INSERT INTO entries_fts (rowid, message, tags) SELECT id, message, tags FROM entries ORDER BY id;
    UPDATE workspaces SET indexed_id = (id << 32) + 150;
    DELETE FROM migrations WHERE name LIKE '%index_shards%'`);
  db.close();
}
