import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import type { Db } from '../../src/store/sqlite.ts';
import { asks } from './escalation-support.ts';
import { ana, HOUR, mapping, memoryStore, placed, RULES, START } from './support.ts';

const DAY = 24 * HOUR;

let store: Store;
let db: Db;
beforeEach(async () => {
  ({ store, db } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
});
afterEach(() => store.close());

const expire = (before: number) =>
  store.erasure.expire({
    ages: [{ workspaceId: 1, before }],
    posted: before,
    everything: before,
    limit: 1000,
  });

/** What a column has, in the order of rows. */
const all = (column: string, table: string) => db.prepare(`SELECT ${column} FROM ${table}`).pluck().all();

function say(at: number, more: { sent?: boolean; channelId?: string } = {}): void {
  const { sent = true, channelId = '10' } = more;
  db.prepare(`
    INSERT INTO outbox (channel_id, payload, nonce, created_at, due_at) VALUES (?, ?, ?, ?, ?)`).run(
    channelId,
    '{"content":"said"}',
    `${at}`,
    at,
    sent ? null : at,
  );
}

test('what was posted long ago goes from the outbox; what still waits and what is young stays', async () => {
  say(START);
  say(START + 1, { sent: false });
  say(START + 5 * DAY);
  await expire(START + DAY);
  expect(all('created_at', 'outbox')).toEqual([START + 1, START + 5 * DAY]);
});

test('artifacts go by their own age, those of a program without a session, too', async () => {
  const artifact = {
    workspaceId: 1,
    sessionId: null,
    source: null,
    workflowId: null,
    schema: 'notes-v1',
    producer: 'researcher',
    consumer: null,
    content: { notes: 'some' },
  };
  await store.artifacts.save(artifact, START);
  await store.artifacts.save(artifact, START + 5 * DAY);
  await expire(START + DAY);
  expect(all('created_at', 'artifacts')).toEqual([START + 5 * DAY]);
});

test('escalations and objections go with their steps, also while the session runs on', async () => {
  await store.entries.append([asks(1), placed(2)], RULES);
  await store.entries.append([asks(9 * 60, { dedupe_key: 'another' })], RULES);
  db.exec("INSERT INTO objections VALUES (1, 1, '7', 0), (1, 3, '7', 0)");
  expect(all('step', 'escalations')).toEqual([1, 3]);
  await expire(START + 5 * 60_000);
  expect(all('ended_at', 'sessions')).toEqual([null]);
  expect(all('step', 'escalations')).toEqual([3]);
  expect(all('step', 'objections')).toEqual([3]);
});

test('of a person who is forgotten go ratings, objections, questions and looks, and the reasons that they gave', async () => {
  await store.entries.append([asks(1), placed(2, { author: ana })], RULES);
  for (const user of [ana.key, '7']) {
    db.prepare('INSERT INTO ratings VALUES (1, ?, 1, 0)').run(user);
    db.prepare('INSERT INTO objections VALUES (1, 1, ?, 0)').run(user);
    db.prepare("INSERT INTO askers VALUES ('1', ?, 0)").run(user);
    db.prepare('INSERT INTO report_looks VALUES (?, 1, 0)').run(user);
  }
  const author = db.prepare('SELECT id FROM authors WHERE key = ?').pluck().get(ana.key);
  const event =
    'INSERT INTO escalation_events (escalation, version, kind, at, author_id, reason) VALUES (1, 99, ?, 0, ?, ?)';
  db.prepare(event).run('acknowledged', author, 'because');
  await store.erasure.forget({ userId: ana.key, names: [ana.name] }, START + DAY, START + DAY);
  for (const table of ['ratings', 'objections', 'askers', 'report_looks'])
    expect([table, all('user_id', table)]).toEqual([table, ['7']]);
  expect(all('reason', 'escalation_events WHERE version = 99')).toEqual([null]);
});

test('with a server goes what waits to be said there, and who asked', async () => {
  const elsewhere = { guildId: '2', channelId: '20' };
  await store.workspaces.map(mapping(elsewhere), START, null);
  say(START, { sent: false });
  say(START + 1, { sent: false, channelId: elsewhere.channelId });
  db.exec("INSERT INTO askers VALUES ('1', '7', 0), ('2', '7', 0)");
  await store.erasure.eraseGuild({ guildId: '1', keep: false }, START + DAY);
  expect(all('channel_id', 'outbox')).toEqual([elsewhere.channelId]);
  expect(all('guild_id', 'askers')).toEqual(['2']);
});
