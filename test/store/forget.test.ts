import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openTestStore } from '../support/empty-store.ts';
import { expiry, found, LATER, onDisk } from './on-disk.ts';
import { ana, draft, inTempDir, mapping, nanobot, placed, RULES, START } from './support.ts';

describe('a person who is forgotten', () => {
  const person = { userId: ana.key, names: ['Ana'] };

  test('leaves marked steps, and not a word on the disk', async () => {
    await onDisk(async (store, bytes) => {
      const theirs = Array.from({ length: 300 }, (_, n) =>
        placed(n * 2, { author: { ...ana, name: 'Plantedname' }, message: `plantedword${n}` }),
      );
      const others = Array.from({ length: 300 }, (_, n) =>
        placed(n * 2 + 1, { author: nanobot, message: `ok @Plantedname, number ${n}` }),
      );
      await store.entries.append(
        theirs.flatMap((each, n) => [each, others[n]!]),
        RULES,
      );
      await found(store, 'plantedword1');
      expect(bytes().includes('plantedword')).toBe(true);
      expect(await store.people.written(ana.key)).toMatchObject([{ workspaceId: 1, steps: 300 }]);
      expect(await store.erasure.forget(person, LATER, Infinity)).toBe(300);
      expect(bytes().includes('lanted')).toBe(false);
      expect(await store.people.written(ana.key)).toEqual([]);
      const sessionId = theirs[0]!.draft.messageId;
      const { entries, total } = await store.entries.page({ sessionId }, 0, 2);
      expect(total).toBe(600);
      expect(entries).toMatchObject([
        { message: '', deletedAt: LATER, author: { name: 'someone forgotten' } },
        { message: 'ok @someone, number 0' },
      ]);
      expect(await store.sessions.get(sessionId)).toMatchObject({ query: '', counts: { steps: 600 } });
    });
  });

  test('may write again, and ask again', async () => {
    await onDisk(async (store) => {
      await store.entries.append([placed(1)], RULES);
      expect(await store.erasure.forget(person, START + 5000, Infinity)).toBe(1);
      await store.entries.append([placed(10, { message: 'new' })], RULES);
      expect(await store.people.written(ana.key)).toMatchObject([{ steps: 1 }]);
      expect(await store.erasure.forget(person, START + 20_000, Infinity)).toBe(1);
      expect(await store.erasure.forget(person, START + 20_000, Infinity)).toBe(0);
    });
  });

  test('is forgotten also by what comes late', async () => {
    await onDisk(async (store, bytes) => {
      await store.erasure.forget(person, START + 5000, START + 4000);
      await store.entries.append(
        [placed(3, { message: 'plantedlate' }), placed(6, { message: 'stays' })],
        RULES,
      );
      await store.erasure.resume(START + 6000);
      expect(bytes().includes('plantedlate')).toBe(false);
      expect(await store.people.written(ana.key)).toMatchObject([{ steps: 1 }]);
      await store.entries.append([placed(4, { message: 'not any more' })], RULES);
      await store.erasure.resume(START + 7000);
      expect(await store.people.written(ana.key)).toMatchObject([{ steps: 2 }]);
    });
  });

  const planted = { ...ana, name: 'Plantedname' };

  test('does not become known again by what Discord delivers once more, after a crash say', async () => {
    await onDisk(async (store, bytes) => {
      await store.entries.append([placed(1, { author: planted })], RULES);
      await store.erasure.forget(person, START + 5000, Infinity);
      const again = await store.entries.append([placed(1, { author: planted })], RULES);
      expect(again).toMatchObject({ recorded: 0, duplicates: 1 });
      expect(bytes().includes('Plantedname')).toBe(false);
    });
  });

  test('is not known by name for what came late, until they write again', async () => {
    await onDisk(async (store, bytes) => {
      await store.erasure.forget(person, START + 5000, START + 4000);
      await store.entries.append([placed(2, { author: planted })], RULES);
      await store.erasure.resume(START + 6000);
      expect(bytes().includes('Plantedname')).toBe(false);
      const author = { name: 'someone forgotten' };
      expect(await store.entries.byMessage(draft(2).messageId)).toMatchObject({ message: '', author });
      await store.entries.append([placed(7, { author: planted })], RULES);
      expect(await store.entries.byMessage(draft(7).messageId)).toMatchObject({ author: planted });
    });
  });

  test('is forgotten in the middle of a run that deletes what is old', async () => {
    await onDisk(async (store, bytes) => {
      const all = Array.from({ length: 4000 }, (_, n) => placed(n, { message: `planted${n}` }));
      await store.entries.append(all, RULES);
      const [expired, forgotten] = await Promise.all([
        store.erasure.expire(expiry(START + 2_000_000)),
        store.erasure.forget(person, LATER, Infinity),
        store.erasure.forget(person, LATER, Infinity),
      ]);
      expect(expired.entries).toBe(2000);
      expect(forgotten).toBeLessThanOrEqual(4000);
      expect(bytes().includes('planted')).toBe(false);
      expect(await found(store, 'planted3999')).toEqual([]);
    });
  });

  test('is told of all steps that were removed, also when what was begun is gone on with meanwhile', async () => {
    await onDisk(async (store) => {
      const all = Array.from({ length: 3000 }, (_, n) => placed(n));
      await store.entries.append(all, RULES);
      const [steps] = await Promise.all([
        store.erasure.forget(person, LATER, Infinity),
        store.erasure.resume(Infinity),
        store.erasure.resume(Infinity),
      ]);
      expect(steps).toBe(3000);
    });
  });
});

test('what somebody reads meanwhile, a copy being made say, is gone from the disk once they are done', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const store = await openTestStore({ path, now: () => START });
    await store.workspaces.map(mapping(), START, null);
    await store.entries.append([placed(1, { message: 'plantedword' })], RULES);
    const reader = new Database(path, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM entries').get();
    await store.erasure.forget({ userId: ana.key, names: ['Ana'] }, LATER, Infinity);
    const isThere = () =>
      [path, `${path}-wal`].some((file) => existsSync(file) && readFileSync(file).includes('plantedword'));
    expect(isThere()).toBe(true);
    reader.close();
    await expect.poll(isThere, { timeout: 4000 }).toBe(false);
    await store.close();
  });
});
