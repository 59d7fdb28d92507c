import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MIGRATIONS, openStore } from '../../src/store/open.ts';
import { openDatabase } from '../../src/store/sqlite.ts';
import type { Db } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { inTempDir, HOUR, MINUTE, mapping, START, memoryStore, messagesIn } from './support.ts';

let store: Store;
let db: Db;

beforeEach(() => {
  ({ store, db } = memoryStore());
});

afterEach(() => store.close());

const message = (content: string) => ({ channelId: '10', payload: { content, embeds: [{ title: 'x' }] } });

test('messages are due from their time on, the oldest first, a few at a time', async () => {
  for (const n of [1, 2, 3]) await store.outbox.add(message(`m${n}`), START + n);
  const due = async (now: number, limit: number) =>
    messagesIn(await store.outbox.due(now, limit)).map(({ payload }) => payload['content']);
  expect(await due(START, 9)).toEqual([]);
  expect(await due(START + 2, 9)).toEqual(['m1', 'm2']);
  expect(await due(START + 9, 1)).toEqual(['m1']);
});

test('a row carries what is to be sent, under a nonce that stays the same and is its own', async () => {
  await store.outbox.add(message('a'), START);
  await store.outbox.add(message('a'), START);
  const [first, second] = await store.outbox.due(START, 9);
  expect(first).toMatchObject({ ...message('a'), attempts: 0 });
  expect(first!.nonce).toMatch(/^[\w-]{1,25}$/);
  expect(second!.nonce).not.toBe(first!.nonce);
  await store.outbox.failed(first!.id, 'no answer', START + MINUTE, true);
  expect(await store.outbox.due(START + MINUTE, 1)).toEqual([{ ...first, attempts: 1 }]);
});

test('what was sent is not due again, and its text is dropped', async () => {
  await store.outbox.add(message('secret'), START);
  const [row] = await store.outbox.due(START, 1);
  await store.outbox.sent(row!.id, { channelId: '10', messageId: '999' }, START + 5);
  await store.outbox.failed(row!.id, 'late answer', START, true);
  expect(await store.outbox.due(START + MINUTE, 9)).toEqual([]);
  expect(db.prepare('SELECT payload, message_id, sent_at, attempts FROM outbox').get()).toEqual({
    payload: null,
    message_id: '999',
    sent_at: START + 5,
    attempts: 1,
  });
});

test('a failure waits for its time, or is given up with its reason', async () => {
  await store.outbox.add(message('a'), START);
  const [row] = await store.outbox.due(START, 1);
  await store.outbox.failed(row!.id, 'rate limited', START + MINUTE, true);
  expect(await store.outbox.due(START + MINUTE - 1, 9)).toEqual([]);
  expect(await store.outbox.due(START + MINUTE, 9)).toHaveLength(1);
  const refusal = { channelId: '10', code: 10_003, error: 'Unknown Channel', isKnown: true, tell: [] };
  await store.outbox.giveUp(row!.id, refusal, START + MINUTE);
  expect(await store.outbox.due(START + 9 * MINUTE, 9)).toEqual([]);
  expect(db.prepare('SELECT error, attempts FROM outbox').get()).toEqual({
    error: 'Unknown Channel',
    attempts: 2,
  });
});

test('what an older version left to be sent is sent under the same nonce, and a subject without a text', async () => {
  await inTempDir(async (dir) => {
    const older = join(dir, 'older');
    mkdirSync(older);
    const names = readdirSync(MIGRATIONS).sort();
    names.length = names.findIndex((name) => name.includes('escalations'));
    for (const name of names) copyFileSync(join(MIGRATIONS, name), join(older, name));
    const path = join(dir, 'work-logs.db');
    const before = openDatabase(path, older, () => START);
    before.db.exec(
      `INSERT INTO outbox (id, channel_id, payload, nonce, created_at, due_at) VALUES (7, '10', '{"content":"old"}', 'n7', 1, 1)`,
    );
    before.close();
    const after = await openStore({ path });
    const subject = { kind: 'escalation-update', id: 3 } as const;
    await after.outbox.add({ subject }, START);
    expect(await after.outbox.due(START, 9)).toMatchObject([
      { id: 7, channelId: '10', payload: { content: 'old' }, nonce: 'n7', attempts: 0 },
      { id: 8, subject, nonce: expect.any(String) as string, attempts: 0 },
    ]);
    await after.outbox.withdraw(8);
    expect(await after.outbox.due(START, 9)).toHaveLength(1);
    await after.close();
  });
});

