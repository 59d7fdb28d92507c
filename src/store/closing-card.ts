import { cardOf } from '../domain/closing-card.ts';
import type { ClosingCard } from '../domain/closing-card.ts';
import type { EndReason } from '../domain/work-log.ts';
import type { Enqueue } from './outbox.ts';
import type { Db } from './sqlite.ts';

/** Called inside the transaction that ends a session; `session` is the key of its row. */
export type AfterEnd = (session: number, at: number, reason: EndReason) => void;

/** A message in an archived thread would open it again, and a channel that was unmapped wants to be left alone. */
const SILENT: ReadonlySet<EndReason> = new Set(['archived', 'unmapped', 'deleted']);

interface Final {
  sessionId: string;
  channelId: string;
  messageId: string;
}

/** Queues a reply to the final message of a session that ends, if a bot took part in it. */
export function prepareClosingCard(db: Db, enqueue: Enqueue, card: ClosingCard): AfterEnd {
  const hasBot = db
    .prepare<[number], 1>(`
      SELECT 1 FROM entries e JOIN authors a ON a.id = e.author_id WHERE e.session = ? AND a.kind <> 'person' LIMIT 1`)
    .pluck();
  const final = db.prepare<[number], Final>(FINAL);
  return (session, at, reason) => {
    if (SILENT.has(reason) || !hasBot.get(session)) return;
    const last = final.get(session);
    if (!last) return;
    const { sessionId, channelId, messageId } = last;
    const reference = { message_id: messageId, fail_if_not_exists: false };
    enqueue({ channelId, payload: { ...cardOf(card, sessionId), message_reference: reference } }, at);
  };
}

/** The last message of the latest step that is one in Discord: neither deleted there, nor what a person told the bot by a button. */
const FINAL = `
  SELECT s.session_id AS sessionId, ifnull(s.thread_id, w.channel_id) AS channelId, ifnull(
    (SELECT message_id FROM chunks WHERE entry = e.id AND deleted_at IS NULL ORDER BY n DESC LIMIT 1),
    e.message_id
  ) AS messageId
  FROM sessions s JOIN workspaces w ON w.id = s.workspace_id JOIN entries e ON e.session = s.id
    JOIN authors a ON a.id = e.author_id
  WHERE s.id = ? AND e.deleted_at IS NULL
    AND NOT (a.kind = 'person' AND e.origin = 'reported' AND e.part = 0 AND (e.level = 'correction' OR e.category = 'escalation'))
  ORDER BY e.step DESC LIMIT 1`;
