import type { Entry } from '../domain/entry.ts';
import { sameQuestionKey } from '../domain/escalation-request.ts';
import type { EscalationRequest } from '../domain/escalation-request.ts';
import type { Db } from './sqlite.ts';

/** The session that an escalation is raised in. */
export interface AskedIn {
  workspaceId: number;
  threadId: string | null;
  privateThread: number;
}

/** By the key of the session's row. */
export function preparePlaceOf(db: Db): (session: number) => AskedIn {
  const find = db.prepare<[number], AskedIn>(`
    SELECT workspace_id AS workspaceId, thread_id AS threadId, private_thread AS privateThread FROM sessions WHERE id = ?`);
  return (session) => find.get(session)!;
}

/**
 * What those have in common that ask the same in a workspace; null for one that nothing else is the same as. What is asked in a private
 * thread is asked there alone; the same words of different bots, or in different sessions, are different questions.
 */
export function scopedKey(
  request: EscalationRequest,
  { sessionId, author }: Entry,
  { threadId, privateThread }: AskedIn,
): string | null {
  const key = sameQuestionKey(request);
  if (key === null) return null;
  const where = privateThread === 1 ? threadId : '';
  const whose = request.dedupeKey === null ? `${sessionId} ${author.key}` : '';
  return JSON.stringify([where, whose, key]);
}
