import type { GapReason, Interruption, PlacedGap } from '../domain/coverage.ts';
import type { Recorded } from '../domain/catch-up.ts';
import type { Db } from './sqlite.ts';
import type { CoverageStore, Mark, Place } from './store.ts';

/** Notes how far a place has been read; an earlier message changes nothing. Called inside the transaction that records it. */
export type SetMark = (mark: Mark) => void;

export function prepareSetMark(db: Db): SetMark {
  const set = db.prepare<[number, string, string]>(`
    INSERT INTO marks (workspace_id, thread_id, message_id) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET message_id = excluded.message_id
    WHERE CAST(excluded.message_id AS INTEGER) > CAST(message_id AS INTEGER)`);
  return ({ workspaceId, threadId, messageId }) => void set.run(workspaceId, threadId ?? '', messageId);
}

export function createCoverage(db: Db): CoverageStore {
  return { ...createMarks(db), ...createGaps(db), ...createInterruptions(db) };
}

type Marks = Pick<CoverageStore, 'marks' | 'mark' | 'recorded'>;

/**
 * Of an answer in several messages, each is looked up by itself. What people told the bot by its own forms and buttons is a step, but
 * no message in Discord; nor is what programs reported (domain/report.ts).
 */
const RECORDED = `
  SELECT messageId, max(changedAt) AS changedAt
  FROM (
    SELECT ifnull(c.message_id, e.message_id) AS messageId, ifnull(c.at, max(e.at, ifnull(e.edited_at, 0))) AS changedAt,
      ifnull(c.deleted_at, e.deleted_at) AS deletedAt
    FROM sessions s CROSS JOIN entries e ON e.session = s.id JOIN authors a ON a.id = e.author_id
      LEFT JOIN chunks c ON c.entry = e.id
    WHERE s.workspace_id = :workspaceId AND s.thread_id IS :threadId
      AND NOT (a.kind = 'person' AND e.origin = 'reported') AND e.message_id NOT GLOB 'a*'
    ORDER BY s.id DESC, e.step DESC LIMIT :limit
  )
  WHERE deletedAt IS NULL
  GROUP BY messageId`;

function createMarks(db: Db): Marks {
  const set = prepareSetMark(db);
  const ofWorkspace = db.prepare<[number], Mark>(`
    SELECT workspace_id AS workspaceId, nullif(thread_id, '') AS threadId, message_id AS messageId
    FROM marks WHERE workspace_id = ?`);
  const recorded = db.prepare<[Place & { limit: number }], Recorded>(RECORDED);
  return {
    async marks(workspaceId) {
      return ofWorkspace.all(workspaceId);
    },
    async mark(mark) {
      set(mark);
    },
    async recorded({ workspaceId, threadId }, limit) {
      return recorded.all({ workspaceId, threadId, limit });
    },
  };
}

interface GapRow {
  workspaceId: number;
  threadId: string | null;
  privateThread: number;
  whole: number;
  reason: GapReason;
  from: number;
  to: number | null;
}

type Gaps = Pick<CoverageStore, 'gaps' | 'addGap' | 'openGap' | 'closeGap'>;

