import type { Entry } from '../domain/entry.ts';
import { isWaiting } from '../domain/escalation-changes.ts';
import type { EscalationStep } from '../domain/escalation-changes.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { EscalationRows } from './escalation-changes.ts';
import type { Posts } from './escalation-posts.ts';
import type { Db } from './sqlite.ts';

/** Closes what an entry tells the outcome of; `session` is the key of the entry's row. Called inside the transaction that adds it. */
export type Conclude = (session: number, entry: Entry, now: number) => void;

interface Parts {
  db: Db;
  rows: EscalationRows;
  posts: Posts;
}

/** The latest that was raised by the same message or, in the same workspace, has the same name of its request. */
const OF_OUTCOME = `
  SELECT ifnull(merged_into, id) FROM escalations
  WHERE message_id = :messageId
    OR (workspace_id = (SELECT workspace_id FROM sessions WHERE id = :session) AND request_id = :requestId AND closed_at IS NULL)
  ORDER BY message_id = :messageId DESC, id DESC LIMIT 1`;

export function prepareConclude({ db, rows, posts }: Parts): Conclude {
  const find = db
    .prepare<[{ session: number; messageId: string; requestId: string | null }], number>(OF_OUTCOME)
    .pluck();
  return (session, entry, now) => {
    const { messageId, details } = entry;
    const requestId = typeof details?.['id'] === 'string' ? details['id'] : null;
    const id = find.get({ session, messageId, requestId });
    const waiting = id === undefined ? null : rows.get(id);
    if (waiting && isWaiting(waiting)) conclude(waiting, entry, now);
  };

  /** The agent knows: it is not told. */
  function conclude(waiting: Escalation, entry: Entry, now: number): void {
    const step = stepOf(entry);
    const by = step.kind === 'decide' ? entry.author : null;
    let after = rows.change(waiting, step, { at: entry.at, by, reason: HOW })!;
    if (step.kind === 'decide') after = rows.change(after, { kind: 'resolve' }, { at: entry.at, by: null })!;
    posts.withdraw(after.id);
    posts.update(after, now);
  }
}

const HOW = 'With the agent’s own buttons.';

function stepOf({ details }: Entry): EscalationStep {
  const { outcome, answer, scope } = details ?? {};
  if (outcome === 'expired') return { kind: 'expire' };
  if (outcome === 'dismissed') return { kind: 'cancel', reason: HOW };
  const words = [answer ?? outcome, scope].filter((word) => typeof word === 'string');
  return { kind: 'decide', decision: { option: words.join(', '), note: null } };
}
