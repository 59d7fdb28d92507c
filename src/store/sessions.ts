import { isIdle } from '../domain/work-log.ts';
import type { EndReason, IdleTimes, WorkLog } from '../domain/work-log.ts';
import type { AfterEnd } from './closing-card.ts';
import { placeKey } from './live.ts';
import type { Live, LiveWorkspace, OpenSession } from './live.ts';
import { prepareParticipants } from './participants.ts';
import type { Db } from './sqlite.ts';
import type { Place, SessionStore } from './store.ts';

interface Row {
  session_id: string;
  workspace_id: number;
  thread_id: string | null;
  private_thread: number;
  conversation: string | null;
  query: string;
  coordinator: string | null;
  started_at: number;
  last_at: number;
  ended_at: number | null;
  end_reason: EndReason | null;
  final_output: string | null;
  summary: string | null;
  steps: number;
  handoffs: number;
  tools: number;
  errors: number;
  uncertain: number;
  escalations: number;
  dropped: number;
  masked: number;
  waiting: number;
  last_said: string | null;
  digest: string | null;
}

/** `s` is the session. */
const COLUMNS = `
  s.*, (SELECT count(*) FROM escalations e WHERE e.session = s.id AND e.closed_at IS NULL) AS waiting,
  (SELECT final_output FROM session_summaries WHERE session = s.id) AS last_said,
  (SELECT summary FROM session_summaries WHERE session = s.id) AS digest`;

/**
 * A few sessions of a few workspaces, those with the latest entries: only `limit` workspaces can have one among the newest `limit`.
 * Sorting all sessions of all workspaces would take longer with every session.
 */
const NEWEST = `
  SELECT ${COLUMNS}
  FROM (
      SELECT DISTINCT value AS id FROM json_each(:workspaceIds)
      ORDER BY (SELECT max(last_at) FROM sessions WHERE workspace_id = value) DESC LIMIT :limit
    ) w
    CROSS JOIN sessions s
      ON s.id IN (SELECT id FROM sessions WHERE workspace_id = w.id ORDER BY last_at DESC, id DESC LIMIT :limit)
  ORDER BY s.last_at DESC, s.id DESC LIMIT :limit`;

/** An open session whose latest step is older still runs. */
const DURING = `
  SELECT ${COLUMNS} FROM sessions s
  WHERE started_at < :to AND private_thread = 0 AND id IN (
    SELECT id FROM sessions WHERE workspace_id = :workspaceId AND last_at >= :from
    UNION SELECT id FROM sessions WHERE workspace_id = :workspaceId AND ended_at IS NULL
  ) AND id > ifnull((SELECT id FROM sessions WHERE session_id = :after), 0)
  ORDER BY id LIMIT :limit`;

/** Marks a session as ended, not before its latest entry. The live state is the caller's. */
export type EndSession = (session: OpenSession, at: number, reason: EndReason) => void;

export function prepareEndSession(db: Db, afterEnd: AfterEnd | null): EndSession {
  const end = db.prepare<[number, EndReason, number]>(
    'UPDATE sessions SET ended_at = ?, end_reason = ? WHERE id = ?',
  );
  return (session, at, reason) => {
    const endedAt = Math.max(at, session.lastAt);
    end.run(endedAt, reason, session.id);
    afterEnd?.(session.id, endedAt, reason);
  };
}

export function createSessions(db: Db, live: Live, endSession: EndSession): SessionStore {
  const get = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM sessions s WHERE session_id = ?`);
  const newest = db.prepare<[{ workspaceIds: string; limit: number }], Row>(NEWEST);
  const latest = db.prepare<[number, string | null], Row>(
    `SELECT ${COLUMNS} FROM sessions s WHERE workspace_id = ? AND thread_id IS ? ORDER BY id DESC LIMIT 1`,
  );
  const threads = db.prepare<[number], { threadId: string; startedAt: number }>(`
    SELECT thread_id AS threadId, min(started_at) AS startedAt FROM sessions
    WHERE workspace_id = ? AND thread_id IS NOT NULL GROUP BY thread_id ORDER BY max(id) DESC`);
  const during = db.prepare<[Record<string, number | string | null>], Row>(DURING);
  const participants = prepareParticipants(db);
  return {
    async get(sessionId) {
      return maybe(get.get(sessionId));
    },
    async list({ workspaceIds, limit }) {
      return newest.all({ workspaceIds: JSON.stringify(workspaceIds), limit }).map(toWorkLog);
    },
    async during(query) {
      return during.all({ ...query }).map(toWorkLog);
    },
    async latest({ workspaceId, threadId }) {
      return maybe(latest.get(workspaceId, threadId));
    },
    async threads(workspaceId) {
      return threads.all(workspaceId);
    },
    async participants(sessionId) {
      return participants(sessionId);
    },
    ...createEnding(db, live, endSession),
  };
}

type Ending = Pick<SessionStore, 'closeIdle' | 'close'>;

function createEnding(db: Db, live: Live, endSession: EndSession): Ending {
  const endAll = db.transaction((sessions: OpenSession[], at: number, reason: EndReason) => {
    for (const session of sessions) endSession(session, at, reason);
  });
  return {
    async closeIdle(now, idle) {
      const ended = [...live.values()].map((workspace) => ({
        workspace,
        sessions: idleOnes(workspace, now, idle),
      }));
      // An idle session ended with its latest entry, however late that is noticed.
      endAll(
        ended.flatMap(({ sessions }) => sessions),
        0,
        'idle',
      );
      for (const { workspace, sessions } of ended) {
        for (const session of sessions) workspace.open.delete(placeKey(session));
      }
      return ended.reduce((sum, { sessions }) => sum + sessions.length, 0);
    },
    async close({ workspaceId, threadId }: Place, at: number, reason: EndReason) {
      const open = live.get(workspaceId)?.open;
      const sessions = [...(open?.values() ?? [])].filter((session) => session.threadId === threadId);
      endAll(sessions, at, reason);
      for (const session of sessions) open?.delete(placeKey(session));
    },
  };
}

function idleOnes({ setting, open }: LiveWorkspace, now: number, idle: IdleTimes): OpenSession[] {
  return [...open.values()].filter(({ lastAt }) => isIdle(lastAt, now, idle[setting.type]));
}

function maybe(row: Row | undefined): WorkLog | null {
  return row ? toWorkLog(row) : null;
}

function toWorkLog(row: Row): WorkLog {
  const { steps, handoffs, tools, errors, uncertain, escalations, dropped, masked } = row;
  return {
    sessionId: row.session_id,
    workspaceId: row.workspace_id,
    threadId: row.thread_id,
    privateThread: row.private_thread === 1,
    ...(row.conversation !== null && { conversation: row.conversation }),
    query: row.query,
    coordinator: row.coordinator,
    startedAt: row.started_at,
    lastAt: row.last_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    finalOutput: row.final_output ?? row.last_said,
    isOutputReported: row.final_output !== null,
    summary: row.summary ?? row.digest,
    waiting: row.waiting,
    counts: { steps, handoffs, tools, errors, uncertain, escalations, dropped, masked },
  };
}
