import { randomBytes } from 'node:crypto';
import type { Db } from './sqlite.ts';
import type { OutboxItem, OutboxRow, OutboxStore, OutboxSubject, Posted } from './store.ts';

interface Row {
  id: number;
  channel_id: string | null;
  payload: string | null;
  subject: string | null;
  nonce: string;
  attempts: number;
}

/** Queues a message and returns its id. Called inside the transaction whose change it tells of. */
export type Enqueue = (item: OutboxItem, at: number) => number;

/** Called inside the transaction that notes a subject as sent; `posted`: what it became in Discord. */
export type AfterSent = (subject: OutboxSubject, posted: Posted, at: number) => void;

export function prepareEnqueue(db: Db): Enqueue {
  const insert = db.prepare<[string | null, string | null, string | null, string, number, number]>(
    'INSERT INTO outbox (channel_id, payload, subject, nonce, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return (item, at) => {
    const row: [string | null, string | null, string | null] =
      'subject' in item
        ? [null, null, JSON.stringify(item.subject)]
        : [item.channelId, JSON.stringify(item.payload), null];
    return Number(insert.run(...row, newNonce(), at, at).lastInsertRowid);
  };
}

/** Takes a message back that is not sent yet, because it is no longer true. Called inside the transaction that made it so. */
export function prepareWithdraw(db: Db): (id: number | null) => void {
  const withdraw = db.prepare<[number | null]>(`
    UPDATE outbox SET due_at = NULL, error = 'withdrawn', payload = NULL WHERE id = ? AND due_at IS NOT NULL`);
  return (id) => void withdraw.run(id);
}

export function createOutbox(db: Db, enqueue: Enqueue, afterSent: AfterSent): OutboxStore {
  const due = db.prepare<[number, number], Row>(`
    SELECT id, channel_id, payload, subject, nonce, attempts FROM outbox WHERE due_at <= ? ORDER BY id LIMIT ?`);
  const failed = db.prepare<[string, number | null, number]>(
    'UPDATE outbox SET error = ?, attempts = attempts + 1, due_at = ? WHERE id = ? AND due_at IS NOT NULL',
  );
  const withdraw = prepareWithdraw(db);
  const sent = prepareSent(db, afterSent);
  return {
    async add(item, at) {
      enqueue(item, at);
    },
    async due(now, limit) {
      return due.all(now, limit).map(toOutboxRow);
    },
    async sent(id, posted, at) {
      sent.immediate(id, posted, at);
    },
    async withdraw(id) {
      withdraw(id);
    },
    async failed(id, error, retryAt) {
      failed.run(error, retryAt, id);
    },
  };
}

function prepareSent(db: Db, afterSent: AfterSent) {
  // The text is dropped with the sending: a copy here would be one more to find when somebody wants it forgotten.
  const sent = db
    .prepare<[number, string, string, number], string | null>(`
      UPDATE outbox SET sent_at = ?, channel_id = ?, message_id = ?, attempts = attempts + 1, due_at = NULL, error = NULL,
        payload = NULL
      WHERE id = ? AND sent_at IS NULL RETURNING subject`)
    .pluck();
  return db.transaction((id: number, posted: Posted, at: number) => {
    const subject = sent.get(at, posted.channelId, posted.messageId, id);
    if (subject) afterSent(JSON.parse(subject) as OutboxSubject, posted, at);
  });
}

function toOutboxRow({ id, nonce, attempts, subject, channel_id, payload }: Row): OutboxRow {
  if (subject !== null) return { id, nonce, attempts, subject: JSON.parse(subject) as OutboxSubject };
  return {
    id,
    nonce,
    attempts,
    channelId: channel_id!,
    payload: JSON.parse(payload!) as Record<string, unknown>,
  };
}

/** 16 characters; Discord allows 25 (https://discord.com/developers/docs/resources/message#create-message). */
function newNonce(): string {
  return randomBytes(12).toString('base64url');
}
