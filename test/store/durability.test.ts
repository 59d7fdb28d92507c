import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Durability } from '../../src/store/durability.ts';
import type { Db } from '../../src/store/sqlite.ts';

/** https://www.sqlite.org/pragma.html#pragma_synchronous */
const [NORMAL, FULL] = [1, 2];

let dir: string;
let db: Db;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'durability-'));
  db = new Database(join(dir, 'it.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE said (what TEXT) STRICT');
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true });
});

const commit = () => void db.exec("INSERT INTO said VALUES ('hello')");
const synchronous = () => db.pragma('synchronous', { simple: true });

/** A disk that writes when it is told to. */
function slowDisk() {
  const writes: { done(): void; fail(error: Error): void }[] = [];
  const opened: string[] = [];
  const datasync = () =>
    new Promise<void>((resolve, reject) => {
      writes.push({ done: resolve, fail: reject });
    });
  const open = async (path: string) => {
    opened.push(path);
    return { datasync, close: async () => {} };
  };
  return { writes, opened, open };
}

/** Says whether a promise is kept, and when it is not, how it was broken. */
function watch(promise: Promise<void>) {
  const state = { is: 'open' };
  promise.then(
    () => (state.is = 'kept'),
    (error: Error) => (state.is = error.message),
  );
  return state;
}

/** Long work that goes on until it is told to end. */
function longWork(durability: Durability) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const ended = durability.during(() => promise);
  return {
    async end() {
      resolve();
      await ended;
    },
  };
}

describe('while something long is under way', () => {
  it('commits do not wait, and a promise is kept when the log has reached the disk', async () => {
    const { writes, opened, open } = slowDisk();
    const durability = new Durability(db, true, open);
    const work = longWork(durability);
    expect(synchronous()).toBe(NORMAL);
    commit();
    const promised = watch(durability.reached());
    await turn();
    expect(promised.is).toBe('open');
    expect(opened).toEqual([join(dir, 'it.db-wal')]);
    writes[0]!.done();
    await turn();
    expect(promised.is).toBe('kept');
    await work.end();
    expect(synchronous()).toBe(FULL);
  });

  it('what is committed while the disk writes waits for the next time, together', async () => {
    const { writes, open } = slowDisk();
    const durability = new Durability(db, true, open);
    const work = longWork(durability);
    commit();
    const first = watch(durability.reached());
    await turn();
    commit();
    const second = watch(durability.reached());
    commit();
    const third = watch(durability.reached());
    writes[0]!.done();
    await turn();
    expect([first.is, second.is, third.is]).toEqual(['kept', 'open', 'open']);
    writes[1]!.done();
    await turn();
    expect([second.is, third.is]).toEqual(['kept', 'kept']);
    expect(writes).toHaveLength(2);
    await work.end();
  });

  it('nobody waits for what is done again after a crash', async () => {
    const { writes, open } = slowDisk();
    const durability = new Durability(db, true, open);
    const work = longWork(durability);
    durability.withoutWaiting(commit);
    await durability.reached();
    expect(writes).toEqual([]);
    await work.end();
  });

  it('what it leaves behind is waited for after its end, and when the next has begun', async () => {
    const { writes, open } = slowDisk();
    const durability = new Durability(db, true, open);
    const work = longWork(durability);
    commit();
    await work.end();
    const after = watch(durability.reached());
    const next = longWork(durability);
    const later = watch(durability.reached());
    await turn();
    expect([after.is, later.is]).toEqual(['open', 'open']);
    writes[0]!.done();
    await turn();
    expect([after.is, later.is]).toEqual(['kept', 'kept']);
    await next.end();
  });

  it('no promise is kept any more once the disk has failed', async () => {
    const { writes, open } = slowDisk();
    const durability = new Durability(db, true, open);
    const work = longWork(durability);
    commit();
    const promised = watch(durability.reached());
    await turn();
    writes[0]!.fail(new Error('EIO: i/o error'));
    await turn();
    expect(promised.is).toBe('EIO: i/o error');
    await work.end();
    await expect(durability.reached()).rejects.toThrow('EIO');
    await expect(durability.stop()).rejects.toThrow('EIO');
  });

  it('commits wait as ever where nobody awaits the promise', async () => {
    const durability = new Durability(db);
    const work = longWork(durability);
    expect(synchronous()).toBe(FULL);
    await work.end();
  });
});

describe('otherwise', () => {
  it('each commit has reached the disk when it returns, but for what is done again after a crash', async () => {
    const { writes, open } = slowDisk();
    const durability = new Durability(db, true, open);
    commit();
    await durability.reached();
    expect(durability.withoutWaiting(synchronous)).toBe(NORMAL);
    expect(synchronous()).toBe(FULL);
    await longWork(durability).end();
    commit();
    await durability.reached();
    expect(writes).toEqual([]);
  });

  it('the log that is written is the one that SQLite has', async () => {
    const durability = new Durability(db, true);
    const work = longWork(durability);
    commit();
    await expect(durability.reached()).resolves.toBeUndefined();
    await work.end();
    await expect(durability.stop()).resolves.toBeUndefined();
  });
});
