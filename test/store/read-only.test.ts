import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { StartupError } from '../../src/errors.ts';
import { isLocked } from '../../src/store/lock.ts';
import { MIGRATIONS, openStore } from '../../src/store/open.ts';
import { openStoreReadOnly } from '../../src/store/read-only.ts';
import { openDatabase } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { RULES, START, inTempDir, mapping, nanobot, placed } from './support.ts';

/** Calls `use` while a bot records into the database at `path`. */
async function besideABot(use: (path: string, writer: Store) => Promise<void>): Promise<void> {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const writer = await openStore({ path });
    await writer.workspaces.map(mapping(), START, null);
    try {
      await use(path, writer);
    } finally {
      await writer.close();
    }
  });
}

/** Why a database cannot be read. */
async function refusal(path: string, migrationsDir?: string): Promise<string> {
  const error = await openStoreReadOnly({ path, migrationsDir }).then(
    (store) => store.close(),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StartupError);
  return (error as Error).message;
}

const words = (...words: string[]) => ({ workspaceId: 1, words, tags: [] as string[], limit: 10 });

test('it is read while a bot records into it, and the bot goes on recording', async () => {
  await besideABot(async (path, writer) => {
    await writer.entries.append([placed(1), placed(2)], RULES);
    const reader = await openStoreReadOnly({ path });
    expect(await reader.workspaces.list()).toMatchObject([{ name: 'project-refactor' }]);
    expect(await reader.sessions.list({ workspaceIds: [1], limit: 5 })).toMatchObject([
      { counts: { steps: 2 } },
    ]);
    await writer.entries.append([placed(3)], RULES);
    expect(await reader.entries.page({ sessionId: '1000001' }, 0, 10)).toMatchObject({ total: 3 });
    await reader.close();
    expect(await writer.entries.append([placed(4)], RULES)).toMatchObject({ recorded: 1 });
  });
});

test('what the index does not have yet is found too, by the same rules, newest first and once', async () => {
  await besideABot(async (path, writer) => {
    await writer.entries.append([placed(1, { message: 'Escalated the password policy' })], RULES);
    await writer.entries.search(words('password'));
    const flood = Array.from({ length: 300 }, (_, n) => placed(n + 2, { message: 'Passwörd Ｐassword' }));
    await writer.entries.append([...flood, placed(400, { author: nanobot, message: 'escalating' })], RULES);
    const reader = await openStoreReadOnly({ path });
    expect(waiting(path)).toBeGreaterThan(0);
    const both = await reader.entries.search(words('escalation'));
    expect(both.map(({ message }) => message)).toEqual(['escalating', 'Escalated the password policy']);
    const tagged = await reader.entries.search({ ...words(), tags: ['nanobot'] });
    expect(tagged.map(({ message }) => message)).toEqual(['escalating']);
    await writer.entries.search(words('password'));
    expect(waiting(path)).toBe(0);
    expect(await reader.entries.search(words('escalation'))).toEqual(both);
    await reader.close();
  });
});

test('nothing is written: not the file, not the lock', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const writer = await openStore({ path });
    await writer.workspaces.map(mapping(), START, null);
    await writer.entries.append([placed(1)], RULES);
    await writer.close();
    const before = readFileSync(path);
    const reader = await openStoreReadOnly({ path });
    expect(await reader.entries.search(words('message'))).toHaveLength(1);
    expect(isLocked(path)).toBe(false);
    await reader.close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

test('a lock is seen while a bot holds it, and not after', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    expect(isLocked(path)).toBe(false);
    const writer = await openStore({ path });
    expect(isLocked(path)).toBe(true);
    await writer.close();
    expect(isLocked(path)).toBe(false);
  });
});

test('a database that cannot be read is refused with what to do', async () => {
  await inTempDir(async (dir) => {
    const at = (name: string) => join(dir, name);
    expect(await refusal(at('none.db'))).toMatch(/There is no database .*npm start/);
    expect(await refusal(':memory:')).toContain('ends with the bot');
    mkdirSync(at('directory'));
    expect(await refusal(at('directory'))).toContain('is not a file');
    writeFileSync(at('text.db'), 'not a database at all '.repeat(100));
    expect(await refusal(at('text.db'))).toContain('is not a database');
    writeFileSync(at('empty.db'), '');
    expect(await refusal(at('empty.db'))).toContain('older version');
    new Database(at('other.db')).exec('CREATE TABLE t (c)').close();
    expect(await refusal(at('other.db'))).toContain('another program');
  });
});

test('a database of another version is refused, and stays as it is', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    await (await openStore({ path })).close();
    const newer = join(dir, 'newer');
    mkdirSync(newer);
    expect(await refusal(path, newer)).toContain('newer version');
    copyFileSync(join(MIGRATIONS, '0001_work_logs.sql'), join(newer, '0001_work_logs.sql'));
    writeFileSync(join(newer, '9999_more.sql'), 'CREATE TABLE more (c) STRICT');
    const older = join(dir, 'older.db');
    openDatabase(older, firstMigration(dir), () => START).close();
    expect(await refusal(older, newer)).toContain('Start the bot once');
  });
});

/** A directory with the first migration alone. */
function firstMigration(dir: string): string {
  const first = join(dir, 'first');
  mkdirSync(first);
  copyFileSync(join(MIGRATIONS, '0001_work_logs.sql'), join(first, '0001_work_logs.sql'));
  return first;
}

/** How many entries the index does not have yet. */
function waiting(path: string): number {
  const db = new Database(path, { readonly: true });
  const count = db
    .prepare(
      'SELECT count(*) FROM entries e JOIN workspaces w ON w.id = 1 WHERE e.id > ifnull(w.indexed_id, 0)',
    )
    .pluck()
    .get();
  db.close();
  return Number(count);
}