describe('what Discord refuses', () => {
  const refusal = {
    channelId: '10',
    code: 50_013,
    error: 'Missing Permissions',
    isKnown: true,
    tell: ['5', '6'],
  };
  const subjects = async (at = START + HOUR) =>
    (await store.outbox.due(at, 99)).flatMap((row) => ('subject' in row ? [row.subject] : []));
  const giveUp = async () => {
    const [row] = await store.outbox.due(START, 1);
    await store.outbox.giveUp(row!.id, refusal, START);
  };

  test('is told to each owner once for a channel and a reason', async () => {
    await store.workspaces.map(mapping(), START, null);
    for (const content of ['a', 'b']) await store.outbox.add(message(content), START);
    for (const { id } of await store.outbox.due(START, 9)) await store.outbox.giveUp(id, refusal, START);
    const told = (userId: string) => ({
      kind: 'refusal',
      workspaceId: 1,
      channelId: '10',
      code: 50_013,
      userId,
    });
    expect(await subjects()).toEqual([told('5'), told('6')]);
  });

  test('is counted for those who may read the workspace', async () => {
    await store.workspaces.map(mapping(), START, null);
    await store.outbox.add(message('a'), START);
    await giveUp();
    await store.outbox.add(message('b'), START + 5);
    const { channelId, error } = refusal;
    expect(await store.outbox.state([1], START + 5)).toEqual({
      waiting: 3,
      oldestAt: START,
      givenUp: [{ workspaceId: 1, channelId, error, since: START, count: 1 }],
    });
    expect(await store.outbox.state([2], START + 5)).toEqual({ waiting: 0, oldestAt: null, givenUp: [] });
  });

  test('is tried again where it still matters, and forgotten where it does not', async () => {
    const notice = { channelId: '10', payload: { content: 'This channel is recorded' } };
    await store.workspaces.map(mapping(), START, notice);
    await giveUp();
    await store.outbox.add({ subject: { kind: 'report', workspaceId: 1, to: START } }, START);
    await store.outbox.add(message('yesterday'), START);
    for (const { id } of await store.outbox.due(START, 9))
      await store.outbox.giveUp(id, { ...refusal, tell: [] }, START);
    expect(await store.outbox.refusedChannels()).toEqual(['10']);
    await store.outbox.revive('10', START + HOUR);
    expect(await store.outbox.due(START + HOUR, 9)).toMatchObject([notice]);
    expect(await store.outbox.refusedChannels()).toEqual([]);
    expect(await store.outbox.state([1], START + HOUR)).toMatchObject({ waiting: 1, givenUp: [] });
  });

  test('is tried again from time to time while it is new, and stays given up since then until it is sent', async () => {
    const notice = { channelId: '10', payload: { content: 'This channel is recorded' } };
    await store.workspaces.map(mapping(), START, notice);
    const [row] = await store.outbox.due(START, 1);
    await store.outbox.giveUp(row!.id, { ...refusal, tell: [] }, START);
    await store.outbox.retry('10', START + 1, START + HOUR);
    expect(await store.outbox.due(START + HOUR, 9)).toEqual([]);
    await store.outbox.retry('10', START, START + HOUR);
    expect(await store.outbox.due(START + HOUR, 9)).toMatchObject([notice]);
    await store.outbox.giveUp(row!.id, { ...refusal, tell: [] }, START + HOUR);
    const givenUp = async () => (await store.outbox.state([1], START + HOUR)).givenUp;
    expect(await givenUp()).toMatchObject([{ since: START, count: 1 }]);
    await store.outbox.retry('10', START, START + HOUR);
    await store.outbox.sent(row!.id, { channelId: '10', messageId: '99' }, START + HOUR);
    expect(await givenUp()).toEqual([]);
  });

  test('is looked for before it is tried again, when nobody knows whether it was sent before', async () => {
    const notice = { channelId: '10', payload: { content: 'This channel is recorded' } };
    await store.workspaces.map(mapping(), START, notice);
    const [row] = await store.outbox.due(START, 1);
    const attempt = { channelId: '10', print: 'x', at: START };
    await store.outbox.trying(row!.id, attempt);
    await store.outbox.giveUp(row!.id, { ...refusal, isKnown: false, tell: [] }, START);
    await store.outbox.revive('10', START);
    expect(await store.outbox.due(START, 9)).toMatchObject([{ tried: attempt }]);
  });
});

test('what is withdrawn after a send of unknown outcome stays due until that is known', async () => {
  const notice = { channelId: '10', payload: { content: 'This channel is recorded' } };
  await store.workspaces.map(mapping(), START, notice);
  const [row] = await store.outbox.due(START, 1);
  await store.outbox.trying(row!.id, { channelId: '10', print: 'x', at: START });
  await store.workspaces.unmap(1, START);
  expect(await store.outbox.due(START, 9)).toMatchObject([{ id: row!.id, withdrawn: true, payload: {} }]);
  await store.outbox.failed(row!.id, 'no answer', START, false);
  expect(await store.outbox.due(START, 9)).toMatchObject([{ id: row!.id, withdrawn: true }]);
  await store.outbox.withdraw(row!.id);
  expect(await store.outbox.due(START, 9)).toEqual([]);
});
