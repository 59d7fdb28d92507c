import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { HOUR, MINUTE, RULES, START, mapping, memoryStore, placed } from './support.ts';

let store: Store;
let db: Db;
const HERE = { workspaceId: 1, threadId: null };

beforeEach(async () => {
  ({ store, db } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
});
afterEach(() => store.close());

const outdated = (query: Partial<{ now: number; begin: boolean }> = {}) =>
  store.files.outdated({ now: START, begin: true, limit: 10, ...query });

/** A session of two messages that has ended, and its file, if it is to have one. */
async function ended(n: number, fileName: string | null = null) {
  await store.entries.append([placed(n), placed(n + 1)], RULES);
  await store.sessions.close(HERE, START + n * MINUTE, 'command');
  const file = (await outdated()).at(-1)!;
  if (fileName === null) return file;
  expect(await store.files.name(file.id, fileName)).toBe(true);
  await store.files.written(file);
  return file;
}

/** As retention would. */
function deleteSession(id: number): void {
  for (const sql of [
    'DELETE FROM participants WHERE session = ?',
    'DELETE FROM entries WHERE session = ?',
    'DELETE FROM sessions WHERE id = ?',
  ])
    db.prepare(sql).run(id);
}

test('a session is outdated from its end until it is written', async () => {
  await store.entries.append([placed(1)], RULES);
  expect(await outdated()).toEqual([]);
  await ended(2);
  const [file] = await outdated();
  expect(file).toMatchObject({ sessionId: '1000001', name: null, attempts: 0 });
  await store.files.name(file!.id, 'a.json');
  await store.files.written(file!);
  expect(await outdated()).toEqual([]);
});

test.each<[string, () => Promise<unknown>]>([
  ['a deletion', () => store.entries.erase(['1000001'], START)],
  ['an edit', () => store.entries.rewrite([placed(1, { message: 'better' })], START, RULES)],
])('%s after the end makes it outdated again', async (_, change) => {
  await ended(1, 'a.json');
  await change();
  expect(await outdated({ begin: false })).toMatchObject([{ sessionId: '1000001', name: 'a.json' }]);
});

test('what changes while a file is written leaves it outdated', async () => {
  const file = await ended(1);
  await store.entries.erase(['1000001'], START);
  await store.files.name(file.id, 'a.json');
  await store.files.written(file);
  expect(await outdated()).toHaveLength(1);
});

test('where no files are to be begun, only those that are there are outdated', async () => {
  await ended(1);
  expect(await outdated({ begin: false })).toEqual([]);
  await ended(10, 'b.json');
  await store.entries.erase(['1000001', '1000010'], START);
  expect(await outdated({ begin: false })).toMatchObject([{ name: 'b.json' }]);
  const plan = db
    .prepare(
      'EXPLAIN QUERY PLAN SELECT * FROM session_files f WHERE f.changes > f.written AND (f.name IS NULL) <= 0',
    )
    .all();
  expect(JSON.stringify(plan)).toContain('session_files_due');
});

describe('a session that is deleted', () => {
  test('leaves its file to be removed, once', async () => {
    const { id } = await ended(1, 'a.json');
    deleteSession(id);
    const [file] = await outdated({ begin: false });
    expect(file).toMatchObject({ sessionId: null, name: 'a.json' });
    await store.files.removed(file!);
    expect(await outdated()).toEqual([]);
  });

  test('leaves nothing behind where it had none, and its file is not begun any more', async () => {
    const file = await ended(1);
    deleteSession(file.id);
    expect(await outdated()).toEqual([]);
    expect(await store.files.name(file.id, 'a.json')).toBe(false);
  });

  test('is not mistaken for the next one of the same key', async () => {
    const { id } = await ended(1, 'a.json');
    deleteSession(id);
    await store.entries.append([placed(20)], RULES);
    expect(db.prepare('SELECT id FROM sessions').pluck().all()).toEqual([id]);
    const [file] = await outdated();
    expect(file).toMatchObject({ sessionId: null, name: 'a.json' });
    await store.sessions.close(HERE, START + HOUR, 'command');
    await store.files.removed(file!);
    expect(await outdated()).toMatchObject([{ sessionId: '1000020' }]);
  });
});

test('a failure puts off all that is outdated; what comes later is tried at once', async () => {
  const file = await ended(1);
  await ended(10);
  await store.files.failed(file, START + MINUTE);
  expect(await outdated()).toEqual([]);
  await ended(20);
  expect(await outdated()).toMatchObject([{ sessionId: '1000020' }]);
  expect(await outdated({ now: START + MINUTE })).toMatchObject([
    { sessionId: '1000010', attempts: 0 },
    { sessionId: '1000020', attempts: 0 },
    { sessionId: '1000001', attempts: 1 },
  ]);
});