function createGaps(db: Db): Gaps {
  const list = db.prepare<[Record<string, unknown>], GapRow>(`
    SELECT workspace_id AS workspaceId, thread_id AS threadId, private_thread AS privateThread, whole, reason,
      from_at AS "from", to_at AS "to"
    FROM gaps
    WHERE workspace_id IN (SELECT value FROM json_each(:workspaceIds)) AND from_at <= :to
      AND (to_at IS NULL OR to_at >= :from)
    ORDER BY from_at DESC LIMIT :limit`);
  const add = db.prepare(`
    INSERT INTO gaps (workspace_id, thread_id, private_thread, whole, reason, from_at, to_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const open = db.prepare<[number, GapReason, number]>(`
    INSERT INTO gaps (workspace_id, thread_id, private_thread, whole, reason, from_at, to_at)
    VALUES (?, NULL, 0, 1, ?, ?, NULL)
    ON CONFLICT (workspace_id) WHERE to_at IS NULL DO UPDATE SET reason = excluded.reason`);
  const forget = db.prepare<[number]>('DELETE FROM gaps WHERE workspace_id = ? AND to_at IS NULL');
  const end = db.prepare<[number, number]>(
    'UPDATE gaps SET to_at = max(from_at, ?) WHERE workspace_id = ? AND to_at IS NULL',
  );
  return {
    async gaps({ workspaceIds, from, to }, limit) {
      return list.all({ workspaceIds: JSON.stringify(workspaceIds), from, to, limit }).map(toGap);
    },
    async addGap({ workspaceId, threadId, privateThread, whole, reason, from, to }) {
      add.run(workspaceId, threadId, Number(privateThread), Number(whole), reason, from, to);
    },
    async openGap(workspaceId, reason, from) {
      open.run(workspaceId, reason, from);
    },
    async closeGap(workspaceId, endedAt) {
      if (endedAt === null) forget.run(workspaceId);
      else end.run(endedAt, workspaceId);
    },
  };
}

function toGap({ privateThread, whole, ...row }: GapRow): PlacedGap {
  return { ...row, privateThread: privateThread === 1, whole: whole === 1 };
}

type Interruptions = Pick<
  CoverageStore,
  'started' | 'beat' | 'stopped' | 'heardUntil' | 'lost' | 'back' | 'caughtUp' | 'interruptions'
>;

function createInterruptions(db: Db): Interruptions {
  const beat = db.prepare<[number, number]>(`
    INSERT INTO presence (id, seen_at, clean, paused) VALUES (1, ?, 0, ?)
    ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at, clean = 0, paused = excluded.paused`);
  const stopped = db.prepare<[number]>('UPDATE presence SET seen_at = ?, clean = 1');
  const heardUntil = db.prepare<[], number>('SELECT seen_at FROM presence').pluck();
  const lose = db.prepare<[string, number]>(`
    INSERT INTO interruptions (cause, from_at)
    SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM interruptions WHERE to_at IS NULL AND caught_up_at IS NULL)`);
  const back = db.prepare<[number]>('UPDATE interruptions SET to_at = ? WHERE to_at IS NULL');
  const caughtUp = db.prepare<[number]>(
    'UPDATE interruptions SET caught_up_at = ? WHERE caught_up_at IS NULL AND to_at IS NOT NULL',
  );
  const list = db.prepare<[Record<string, number>], Interruption>(`
    SELECT cause, from_at AS "from", to_at AS "to", caught_up_at AS caughtUpAt FROM interruptions
    WHERE from_at <= :to AND (to_at IS NULL OR to_at >= :from) ORDER BY from_at DESC LIMIT :limit`);
  return {
    started: prepareStarted(db, lose),
    async beat(at, isPaused) {
      beat.run(at, Number(isPaused));
    },
    async stopped(at) {
      stopped.run(at);
    },
    async heardUntil() {
      return heardUntil.get() ?? null;
    },
    async lost(at) {
      lose.run('connection', at);
    },
    async back(at) {
      back.run(at);
    },
    async caughtUp(at) {
      caughtUp.run(at);
    },
    async interruptions({ from, to }, limit) {
      return list.all({ from, to, limit });
    },
  };
}

interface PresenceRow {
  seen_at: number;
  clean: number;
  paused: number;
  resumed_at: number | null;
}

function prepareStarted(db: Db, lose: { run(cause: string, at: number): unknown }): CoverageStore['started'] {
  const presence = db.prepare<[], PresenceRow>('SELECT * FROM presence');
  const since = db
    .prepare<[], number | null>('SELECT min(from_at) FROM interruptions WHERE caught_up_at IS NULL')
    .pluck();
  const resume = db.prepare<[number]>('UPDATE presence SET resumed_at = ?');
  const start = db.transaction((at: number) => {
    const before = presence.get();
    if (before) lose.run('stopped', before.seen_at);
    if (before?.paused === 1) resume.run(at);
    return {
      since: since.get() ?? null,
      clean: before?.clean === 1,
      resumedAt: before?.paused === 1 ? at : (before?.resumed_at ?? null),
    };
  });
  return async (at) => start.immediate(at);
}
