import { PING_WINDOW } from '../domain/escalation-times.ts';
import type { Db } from './sqlite.ts';
import type { Posted } from './store.ts';

/** {@link EscalationStore.digest}, synchronously. */
export function prepareDigest(
  db: Db,
): (workspaceId: number, now: number) => { more: number; message: Posted | null } {
  const more = db
    .prepare<[number], number>(
      "SELECT count(*) FROM escalations WHERE workspace_id = ? AND closed_at IS NULL AND state = 'open' AND carded = 0",
    )
    .pluck();
  const message = db.prepare<[number, number], Posted>(`
    SELECT channel_id AS channelId, message_id AS messageId FROM escalation_digests WHERE workspace_id = ? AND at > ?`);
  return (workspaceId, now) => ({
    more: more.get(workspaceId)!,
    message: message.get(workspaceId, now - PING_WINDOW) ?? null,
  });
}

/** Remembers where the digest is, and since when; an edit of it changes neither. */
export function prepareNoteDigest(db: Db): (workspaceId: number, posted: Posted, at: number) => void {
  const note = db.prepare<[number, number, string, string]>(`
    INSERT INTO escalation_digests VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET at = excluded.at, channel_id = excluded.channel_id, message_id = excluded.message_id
    WHERE message_id <> excluded.message_id`);
  return (workspaceId, { channelId, messageId }, at) => void note.run(workspaceId, at, channelId, messageId);
}
