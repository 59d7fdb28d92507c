import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartupError } from '../../src/errors.ts';
import { observedIn } from '../../src/recorder/batch.ts';
import type { Observed } from '../../src/recorder/observation.ts';
import { migrate } from '../../src/store/migrate.ts';
import { MIGRATIONS } from '../../src/store/open.ts';
import { START, inTempDir } from './support.ts';

let db: Database.Database;

beforeEach(() => {
  db = new Database(':memory:');
});

afterEach(() => void db.close());

const tables = () =>
  db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();

test('migrations run once, in the order of their names, each with the time it was applied', async () => {
  await inTempDir((dir) => {
    writeFileSync(join(dir, '0002_b.sql'), 'INSERT INTO a VALUES (2);');
    writeFileSync(join(dir, '0001_a.sql'), 'CREATE TABLE a (n INTEGER) STRICT; INSERT INTO a VALUES (1);');
    writeFileSync(join(dir, 'notes.txt'), 'no SQL');
    migrate(db, dir, () => START);
    writeFileSync(join(dir, '0003_c.sql'), 'INSERT INTO a VALUES (3);');
    migrate(db, dir, () => START + 1);
    migrate(db, dir, () => START + 2);
  });
  expect(db.prepare('SELECT n FROM a').pluck().all()).toEqual([1, 2, 3]);
  expect(db.prepare('SELECT name, applied_at FROM migrations').raw().all()).toEqual([
    ['0001_a.sql', START],
    ['0002_b.sql', START],
    ['0003_c.sql', START + 1],
  ]);
});

test('a migration that fails half-way leaves the schema as it was, and can be mended', async () => {
  await inTempDir((dir) => {
    writeFileSync(join(dir, '0001_a.sql'), 'CREATE TABLE a (n INTEGER) STRICT;');
    writeFileSync(
      join(dir, '0002_b.sql'),
      'CREATE TABLE b (n INTEGER) STRICT; INSERT INTO nowhere VALUES (1);',
    );
    expect(() => migrate(db, dir, () => START)).toThrow(StartupError);
    expect(() => migrate(db, dir, () => START)).toThrow(
      /0002_b\.sql failed \(no such table: nowhere\)\. It is unchanged\./,
    );
    expect(tables()).toEqual(['a', 'migrations']);
    writeFileSync(join(dir, '0002_b.sql'), 'CREATE TABLE b (n INTEGER) STRICT;');
    migrate(db, dir, () => START);
    expect(tables()).toEqual(['a', 'b', 'migrations']);
  });
});

test('a database of a newer version is refused, naming what is not known', async () => {
  await inTempDir((dir) => {
    writeFileSync(join(dir, '0001_a.sql'), 'CREATE TABLE a (n INTEGER) STRICT;');
    migrate(db, dir, () => START);
    db.prepare('INSERT INTO migrations VALUES (?, ?)').run('0099_future.sql', START);
    expect(() => migrate(db, dir, () => START)).toThrow(
      /written by a newer version of Work Logs \(it has 0099_future\.sql\)\. Update Work Logs/,
    );
  });
});

test('a full disk is not blamed on the migration', () => {
  migrate(db, MIGRATIONS, () => START);
  const small = new Database(':memory:');
  small.pragma('max_page_count = 4');
  expect(() => migrate(small, MIGRATIONS, () => START)).toThrow(
    expect.objectContaining({ code: 'SQLITE_FULL' }) as Error,
  );
  small.close();
});

test('every migration of the project is numbered without gaps', () => {
  const numbers = readdirSync(MIGRATIONS)
    .sort()
    .map((name) => /^(\d{4})_[a-z_]+\.sql$/.exec(name)?.[1]);
  expect(numbers).toEqual(numbers.map((_, index) => String(index + 1).padStart(4, '0')));
});

test('what an earlier version had noted as text is read from its lines', async () => {
  await inTempDir((dir) => {
    const take = (name: string) => copyFileSync(join(MIGRATIONS, name), join(dir, name));
    const [before, after] = [
      readdirSync(MIGRATIONS).filter((name) => name < '0020'),
      '0020_journal_bytes.sql',
    ];
    for (const name of before) take(name);
    migrate(db, dir, () => START);
    const noted = [
      { messageId: '1', content: 'a\nb' },
      { deleted: ['2'], at: 3 },
    ] as Observed[];
    db.prepare('INSERT INTO journal VALUES (7, 2, ?), (8, 1, ?)').run(JSON.stringify(noted), '[]');
    take(after);
    migrate(db, dir, () => START);
    const kept = db
      .prepare<[], { id: number; messages: number; batch: Buffer }>('SELECT * FROM journal ORDER BY id')
      .all();
    expect(kept.map(({ id, messages, batch }) => [id, messages, observedIn(batch)])).toEqual([
      [7, 2, noted],
      [8, 1, []],
    ]);
  });
});
