import { afterEach, beforeEach, expect, test } from 'vitest';
import { START } from '../store/support.ts';
import { createDesk, fill, SESSION } from './support.ts';
import type { Desk } from './support.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapping, placed, RULES } from '../store/support.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
afterEach(() => desk.close());

/** A session of forty days ago, in a project workspace. */
async function fillOld() {
  const store = await desk.open();
  await store.workspaces.map(mapping(), START, null);
  await store.entries.append([placed(-40 * 86_400), placed(-40 * 86_400 + 1), placed(0)], RULES);
  await store.close();
}

test('says what would go, beside a running bot, and deletes nothing', async () => {
  await fillOld();
  writeFileSync(join(desk.cwd, 'work-logs.config.json'), '{ "work_logs": { "retention_days": 30 } }');
  const bot = await desk.open();
  const { code, stdout } = await desk.run(['retention', '--dry-run']);
  expect([code, stdout]).toEqual([
    0,
    '#project-refactor · kept for 30 days · 2 steps in 1 session would go\n',
  ]);
  const refused = await desk.run(['retention']);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('The bot is running')]);
  await bot.close();
  expect(JSON.parse((await desk.run(['retention', '--dry-run', '--json'])).stdout)).toMatchObject({
    dry_run: true,
    workspaces: [{ workspace_id: '#project-refactor', entries: 2, sessions: 1 }],
  });
});

test('speaks of one day as people do', async () => {
  await fillOld();
  writeFileSync(join(desk.cwd, 'work-logs.config.json'), '{ "work_logs": { "retention_days": 1 } }');
  expect((await desk.run(['retention', '--dry-run'])).stdout).toContain(
    'kept for 1 day · 2 steps in 1 session',
  );
});

test('deletes what is too old, and the rest stays', async () => {
  await fillOld();
  writeFileSync(join(desk.cwd, 'work-logs.config.json'), '{ "work_logs": { "retention_days": 30 } }');
  expect((await desk.run(['retention'])).stdout).toContain('2 steps in 1 session gone');
  expect((await desk.run(['retention'])).stdout).toContain('0 steps in 0 sessions gone');
  const store = await desk.open();
  expect(await store.sessions.list({ workspaceIds: [1], limit: 9 })).toHaveLength(1);
  await store.close();
});

test('keeps what a rule of the config file holds', async () => {
  await fillOld();
  const rules = [{ match: 'project-*', type: 'project', retention_days: 1, hold: true }];
  writeFileSync(join(desk.cwd, 'work-logs.config.json'), JSON.stringify({ workspaces: rules }));
  expect((await desk.run(['retention'])).stdout).toContain('on hold · 0 steps');
});

test('has nothing to do with what is young', async () => {
  const store = await desk.open();
  await fill(store);
  await store.close();
  await desk.run(['retention']);
  const after = await desk.open();
  expect(await after.sessions.get(SESSION)).not.toBeNull();
  await after.close();
});
