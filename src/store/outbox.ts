import { randomBytes } from 'node:crypto';
import { createRefused } from './outbox-refused.ts';
import type { Db } from './sqlite.ts';
import type { Attempt, OutboxItem, OutboxRow, OutboxStore, OutboxSubject, Posted } from './store.ts';

interface Row {
  id: number;
  channel_id: string | null;
  payload: string | null;
  subject: string | null;
  nonce: string;
  attempts: number;
  workspace_id: number | null;
  lane: string;
  tried_at: number | null;
  tried_in: string | null;
  print: string | null;
  error: string | null;
}

/** Queues a message and returns its id. Called inside the transaction whose change it tells of. */
export type Enqueue = (item: OutboxItem, at: number) => number;

/** Called inside the transaction that notes a subject as sent; `posted`: what it became in Discord. */
export type AfterSent = (subject: OutboxSubject, posted: Posted, at: number) => void;

export function prepareEnqueue(db: Db): Enqueue {
  const insert = db.prepare<[Record<string, string | number | null>]>(`
    INSERT INTO outbox (channel_id, payload, subject, nonce, created_at, due_at, workspace_id)
    VALUES (:channelId, :payload, :subject, :nonce, :at, :at, coalesce(
      :subject ->> 'workspaceId',
      (SELECT workspace_id FROM escalations WHERE id = :subject ->> 'id'),
      (SELECT id FROM workspaces WHERE channel_id = :channelId)))`);
  return (item, at) => {
    const said =
      'subject' in item
        ? { channelId: null, payload: null, subject: JSON.stringify(item.subject) }
        : { channelId: item.channelId, payload: JSON.stringify(item.payload), subject: null };
    return Number(insert.run({ ...said, nonce: newNonce(), at }).lastInsertRowid);
  };
}

const WITHDRAWN = 'withdrawn';

/**
 * Takes a message back that is not sent yet, because it is no longer true. One that may be in Discord all the same stays due until that
 * is known. Called inside the transaction that made it so.
 */
export function prepareWithdraw(db: Db): (id: number | null) => void {
  const withdraw = db.prepare<[number | null]>(`
    UPDATE outbox SET due_at = iif(tried_at IS NULL, NULL, due_at), error = '${WITHDRAWN}', payload = NULL
    WHERE id = ? AND due_at IS NOT NULL`);
  return (id) => void withdraw.run(id);
}

export function createOutbox(db: Db, enqueue: Enqueue, afterSent: AfterSent): OutboxStore {
  const trying = db.prepare<[Attempt & { id: number }]>(`
    UPDATE outbox SET tried_at = :at, tried_in = :channelId, print = :print WHERE id = :id`);
  const known = db
    .prepare<[string], string>(
      'SELECT message_id FROM outbox WHERE message_id IN (SELECT value FROM json_each(?))',
    )
    .pluck();
  const failed = db.prepare<[Record<string, string | number>]>(`
    UPDATE outbox SET error = iif(error = '${WITHDRAWN}', error, :error), attempts = attempts + 1, due_at = :retryAt,
      tried_at = iif(:isKnown, NULL, tried_at)
    WHERE id = :id AND due_at IS NOT NULL`);
  const drop = db.prepare<[number]>(`
    UPDATE outbox SET due_at = NULL, error = '${WITHDRAWN}', payload = NULL, tried_at = NULL, given_up_at = NULL
    WHERE id = ? AND sent_at IS NULL`);
  const sent = prepareSent(db, afterSent);
  return {
    async add(item, at) {
      enqueue(item, at);
    },
    due: prepareDue(db),
    async trying(id, attempt) {
      trying.run({ ...attempt, id });
    },
    async sent(id, posted, at) {
      sent.immediate(id, posted, at);
    },
    async known(messageIds) {
      return known.all(JSON.stringify(messageIds));
    },
    async withdraw(id) {
      drop.run(id);
    },
    async failed(id, error, retryAt, isKnown) {
      failed.run({ id, error, retryAt, isKnown: Number(isKnown) });
    },
    ...createRefused(db, enqueue),
  };
}

/** What is about one workspace is one lane, wherever it goes; so is a channel of none, and what is told to single people. */
const LANE = `
  CAST(iif(o.subject ->> 'kind' IS 'refusal', 'people', coalesce(o.workspace_id, o.channel_id, 'none')) AS TEXT)`;

function prepareDue(db: Db): OutboxStore['due'] {
  const due = db.prepare<[Record<string, string | number>], Row>(`
    WITH held AS (
      SELECT ${LANE} AS lane, min(o.id) AS id FROM outbox o
      WHERE o.due_at > :now AND o.attempts > 0 AND o.tried_in IS NOT NULL GROUP BY 1
    )
    SELECT o.id, channel_id, payload, subject, nonce, attempts, workspace_id, ${LANE} AS lane, tried_at,
      tried_in, print, error
    FROM outbox o LEFT JOIN held h ON h.lane = ${LANE}
    WHERE o.due_at <= :now AND (h.id IS NULL OR o.id < h.id)
      AND ${LANE} NOT IN (SELECT value FROM json_each(:busy))
    ORDER BY o.id LIMIT :limit`);
  return async (now, limit, busy = []) =>
    due.all({ now, limit, busy: JSON.stringify(busy) }).map(toOutboxRow);
}

function prepareSent(db: Db, afterSent: AfterSent) {
  // The text is dropped with the sending: a copy here would be one more to find when somebody wants it forgotten.
  const sent = db
    .prepare<[number, string, string, number], string | null>(`
      UPDATE outbox SET sent_at = ?, channel_id = ?, message_id = ?, attempts = attempts + 1, due_at = NULL, error = NULL,
        payload = NULL, tried_at = NULL, given_up_at = NULL
      WHERE id = ? AND sent_at IS NULL RETURNING subject`)
    .pluck();
  return db.transaction((id: number, posted: Posted, at: number) => {
    const subject = sent.get(at, posted.channelId, posted.messageId, id);
    if (subject) afterSent(JSON.parse(subject) as OutboxSubject, posted, at);
  });
}

function toOutboxRow(row: Row): OutboxRow {
  const { id, nonce, attempts, lane, subject, error, tried_at, tried_in, print } = row;
  const tried = tried_at === null ? null : { channelId: tried_in!, print: print!, at: tried_at };
  const workspaceId = row.workspace_id;
  const about = { id, nonce, attempts, workspaceId, lane, tried, withdrawn: error === WITHDRAWN };
  if (subject !== null) return { ...about, subject: JSON.parse(subject) as OutboxSubject };
  return {
    ...about,
    channelId: row.channel_id!,
    payload: JSON.parse(row.payload ?? '{}') as Record<string, unknown>,
  };
}

/** 16 characters; Discord allows 25 (https://discord.com/developers/docs/resources/message#create-message). */
function newNonce(): string {
  return randomBytes(12).toString('base64url');
}
