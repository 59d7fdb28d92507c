import type { Entry } from '../domain/entry.ts';
import { isWaiting } from '../domain/escalation-changes.ts';
import type { Escalation } from '../domain/escalation.ts';
import { DECISION_SCHEMA } from '../domain/escalation-answer.ts';
import { requestOf } from '../domain/escalation-request.ts';
import type { EscalationRows } from './escalation-changes.ts';
import { preparePlaceOf, scopedKey } from './escalation-key.ts';
import { ESCALATIONS, toEscalation } from './escalation-row.ts';
import type { EscalationRow } from './escalation-row.ts';
import type { Posts } from './escalation-posts.ts';
import type { Db } from './sqlite.ts';

/** What becomes of an escalation when its entry changes. Called inside the transaction that changes it. */
export interface Revising {
  /** It asks for something else now, or in more words. */
  grow(escalation: Escalation, asked: { session: number; entry: Entry }, now: number): void;
  /** It does not ask any more. */
  takeBack(escalation: Escalation, at: number, now: number): void;
  /** Its message was deleted: nothing of what it said is kept. */
  forget(escalation: Escalation, at: number, now: number): void;
}

interface Parts {
  db: Db;
  rows: EscalationRows;
  posts: Posts;
}

const DELETED = 'The message was deleted.';

export function prepareRevising({ db, rows, posts }: Parts): Revising {
  const unword = prepareUnword(db);
  const promote = preparePromote(db, rows);
  const placeOf = preparePlaceOf(db);
  const setKey = db.prepare<[string | null, number]>('UPDATE escalations SET same_key = ? WHERE id = ?');
  const cancel = (escalation: Escalation, reason: string, at: number) => {
    const step = { kind: 'cancel', reason } as const;
    return rows.change(escalation, step, { at, by: null }) ?? escalation;
  };
  return {
    grow(escalation, { session, entry }, now) {
      if (!isWaiting(escalation)) return;
      const request = requestOf(entry);
      const { reason, options, default: otherwise, severity, dedupeKey, requestId } = request;
      rows.write({ ...escalation, reason, options, default: otherwise, severity, dedupeKey, requestId });
      setKey.run(scopedKey(request, entry, placeOf(session)), escalation.id);
      posts.update(escalation, now);
    },
    takeBack(escalation, at, now) {
      if (!isWaiting(escalation)) return;
      posts.withdraw(escalation.id);
      posts.update(cancel(escalation, 'The message was edited and asks no more.', at), now);
    },
    forget(escalation, at, now) {
      // A decision is the person's, and the agent still waits for it.
      if (escalation.state !== 'decided') posts.withdraw(escalation.id);
      const after = cancel(escalation, DELETED, at);
      rows.write({ ...after, ...WORDLESS });
      unword(after);
      setKey.run(null, after.id);
      posts.update(after, now);
      if (isWaiting(escalation)) promote(after.id, at);
    },
  };
}

const WORDLESS = {
  reason: '',
  options: [],
  default: null,
  dedupeKey: null,
  requestId: null,
  remark: null,
  replyToMessageId: null,
} satisfies Partial<Escalation>;

/** The words that are not in its own row: of its events, and of what the agent was handed. */
function prepareUnword(db: Db): (escalation: Escalation) => void {
  const events = db.prepare<[number, string]>(
    'UPDATE escalation_events SET reason = NULL WHERE escalation = ? AND reason <> ?',
  );
  const handed = db.prepare<[string, string, number]>(`
    UPDATE artifacts SET content = json_remove(content, '$.reason', '$.dedupe_key')
    WHERE session_id = ? AND schema = ? AND content ->> 'escalation' = ?`);
  return ({ id, sessionId }) => {
    events.run(id, DELETED);
    handed.run(sessionId, DECISION_SCHEMA, id);
  };
}

/** The next one that asks the same asks by itself from now on, for the others as well. */
function preparePromote(db: Db, rows: EscalationRows): (id: number, at: number) => void {
  const next = db
    .prepare<[number], number>(
      "SELECT id FROM escalations WHERE merged_into = ? AND reason <> '' ORDER BY id LIMIT 1",
    )
    .pluck();
  const follow = db.prepare<[number, number, number]>(
    'UPDATE escalations SET merged_into = ? WHERE merged_into = ? AND id <> ?',
  );
  return (id, at) => {
    const heir = next.get(id);
    if (heir === undefined) return;
    const { changes } = follow.run(heir, id, heir);
    const occasion = { at, by: null, reason: 'What it was a part of was deleted.' };
    rows.write({ ...rows.change(rows.get(heir)!, { kind: 'detach' }, occasion)!, merged: changes });
  };
}

/** The escalation that an entry raised. */
export function prepareFindRaised(db: Db): (entry: Entry) => Escalation | null {
  const find = db.prepare<[string, number], EscalationRow>(
    `${ESCALATIONS} WHERE s.session_id = ? AND x.step = ?`,
  );
  return ({ sessionId, step }) => {
    const row = find.get(sessionId, step);
    return row ? toEscalation(row) : null;
  };
}
