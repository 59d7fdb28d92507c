import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Db } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import {
  IDLE,
  MINUTE,
  RULES,
  START,
  ana,
  coder,
  mapping,
  memoryStore,
  nanobot,
  placed,
  researcher,
} from './support.ts';

let store: Store;
let db: Db;

beforeEach(async () => {
  ({ store, db } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  await store.workspaces.map(mapping({ channelId: '11', type: 'open' }), START, null);
});

afterEach(() => store.close());

test('sessions are listed by their latest entry, across workspaces, the newest few', async () => {
  const second = { workspaceId: 2 };
  await store.entries.append(
    [placed(1), placed(2, {}, second), placed(3, {}, { threadId: '77' }), placed(4, {}, { threadId: '78' })],
    RULES,
  );
  await store.entries.append([placed(5)], RULES);
  const list = async (workspaceIds: number[], limit: number) =>
    (await store.sessions.list({ workspaceIds, limit })).map(({ sessionId }) => sessionId);
  expect(await list([1, 2], 9)).toEqual(['1000001', '1000004', '1000003', '1000002']);
  expect(await list([1, 2, 1], 2)).toEqual(['1000001', '1000004']);
  expect(await list([2], 9)).toEqual(['1000002']);
  expect(await list([2, 3], 9)).toEqual(['1000002']);
  expect(await list([], 9)).toEqual([]);
});

test('the latest session of a place is the open one, or else the last that ended; threads are places of their own', async () => {
  await store.entries.append([placed(1), placed(2, {}, { threadId: '77' })], RULES);
  await store.sessions.close({ workspaceId: 1, threadId: null }, START + MINUTE, 'command');
  const latest = async (threadId: string | null) =>
    (await store.sessions.latest({ workspaceId: 1, threadId }))?.sessionId;
  expect(await latest(null)).toBe('1000001');
  await store.entries.append([placed(3)], RULES);
  expect(await latest(null)).toBe('1000003');
  expect(await latest('77')).toBe('1000002');
  expect(await latest('78')).toBeUndefined();
});

test('closing ends the open session of that place alone, not before its latest entry', async () => {
  await store.entries.append([placed(1), placed(2, {}, { threadId: '77' })], RULES);
  await store.sessions.close({ workspaceId: 1, threadId: '77' }, START, 'archived');
  await store.sessions.close({ workspaceId: 1, threadId: '78' }, START, 'archived');
  expect(await store.sessions.get('1000001')).toMatchObject({ endedAt: null, endReason: null });
  expect(await store.sessions.get('1000002')).toMatchObject({ endedAt: START + 2000, endReason: 'archived' });
});

test('idle sessions are closed by the idle time of their workspace, as of their latest entry', async () => {
  await store.entries.append([placed(0), placed(0, { messageId: '5' }, { workspaceId: 2 })], RULES);
  expect(await store.sessions.closeIdle(START + IDLE.open, IDLE)).toBe(0);
  expect(await store.sessions.closeIdle(START + IDLE.open + 1, IDLE)).toBe(1);
  expect(await store.sessions.get('5')).toMatchObject({ endedAt: START, endReason: 'idle' });
  expect(await store.sessions.get('1000000')).toMatchObject({ endedAt: null });
  expect(await store.sessions.closeIdle(START + IDLE.project + 1, IDLE)).toBe(1);
  expect(await store.sessions.closeIdle(START + IDLE.project + 1, IDLE)).toBe(0);
  await store.entries.append([placed(3, {}, { workspaceId: 2 })], RULES);
  expect(await store.entries.byMessage('1000003')).toMatchObject({ sessionId: '1000003', step: 1 });
});

test('participants come in the order of their first step, with exact counts however long the session', async () => {
  const cast = [ana, nanobot, researcher, coder];
  const drafts = Array.from({ length: 900 }, (_, n) => placed(n, { author: cast[(n * n) % 4]! }));
  for (let i = 0; i < drafts.length; i += 70) await store.entries.append(drafts.slice(i, i + 70), RULES);
  await store.entries.append([placed(901, { author: coder }), placed(902, { author: researcher })], RULES);
  expect(db.prepare('SELECT count(*) FROM participants').pluck().get()).toBeGreaterThan(0);
  expect(await store.sessions.participants('1000000')).toEqual([
    { author: ana, steps: 450 },
    { author: nanobot, steps: 450 },
    { author: coder, steps: 1 },
    { author: researcher, steps: 1 },
  ]);
});

test('an unknown session is null and has nobody', async () => {
  expect(await store.sessions.get('404')).toBeNull();
  expect(await store.sessions.participants('404')).toEqual([]);
});
