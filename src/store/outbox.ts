import { randomBytes } from 'node:crypto';
import type { Db } from './sqlite.ts';
import type { OutboxMessage, OutboxRow, OutboxStore } from './store.ts';

interface Row {
  id: number;
  channel_id: string;
  payload: string;
  nonce: string;
  attempts: number;
}

/** Queues a message and returns its id. Called inside the transaction whose change it tells of. */
export type Enqueue = (message: OutboxMessage, at: number) => number;

export function prepareEnqueue(db: Db): Enqueue {
  const insert = db.prepare<[string, string, string, number, number]>(
    'INSERT INTO outbox (channel_id, payload, nonce, created_at, due_at) VALUES (?, ?, ?, ?, ?)',
  );
  return ({ channelId, payload }, at) => {
    return Number(insert.run(channelId, JSON.stringify(payload), newNonce(), at, at).lastInsertRowid);
  };
}

/** Takes a message back that is not sent yet, because it is no longer true. Called inside the transaction that made it so. */
export function prepareWithdraw(db: Db): (id: number | null) => void {
  const withdraw = db.prepare<[number | null]>(`
    UPDATE outbox SET due_at = NULL, error = 'withdrawn', payload = NULL WHERE id = ? AND due_at IS NOT NULL`);
  return (id) => void withdraw.run(id);
}

export function createOutbox(db: Db, enqueue: Enqueue): OutboxStore {
  const due = db.prepare<[number, number], Row>(`
    SELECT id, channel_id, payload, nonce, attempts FROM outbox WHERE due_at <= ? ORDER BY id LIMIT ?`);
  // The text is dropped with the sending: a copy here would be one more to find when somebody wants it forgotten.
  const sent = db.prepare<[number, string, number]>(`
    UPDATE outbox SET sent_at = ?, message_id = ?, attempts = attempts + 1, due_at = NULL, error = NULL, payload = NULL
    WHERE id = ?`);
  const failed = db.prepare<[string, number | null, number]>(
    'UPDATE outbox SET error = ?, attempts = attempts + 1, due_at = ? WHERE id = ? AND due_at IS NOT NULL',
  );
  return {
    async add(message, at) {
      enqueue(message, at);
    },
    async due(now, limit) {
      return due.all(now, limit).map(toMessage);
    },
    async sent(id, messageId, at) {
      sent.run(at, messageId, id);
    },
    async failed(id, error, retryAt) {
      failed.run(error, retryAt, id);
    },
  };
}

function toMessage(row: Row): OutboxRow {
  const payload = JSON.parse(row.payload) as Record<string, unknown>;
  return { id: row.id, channelId: row.channel_id, payload, nonce: row.nonce, attempts: row.attempts };
}

/** 16 characters; Discord allows 25 (https://discord.com/developers/docs/resources/message#create-message). */
function newNonce(): string {
  return randomBytes(12).toString('base64url');
}
