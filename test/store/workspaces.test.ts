import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Mapping, Store } from '../../src/store/store.ts';
import { HOUR, MINUTE, RULES, START, mapping, memoryStore, nanobot, placed } from './support.ts';

let store: Store;

beforeEach(() => {
  ({ store } = memoryStore());
});

afterEach(() => store.close());

const notice = { channelId: '10', payload: { content: 'This channel is recorded.' } };

async function noticesAfter(change: () => Promise<unknown>): Promise<number> {
  const before = new Set((await store.outbox.due(START + HOUR, 100)).map(({ id }) => id));
  await change();
  return (await store.outbox.due(START + HOUR, 100)).filter(({ id }) => !before.has(id)).length;
}

test('a mapped channel is a workspace with all that was said of it', async () => {
  const owners = ['role:5', 'user:6', 'everyone'] as const;
  const workspace = await store.workspaces.map(mapping({ owners: [...owners] }), START, null);
  expect(workspace).toEqual({
    id: 1,
    guildId: '1',
    channelId: '10',
    name: 'project-refactor',
    type: 'project',
    coordinator: 'nanobot',
    owners,
    mappedBy: 'command',
    mappedAt: START,
    unmappedAt: null,
    settings: {},
  });
  expect(await store.workspaces.list()).toEqual([workspace]);
});

test('the same channel id in another server is another workspace', async () => {
  await store.workspaces.map(mapping(), START, null);
  expect(await store.workspaces.map(mapping({ guildId: '2' }), START, null)).toMatchObject({ id: 2 });
});

const CHANGES: [what: string, change: Partial<Mapping>, notices: number][] = [
  ['nothing', {}, 0],
  ['the name', { name: 'renamed' }, 0],
  ['who mapped it', { mappedBy: 'rule' }, 0],
  ['the type', { type: 'open' }, 1],
  ['the coordinator', { coordinator: null }, 1],
  ['the owners', { owners: ['everyone'] }, 1],
];

test.each(CHANGES)(
  'mapping anew with a change of %s queues the fitting notices',
  async (_what, change, notices) => {
    expect(await noticesAfter(() => store.workspaces.map(mapping(), START, notice))).toBe(1);
    expect(await noticesAfter(() => store.workspaces.map(mapping(change), START + 1, notice))).toBe(notices);
    expect(await store.workspaces.list()).toMatchObject([{ id: 1, ...mapping(change), mappedAt: START }]);
  },
);

test('a notice that is not sent yet is withdrawn when it is no longer true', async () => {
  const due = async () => (await store.outbox.due(START + MINUTE, 9)).map(({ id }) => id);
  await store.workspaces.map(mapping(), START, notice);
  const [first] = await due();
  await store.workspaces.map(mapping({ type: 'open' }), START + 1, notice);
  const [second, ...others] = await due();
  expect([second === first, others]).toEqual([false, []]);
  await store.outbox.failed(first!, 'was on its way', START + 2, true);
  expect(await due()).toEqual([second]);
  await store.workspaces.unmap(1, START + 3);
  expect(await due()).toEqual([]);
});

test('a notice that cannot be queued leaves the channel unmapped', async () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  await expect(
    store.workspaces.map(mapping(), START, { channelId: '10', payload: circular }),
  ).rejects.toThrow('circular');
  expect(await store.workspaces.list()).toEqual([]);
});

test('unmapping ends the open sessions; mapping again continues the same workspace with new ones', async () => {
  await store.workspaces.map(mapping(), START, null);
  await store.entries.append([placed(1), placed(2, {}, { threadId: '77' })], RULES);
  await store.workspaces.unmap(1, START + MINUTE);
  expect(await store.workspaces.list()).toMatchObject([{ id: 1, unmappedAt: START + MINUTE }]);
  for (const sessionId of ['1000001', '1000002']) {
    expect(await store.sessions.get(sessionId)).toMatchObject({
      endedAt: START + MINUTE,
      endReason: 'unmapped',
    });
  }
  await store.workspaces.unmap(1, START + 2 * MINUTE);
  expect(await store.workspaces.list()).toMatchObject([{ unmappedAt: START + MINUTE }]);

  expect(await noticesAfter(() => store.workspaces.map(mapping(), START + 3 * MINUTE, notice))).toBe(1);
  expect(await store.workspaces.list()).toMatchObject([
    { id: 1, mappedAt: START + 3 * MINUTE, unmappedAt: null },
  ]);
  await store.entries.append([placed(200)], RULES);
  expect(await store.entries.byMessage('1000200')).toMatchObject({ sessionId: '1000200', step: 1 });
  expect(await store.entries.byMessage('1000001')).toMatchObject({ step: 1 });
});

test('a change of type or coordinator holds from the next message on', async () => {
  await store.workspaces.map(mapping({ coordinator: null }), START, null);
  await store.entries.append([placed(1, { author: nanobot })], RULES);
  await store.workspaces.map(mapping({ type: 'coordination' }), START, null);
  await store.entries.append([placed(2, { author: nanobot })], RULES);
  const { entries } = await store.entries.page({ sessionId: '1000001' }, 0, 9);
  expect(entries.map(({ role, level }) => [role, level])).toEqual([
    ['specialist', 'info'],
    ['coordinator', 'coordination'],
  ]);
});

test('renaming changes the name alone', async () => {
  const before = await store.workspaces.map(mapping(), START, null);
  await store.workspaces.rename(1, 'project-auth');
  expect(await store.workspaces.list()).toEqual([{ ...before, name: 'project-auth' }]);
});

test('a setting stays until it is set anew, also when the channel is mapped anew', async () => {
  await store.workspaces.map(mapping(), START, null);
  await store.workspaces.configure(1, { summaryAt: '08:00', retentionDays: 7 });
  expect(await store.workspaces.configure(1, { retentionDays: undefined, hold: true })).toMatchObject({
    id: 1,
    settings: { summaryAt: '08:00', hold: true },
  });
  await store.workspaces.map(mapping({ type: 'open' }), START + 1, null);
  expect((await store.workspaces.list())[0]?.settings).toEqual({ summaryAt: '08:00', hold: true });
});

test('settings that are given with the mapping take the place of those before, and a notice tells them once', async () => {
  const kept = { channelId: '10', payload: { content: 'It is kept for ever.' } };
  await store.workspaces.map(mapping({ settings: { summaryAt: '08:00' } }), START, notice);
  const anew = mapping({ settings: { retentionDays: 0, secondOwner: undefined } });
  expect(await noticesAfter(() => store.workspaces.map(anew, START + 1, kept))).toBe(1);
  expect((await store.workspaces.list())[0]?.settings).toEqual({ retentionDays: 0 });
  expect(await noticesAfter(() => store.workspaces.map(anew, START + 2, kept))).toBe(0);
});
