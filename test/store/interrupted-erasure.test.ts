import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openTestStore } from '../support/empty-store.ts';
import type { Store } from '../../src/store/store.ts';
import { ana, coder, HOUR, inTempDir, mapping, placed, RULES, START } from './support.ts';
import { expectWholeIndex } from './whole-index.ts';

const LATER = START + 1000 * HOUR;
const person = { userId: ana.key, names: ['Ana'] };
/** Half of what {@link fill} records is older. */
const HALF = START + 3000 * 1000;
const expiry = { ages: [{ workspaceId: 1, before: HALF }], posted: 0, everything: 0, limit: Infinity };

const forget = (store: Store) => store.erasure.forget(person, LATER, Infinity);
const expire = (store: Store) => store.erasure.expire(expiry).then(({ entries }) => entries);

/** 6000 steps of Ana's, and as many of an agent's. */
async function fill(store: Store): Promise<void> {
  await store.workspaces.map(mapping(), START, null);
  const steps = Array.from({ length: 6000 }, (_, n) => [
    placed(n, { message: `planted${n} by her` }),
    placed(n + 10_000, { at: START + n * 1000, author: coder, message: `planted it ${n}` }),
  ]);
  await store.entries.append(steps.flat(), RULES);
  await store.entries.search({ workspaceId: 1, words: ['planted'], tags: [], limit: 1 });
}

/** How many of her texts are left. While she is forgotten, nobody is known by her id. */
function hers(path: string): number {
  const db = new Database(path, { readonly: true });
  try {
    return Number(
      db.prepare("SELECT count(*) FROM entries WHERE message GLOB 'planted* by her'").pluck().get(),
    );
  } finally {
    db.close();
  }
}

function bytes(path: string): string {
  const files = [path, `${path}-wal`, `${path}-journal`].filter((file) => existsSync(file));
  return files.map((file) => readFileSync(file).toString('latin1')).join('');
}

/** Nothing is damaged, the index has what the entries say, and nothing is left to be done. */
function check(path: string): void {
  const db = new Database(path);
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expectWholeIndex(db);
  expect(db.prepare('SELECT count(*) FROM forgetting').pluck().get()).toBe(0);
  expect(db.prepare('SELECT count(*) FROM index_purges').pluck().get()).toBe(0);
  db.close();
}

/** Resolves once some of what is to go is gone, and some is not. */
async function underWay(path: string): Promise<void> {
  await expect.poll(() => hers(path), { interval: 1, timeout: 15_000 }).toBeLessThan(6000);
}

test.each([
  ['what is old is deleted', 'she is forgotten', expire, forget],
  ['she is forgotten', 'what is old is deleted', forget, expire],
  ['she is forgotten', 'she asks for it once more', forget, forget],
])('while %s, %s: both come to their end, and nothing is left', async (_, __, first, second) => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const store = await openTestStore({ path, now: () => START });
    await fill(store);
    const done: string[] = [];
    const one = first(store).finally(() => done.push('first'));
    // The next turn comes when the first has taken one step.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    const two = second(store).finally(() => done.push('second'));
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(done).toEqual([]);
    expect(await Promise.all([one, two])).toEqual([expect.any(Number), expect.any(Number)]);
    expect(hers(path)).toBe(0);
    const left = bytes(path).match(/planted\S* by her/g);
    expect(left).toBeNull();
    await store.close();
    check(path);
  });
});

test.each([
  ['what is old is deleted', expire, 3000, 'planted0 by', 'planted it 0'],
  ['somebody is forgotten', forget, 0, 'planted0 by', 'planted5999 by'],
])(
  'the store can be closed while %s; opened again, it goes on to the end',
  async (_, run, left, ...planted) => {
    await inTempDir(async (dir) => {
      const path = join(dir, 'work-logs.db');
      const first = await openTestStore({ path, now: () => START });
      await fill(first);
      const running = run(first);
      await underWay(path);
      await first.erasure.stop();
      const removed = await running;
      await first.close();
      expect(removed).toBeGreaterThan(0);
      expect(removed).toBeLessThan(6000);

      const second = await openTestStore({ path, now: () => START });
      expect(hers(path)).toBeGreaterThan(0);
      await second.erasure.resume(Infinity);
      await run(second);
      expect(hers(path)).toBe(left);
      for (const text of planted) expect(bytes(path)).not.toContain(text);
      await second.close();
      check(path);
    });
  },
);

test('a run that was killed has damaged nothing, and goes on at the next start', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const first = await openTestStore({ path, now: () => START });
    await fill(first);
    await first.close();
    const forgetter = spawn(process.execPath, ['--input-type=module', '-e', forgettingSource(path)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const ended = once(forgetter, 'exit');
    await underWay(path);
    forgetter.kill('SIGKILL');
    await ended;

    const second = await openTestStore({ path, now: () => START });
    expect(hers(path)).toBeGreaterThan(0);
    await second.erasure.resume(Infinity);
    expect(hers(path)).toBe(0);
    expect(bytes(path)).not.toMatch(/planted\d+ by her/);
    await second.close();
    check(path);
  });
});

/** A process that forgets her. */
function forgettingSource(path: string): string {
  const source = new URL('../../src/store/open.ts', import.meta.url).href;
  return `
    import { openStore } from ${JSON.stringify(source)};
    const store = await openStore({ path: ${JSON.stringify(path)} });
    await store.erasure.forget(${JSON.stringify(person)}, ${LATER}, Infinity);`;
}
