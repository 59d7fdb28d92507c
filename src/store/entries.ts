import type { Author, AuthorKind, BotRole } from '../domain/author.ts';
import type { Entry, Level, Origin, ToolRun } from '../domain/entry.ts';
import { prepareAppend } from './append.ts';
import { ID_RANGE } from './live.ts';
import type { Live } from './live.ts';
import { prepareStepCount } from './participants.ts';
import { matchExpression } from './search.ts';
import type { SearchIndex } from './search-index.ts';
import type { EndSession } from './sessions.ts';
import type { Db } from './sqlite.ts';
import type { EntryFilter, EntryStore, SearchQuery } from './store.ts';

interface Row {
  session_id: string;
  step: number;
  message_id: string;
  part: number;
  at: number;
  author_key: string;
  author_name: string;
  author_kind: AuthorKind;
  role: BotRole | null;
  level: Level;
  category: string;
  message: string;
  origin: Origin;
  triggered_by: string;
  mentions: string | null;
  handoff_to: string | null;
  response_to: number | null;
  coordinator_mode: number;
  escalation: number;
  confidence: number | null;
  duration_ms: number | null;
  tool: string | null;
  details: string | null;
  insight_category: string | null;
  masked: number;
  edited_at: number | null;
  deleted_at: number | null;
}

const COLUMNS = `
  s.session_id, e.step, e.message_id, e.part, e.at, a.key AS author_key, a.name AS author_name, a.kind AS author_kind,
  e.role, e.level, e.category, e.message, e.origin, e.triggered_by, e.mentions, e.handoff_to, e.response_to,
  e.coordinator_mode, e.escalation, e.confidence, e.duration_ms, e.tool, e.details,
  e.insight_category, e.masked, e.edited_at, e.deleted_at`;

const ENTRIES = `
  SELECT ${COLUMNS} FROM entries e JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id`;

const OF_SESSION = `
  SELECT ${COLUMNS}
  FROM sessions s CROSS JOIN entries e ON e.session = s.id JOIN authors a ON a.id = e.author_id
  WHERE s.session_id = ?`;

export function createEntries(db: Db, live: Live, endSession: EndSession, index: SearchIndex): EntryStore {
  const append = prepareAppend(db, live, endSession);
  const byMessage = db.prepare<[string], Row>(`${ENTRIES} WHERE e.message_id = ? ORDER BY e.part LIMIT 1`);
  const byStep = db.prepare<[string, number], Row>(`${OF_SESSION} AND e.step = ?`);
  const around = db.prepare<[string, number, number], Row>(
    `${OF_SESSION} AND e.step BETWEEN ? AND ? ORDER BY e.step`,
  );
  const page = preparePage(db);
  const search = prepareSearch(db);
  return {
    async append(drafts, rules) {
      const appended = append(drafts, rules);
      index.follow(appended.recorded);
      return appended;
    },
    async page(filter, offset, limit) {
      return page(filter, offset, limit);
    },
    async byMessage(messageId) {
      return maybe(byMessage.get(messageId));
    },
    async around(sessionId, step, radius) {
      return around.all(sessionId, step - radius, step + radius).map(toEntry);
    },
    async byStep(sessionId, step) {
      return maybe(byStep.get(sessionId, step));
    },
    async search(query) {
      index.catchUp(query.workspaceId);
      return search(query);
    },
  };
}

type Page = { entries: Entry[]; total: number };

