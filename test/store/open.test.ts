import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { StartupError } from '../../src/errors.ts';
import { MIGRATIONS, openStore } from '../../src/store/open.ts';
import { openDatabase } from '../../src/store/sqlite.ts';
import { RULES, START, inTempDir, mapping, placed } from './support.ts';

/** Why a database cannot be opened. */
async function refusal(path: string): Promise<string> {
  const error = await openStore({ path }).then(
    (store) => store.close(),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StartupError);
  return (error as Error).message;
}

test('a missing file is created together with its directories, and closed without a trace beside it', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'a', 'b', 'work-logs.db');
    const store = await openStore({ path });
    await store.close();
    expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
    expect([existsSync(`${path}-wal`), existsSync(`${path}-shm`)]).toEqual([false, false]);
  });
});

/** Who may do what with a file, in octal digits. */
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test('what is created is for its owner alone, and what is there keeps its mode', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'a', 'b', 'work-logs.db');
    const store = await openStore({ path });
    await store.workspaces.map(mapping(), START, null);
    expect([join(dir, 'a'), join(dir, 'a', 'b')].map(modeOf)).toEqual(['700', '700']);
    const files = readdirSync(join(dir, 'a', 'b')).map((name) => join(dir, 'a', 'b', name));
    expect(files.map(modeOf)).toEqual(files.map(() => '600'));
    expect(files.length).toBeGreaterThan(3);
    await store.close();
    chmodSync(path, 0o640);
    chmodSync(join(dir, 'a'), 0o755);
    await (await openStore({ path })).close();
    expect([join(dir, 'a'), path].map(modeOf)).toEqual(['755', '640']);
  });
});

test('the file is set up as promised: durable commits, deleted text overwritten, foreign keys', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    await (await openStore({ path })).close();
    const db = new Database(path, { readonly: true });
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(db.prepare("SELECT v FROM entries_fts_config WHERE k = 'secure-delete'").pluck().get()).toBe(1);
    const loose =
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE '%fts%'";
    expect(db.prepare(`${loose} AND name NOT LIKE 'sqlite%'`).all()).toEqual([]);
    db.close();
  });
});

test('a commit reaches the disk before it returns, and what is deleted leaves no byte in the file', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const { db, close } = openDatabase(path, MIGRATIONS, () => START);
    expect(db.pragma('synchronous', { simple: true })).toBe(FULL);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    db.prepare('INSERT INTO authors (key, name, kind) VALUES (?, ?, ?)').run(
      '1',
      'forget-me-wholly',
      'person',
    );
    db.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(path).includes('forget-me-wholly')).toBe(true);
    db.exec('DELETE FROM authors');
    close();
    expect(readFileSync(path).includes('forget-me-wholly')).toBe(false);
  });
});

/** https://www.sqlite.org/pragma.html#pragma_synchronous */
const FULL = 2;

test('a directory and a path below a file are refused with advice', async () => {
  await inTempDir(async (dir) => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    expect(await refusal(dir)).toBe(`${dir} is a directory. Set WORK_LOGS_DB to the path of a file.`);
    expect(await refusal(join(file, 'x.db'))).toMatch(/cannot be created or written.*WORK_LOGS_DB/);
  });
});

test.runIf(existsSync('/proc/self'))('where the system makes no directories, opening gives up', async () => {
  expect(await refusal('/proc/nowhere/x.db')).toMatch(/cannot be created or written/);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be written is refused with advice', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    await (await openStore({ path })).close();
    chmodSync(path, 0o400);
    expect(await refusal(path)).toMatch(/cannot be created or written.*WORK_LOGS_DB/);
  });
});

test('a file that is no database, or one of another program, is refused and left as it is', async () => {
  await inTempDir(async (dir) => {
    const text = join(dir, 'notes.txt');
    writeFileSync(text, 'dear diary\n'.repeat(200));
    expect(await refusal(text)).toMatch(/is not a database\. Move the file away/);
    expect(readFileSync(text, 'utf8')).toBe('dear diary\n'.repeat(200));

    const foreign = join(dir, 'cookies.sqlite');
    new Database(foreign).exec('CREATE TABLE cookies (name)').close();
    const before = readFileSync(foreign);
    expect(await refusal(foreign)).toMatch(/is a database of another program/);
    expect(readFileSync(foreign)).toEqual(before);
  });
});

test('a damaged file is refused with advice', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    await (await openStore({ path })).close();
    truncateSync(path, 6000);
    expect(await refusal(path)).toMatch(/is damaged\. Restore a copy/);
  });
});

test('a database has one store at a time, by whatever path, while others may read it', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const store = await openStore({ path });
    await store.workspaces.map(mapping(), START, null);
    symlinkSync(dir, join(dir, 'link'));
    mkdirSync(join(dir, 'sub'));
    symlinkSync(path, join(dir, 'sub', 'other.db'));
    for (const way of [path, join(dir, 'link', 'work-logs.db'), join(dir, 'sub', 'other.db')]) {
      expect(await refusal(way)).toMatch(/is in use by another running instance\. Stop that one first/);
    }
    const reader = new Database(path, { readonly: true });
    expect(reader.prepare('SELECT name FROM workspaces').pluck().all()).toEqual(['project-refactor']);
    reader.close();
    await store.close();
    await (await openStore({ path })).close();
  });
});

test('any number of stores in memory live side by side', async () => {
  const [one, other] = [await openStore({ path: ':memory:' }), await openStore({ path: ':memory:' })];
  await one.workspaces.map(mapping(), START, null);
  expect(await one.workspaces.list()).toHaveLength(1);
  expect(await other.workspaces.list()).toEqual([]);
  await one.close();
  await other.close();
});

test('a killed owner lets go of the database, and what it had recorded is there', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const owner = spawn(process.execPath, ['--input-type=module', '-e', ownerSource(path)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(owner, 'exit');
    await once(owner.stdout, 'data');
    expect(await refusal(path)).toMatch(/in use by another running instance/);
    owner.kill('SIGKILL');
    await ended;
    const store = await openStore({ path });
    expect(await store.entries.byMessage('1000001')).toMatchObject({ message: 'message 1', step: 1 });
    await store.close();
  });
});

/** A process that records a message, says so and stays. */
function ownerSource(path: string): string {
  const source = new URL('../../src/store/open.ts', import.meta.url).href;
  return `
    import { openStore } from ${JSON.stringify(source)};
    const store = await openStore({ path: ${JSON.stringify(path)} });
    await store.workspaces.map(${JSON.stringify(mapping())}, ${START}, null);
    await store.entries.append([${JSON.stringify(placed(1))}], ${JSON.stringify(RULES)});
    console.log('recorded');
    setInterval(() => {}, 1000);`;
}
