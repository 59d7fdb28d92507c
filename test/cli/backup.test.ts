import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { mapping, placed, RULES, START } from '../store/support.ts';
import { createDesk } from './support.ts';
import type { Desk } from './support.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
afterEach(() => desk.close());

test('a copy made under load is whole, and restores what was there', async () => {
  const bot = await desk.open();
  await bot.workspaces.map(mapping(), START, null);
  let n = 0;
  const record = async () => {
    const drafts = Array.from({ length: 200 }, () => placed((n += 1)));
    await bot.entries.append(drafts, RULES);
  };
  for (let batch = 0; batch < 10; batch += 1) await record();
  const atFirst = n;
  const backup = new AbortController();
  const load = (async () => {
    while (!backup.signal.aborted) {
      await record();
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const { code, stderr } = await desk.run(['backup', 'copy.db']);
  backup.abort();
  await load;
  expect([code, stderr]).toEqual([0, 'The database is copied to copy.db.\n']);
  expect((await desk.run(['backup', 'copy.db'])).stderr).toContain('is there already');
  const refused = await desk.run(['restore', 'copy.db']);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('in use by another running')]);
  await bot.close();

  const copy = await openStore({ path: join(desk.cwd, 'copy.db') });
  const log = (await copy.sessions.list({ workspaceIds: [1], limit: 1 }))[0]!;
  const { steps } = log.counts;
  expect(steps).toBeGreaterThanOrEqual(atFirst);
  expect(steps % 200).toBe(0);
  expect((await copy.entries.page({ sessionId: log.sessionId }, steps - 1, 9)).entries).toHaveLength(1);
  await copy.close();

  expect((await desk.run(['restore', 'copy.db'])).stderr).toMatch(
    /restored from copy\.db\. What was there before/,
  );
  const restored = await desk.open();
  expect((await restored.sessions.get(log.sessionId))!.counts.steps).toBe(steps);
  await restored.close();
  const kept = readdirSync(dirname(desk.db)).find((name) => name.includes('.before-'));
  const before = await openStore({ path: join(dirname(desk.db), kept!) });
  expect((await before.sessions.get(log.sessionId))!.counts.steps).toBe(n);
  await before.close();
});

test('a copy, and what is restored of it, is for its owner alone, and nothing is left beside it', async () => {
  await (await desk.open()).close();
  await desk.run(['backup', 'copy.db']);
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  expect(mode(join(desk.cwd, 'copy.db'))).toBe('600');
  const beside = () => readdirSync(desk.cwd).filter((name) => name.startsWith('copy.db-'));
  expect(beside()).toEqual([]);
  chmodSync(desk.db, 0o640);
  expect(await desk.run(['restore', 'copy.db'])).toMatchObject({ code: 0 });
  expect(mode(desk.db)).toBe('640');
  rmSync(dirname(desk.db), { recursive: true });
  expect(await desk.run(['restore', 'copy.db'])).toMatchObject({ code: 0 });
  expect(mode(desk.db)).toBe('600');
  expect(beside()).toEqual([]);
});

test('only a database of Work Logs is restored', async () => {
  writeFileSync(join(desk.cwd, 'other.db'), 'no database at all, but long enough to look like some file');
  const { code, stderr } = await desk.run(['restore', 'other.db']);
  const says = (file: string, what: string) =>
    `${join(desk.cwd, file)} ${what}. Name a copy that “work-logs backup” made.\n`;
  expect([code, stderr]).toEqual([1, says('other.db', 'is not a database')]);
  mkdirSync(join(desk.cwd, 'folder'));
  for (const file of ['nowhere.db', 'folder'])
    expect(await desk.run(['restore', file])).toMatchObject({ code: 1, stderr: says(file, 'is not a file') });
  expect(existsSync(desk.db)).toBe(false);
});
