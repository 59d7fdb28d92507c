import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { Expiry } from '../../src/store/erasure.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from '../support/empty-store.ts';
import { HOUR, inTempDir, mapping, START } from './support.ts';
import { expectWholeIndex } from './whole-index.ts';

/** Later than everything that a test records. */
export const LATER = START + 400 * 24 * HOUR;

/** A store on disk whose workspace 1 is a channel, and what is on the disk of it. */
export async function onDisk(use: (store: Store, bytes: () => Buffer) => Promise<void>): Promise<void> {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const store = await openTestStore({ path, now: () => START });
    await store.workspaces.map(mapping(), START, null);
    const files = [path, `${path}-wal`, `${path}-journal`];
    await use(store, () =>
      Buffer.concat(files.filter((file) => existsSync(file)).map((file) => readFileSync(file))),
    );
    // The index holds the entries, and nothing else.
    for (const { id: workspaceId } of await store.workspaces.list())
      await store.entries.search({ workspaceId, words: ['x'], tags: [], limit: 1 });
    await store.close();
    const db = new Database(path);
    expectWholeIndex(db);
    expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    db.close();
  });
}

export const expiry = (before: number, limit = 100_000): Expiry => ({
  ages: [{ workspaceId: 1, before }],
  posted: before,
  everything: before,
  limit,
});

export const found = (store: Store, word: string) =>
  store.entries.search({ workspaceId: 1, words: [word], tags: [], limit: 50 });
