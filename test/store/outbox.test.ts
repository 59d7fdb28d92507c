import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MIGRATIONS, openStore } from '../../src/store/open.ts';
import { openDatabase } from '../../src/store/sqlite.ts';
import type { Db } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { inTempDir, MINUTE, START, memoryStore, messagesIn } from './support.ts';

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
  await store.outbox.failed(first!.id, 'no answer', START + MINUTE);
  expect(await store.outbox.due(START + MINUTE, 1)).toEqual([{ ...first, attempts: 1 }]);
});

test('what was sent is not due again, and its text is dropped', async () => {
  await store.outbox.add(message('secret'), START);
  const [row] = await store.outbox.due(START, 1);
  await store.outbox.sent(row!.id, { channelId: '10', messageId: '999' }, START + 5);
  await store.outbox.failed(row!.id, 'late answer', START);
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
  await store.outbox.failed(row!.id, 'rate limited', START + MINUTE);
  expect(await store.outbox.due(START + MINUTE - 1, 9)).toEqual([]);
  expect(await store.outbox.due(START + MINUTE, 9)).toHaveLength(1);
  await store.outbox.failed(row!.id, 'channel is gone', null);
  expect(await store.outbox.due(START + 9 * MINUTE, 9)).toEqual([]);
  expect(db.prepare('SELECT error, attempts FROM outbox').get()).toEqual({
    error: 'channel is gone',
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
    expect(await after.outbox.due(START, 9)).toEqual([
      { id: 7, channelId: '10', payload: { content: 'old' }, nonce: 'n7', attempts: 0 },
      { id: 8, subject, nonce: expect.any(String) as string, attempts: 0 },
    ]);
    await after.outbox.withdraw(8);
    expect(await after.outbox.due(START, 9)).toHaveLength(1);
    await after.close();
  });
});
