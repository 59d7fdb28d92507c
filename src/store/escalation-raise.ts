import type { Author } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';
import type { Escalation } from '../domain/escalation.ts';
import { requestOf } from '../domain/escalation-request.ts';
import type { EscalationRequest } from '../domain/escalation-request.ts';
import { nextLook } from '../domain/escalation-changes.ts';
import type { EscalationRows } from './escalation-changes.ts';
import { preparePlaceOf, scopedKey } from './escalation-key.ts';
import type { AskedIn } from './escalation-key.ts';
import type { Posts } from './escalation-posts.ts';
import type { Db } from './sqlite.ts';

/** The entry that asks, and where its answer goes. */
export interface Asking {
  /** The key of its session's row. */
  session: number;
  entry: Entry;
  answerTo: Author;
  replyToMessageId: string | null;
}

/** Raises an escalation; called inside the transaction that adds its entry. `now` is when the entry came to be known, ms UTC. */
export type Raise = (asking: Asking, now: number) => Escalation;

interface Parts {
  db: Db;
  rows: EscalationRows;
  posts: Posts;
}

export function prepareRaise({ db, rows, posts }: Parts): Raise {
  const placeOf = preparePlaceOf(db);
  const same = db
    .prepare<[number, string], number>(`
      SELECT id FROM escalations WHERE workspace_id = ? AND same_key = ? AND closed_at IS NULL ORDER BY id LIMIT 1`)
    .pluck();
  const insert = prepareInsert(db, rows);
  const announce = (escalation: Escalation, now: number) => {
    if (!rows.alerts(escalation.workspaceId)) return;
    const busyUntil = posts.busyUntil(escalation.workspaceId, now);
    if (busyUntil === null) {
      posts.card(escalation, rows.heldUntil(escalation, now) === null, now);
      rows.write({ ...escalation, carded: true });
    } else {
      posts.digest(escalation.workspaceId, now);
      rows.write({
        ...escalation,
        wakeAt: busyUntil,
        nextAt: nextLook({ ...escalation, wakeAt: busyUntil }),
      });
    }
  };
  return (asking, now) => {
    const place = placeOf(asking.session);
    const request = inTime(requestOf(asking.entry), now);
    const key = scopedKey(request, asking.entry, place);
    const open = key === null ? undefined : same.get(place.workspaceId, key);
    const raised = rows.get(insert(asking, request, place, key))!;
    if (open === undefined) announce(raised, now);
    else mergeInto(rows.get(open)!, raised, now);
    return rows.get(raised.id)!;
  };

  function mergeInto(open: Escalation, raised: Escalation, now: number): void {
    const { by, raisedAt: at } = raised;
    rows.change(raised, { kind: 'merge', into: open.id }, { at, by });
    posts.update(rows.change(open, { kind: 'append' }, { at, by })!, now);
  }
}

/** A time-out that was over before anybody could know of it gave nobody a chance. */
function inTime(request: EscalationRequest, now: number): EscalationRequest {
  const { timeoutAt, remark } = request;
  if (timeoutAt === null || timeoutAt > now) return request;
  const late = 'Its time-out had passed before it was seen here, so it waits.';
  return { ...request, timeoutAt: null, remark: remark === null ? late : `${remark} ${late}` };
}

function prepareInsert(db: Db, rows: EscalationRows) {
  const columns =
    `workspace_id session step message_id part reply_to kind author_id answer_to confidence reason options
    default_option severity dedupe_key request_id same_key remark raised_at timeout_at on_timeout state version state_at
    state_by next_at carded`.split(/\s+/);
  const insert = db.prepare<[Record<string, string | number | null>]>(
    `INSERT INTO escalations (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`,
  );
  return (asking: Asking, request: EscalationRequest, place: AskedIn, key: string | null): number => {
    const { entry, session, answerTo, replyToMessageId } = asking;
    const by = rows.authorId(entry.author);
    const id = insert.run({
      ...requestValues(request),
      workspace_id: place.workspaceId,
      session,
      step: entry.step,
      message_id: entry.messageId,
      part: entry.part,
      reply_to: replyToMessageId,
      author_id: by,
      answer_to: rows.authorId(answerTo),
      confidence: entry.confidence,
      same_key: key,
      raised_at: entry.at,
      state: 'open',
      version: 1,
      state_at: entry.at,
      state_by: by,
      next_at: request.timeoutAt,
      carded: 0,
    }).lastInsertRowid;
    rows.note(Number(id), {
      version: 1,
      kind: 'raised',
      at: entry.at,
      by: entry.author,
      reason: request.remark,
    });
    return Number(id);
  };
}

function requestValues(request: EscalationRequest) {
  return {
    kind: request.kind,
    reason: request.reason,
    options: JSON.stringify(request.options),
    default_option: request.default,
    severity: request.severity,
    dedupe_key: request.dedupeKey,
    request_id: request.requestId,
    remark: request.remark,
    timeout_at: request.timeoutAt,
    on_timeout: request.onTimeout,
  };
}