function preparePage(db: Db): (filter: EntryFilter, offset: number, limit: number) => Page {
  const total = db.prepare<[string], number>('SELECT steps FROM sessions WHERE session_id = ?').pluck();
  // Steps have no gaps, so an unfiltered page starts where its number says and skips nothing.
  const whole = db.prepare<[string, number, number], Row>(
    `${OF_SESSION} AND e.step > ? ORDER BY e.step LIMIT ?`,
  );
  const stepCount = prepareStepCount(db);
  const filtered = db.prepare<[Record<string, unknown>], Row>(
    `${OF_SESSION.replace('?', ':sessionId')} AND (:authorKey IS NULL OR a.key = :authorKey) AND e.coordinator_mode >= :coordinated
    ORDER BY e.step LIMIT :limit OFFSET :offset`,
  );
  return ({ sessionId, authorKey = null, coordinatorMode = false }, offset, limit) => {
    if (authorKey === null && !coordinatorMode) {
      return { entries: whole.all(sessionId, offset, limit).map(toEntry), total: total.get(sessionId) ?? 0 };
    }
    const of = { sessionId, authorKey, coordinated: Number(coordinatorMode) };
    const entries = filtered.all({ ...of, limit, offset }).map(toEntry);
    return { entries, total: stepCount(of) };
  };
}

/** The highest and the lowest id that may match. */
type Range = { first: number; last: number };

function prepareSearch(db: Db): (query: SearchQuery) => Entry[] {
  // CROSS JOIN keeps the index outermost: it walks its range from the newest match back and stops at the limit. FTS5 minds a range
  // only when its ends are integers, and the driver binds numbers beyond 32 bits as reals: hence CAST.
  const matches = `
    SELECT ${COLUMNS}
    FROM entries_fts f CROSS JOIN entries e ON e.id = f.rowid
      JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id
    WHERE f.entries_fts MATCH :match AND f.rowid BETWEEN CAST(:first AS INTEGER) AND CAST(:last AS INTEGER)`;
  const ofWorkspace = db.prepare<[Record<string, unknown>], Row>(
    `${matches} ORDER BY f.rowid DESC LIMIT :limit`,
  );
  const ofSession = db.prepare<[Record<string, unknown>], Row>(
    `${matches} AND s.session_id = :sessionId ORDER BY f.rowid DESC LIMIT :limit`,
  );
  const sessionRange = db.prepare<[Record<string, unknown>], Range>(`
    SELECT
      (SELECT id FROM entries WHERE session = s.id ORDER BY step LIMIT 1) AS first,
      (SELECT id FROM entries WHERE session = s.id ORDER BY step DESC LIMIT 1) AS last
    FROM sessions s WHERE s.session_id = :sessionId AND s.workspace_id = :workspaceId`);
  return ({ workspaceId, sessionId, words, tags, limit }) => {
    const match = matchExpression(words, tags);
    if (match === null) return [];
    if (sessionId === undefined) {
      const range = { first: workspaceId * ID_RANGE, last: (workspaceId + 1) * ID_RANGE - 1 };
      return ofWorkspace.all({ match, limit, ...range }).map(toEntry);
    }
    const range = sessionRange.get({ sessionId, workspaceId });
    return range ? ofSession.all({ match, limit, sessionId, ...range }).map(toEntry) : [];
  };
}

function maybe(row: Row | undefined): Entry | null {
  return row ? toEntry(row) : null;
}

function toEntry(row: Row): Entry {
  return {
    sessionId: row.session_id,
    step: row.step,
    messageId: row.message_id,
    part: row.part,
    at: row.at,
    author: { key: row.author_key, name: row.author_name, kind: row.author_kind },
    role: row.role,
    level: row.level,
    category: row.category,
    message: row.message,
    origin: row.origin,
    triggeredBy: row.triggered_by,
    mentions: parse<Author[]>(row.mentions, []).map(({ name }) => `@${name}`),
    handoffTo: parse<string[]>(row.handoff_to, []),
    responseTo: row.response_to,
    coordinatorMode: row.coordinator_mode === 1,
    escalation: row.escalation === 1,
    confidence: row.confidence,
    durationMs: row.duration_ms,
    tool: parse<ToolRun | null>(row.tool, null),
    details: parse<Record<string, unknown> | null>(row.details, null),
    insightCategory: row.insight_category,
    masked: row.masked,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
  };
}

function parse<T>(json: string | null, otherwise: T): T {
  return json === null ? otherwise : (JSON.parse(json) as T);
}
