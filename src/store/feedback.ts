import type { Draft, Entry } from '../domain/entry.ts';
import type { FeedbackCounts } from '../domain/feedback.ts';
import { newMemory, placeInSession, remember } from '../domain/session.ts';
import type { Follower } from './entries.ts';
import { SAID_COLUMNS, saidValues } from './entry-row.ts';
import { placeKey } from './live.ts';
import type { Live, LiveWorkspace } from './live.ts';
import { addToTally } from './participants.ts';
import type { Db } from './sqlite.ts';
import type { FeedbackStore } from './store.ts';

export function createFeedback(db: Db, live: Live, index: Follower): FeedbackStore {
  const addAsker = db.prepare<[string, string, number]>('INSERT OR IGNORE INTO askers VALUES (?, ?, ?)');
  const hasRated = db
    .prepare<[string, string], 1>(
      'SELECT 1 FROM ratings r JOIN sessions s ON s.id = r.session WHERE s.session_id = ? AND r.user_id = ?',
    )
    .pluck();
  const rate = db.prepare<[Record<string, unknown>]>(`
    INSERT INTO ratings SELECT id, :userId, :helped, :at FROM sessions WHERE session_id = :sessionId
    ON CONFLICT DO UPDATE SET helped = excluded.helped, at = excluded.at`);
  const counts = db.prepare<[{ of: string }], FeedbackCounts>(COUNTS);
  const askers = db.prepare<[string], string>('SELECT user_id FROM askers WHERE guild_id = ?').pluck();
  const people = db
    .prepare<[number], string>("SELECT key FROM authors WHERE kind = 'person' ORDER BY id DESC LIMIT ?")
    .pluck();
  const object = prepareObject(db, live);
  return {
    async asked({ guildId, userId }, at) {
      addAsker.run(guildId, userId, at);
    },
    async hasRated(userId, sessionId) {
      return hasRated.get(sessionId, userId) === 1;
    },
    async rate({ userId, sessionId, helped }, at) {
      rate.run({ userId, sessionId, helped: Number(helped), at });
    },
    async object(sessionId, draft) {
      const step = object(sessionId, draft);
      if (step !== null) index.follow(1);
      return step;
    },
    async counts(workspaceIds) {
      return counts.get({ of: JSON.stringify(workspaceIds) })!;
    },
    async askers(guildId) {
      return askers.all(guildId);
    },
    async people(limit) {
      return people.all(limit);
    },
  };
}

/** A private thread is not for all who may read its workspace, so nothing is counted of it. */
const COUNTS = `
  WITH readable AS (
    SELECT id FROM sessions
    WHERE workspace_id IN (SELECT value FROM json_each(:of)) AND private_thread = 0
  )
  SELECT
    (SELECT count(*) FROM ratings WHERE helped = 1 AND session IN readable) AS helped,
    (SELECT count(*) FROM ratings WHERE helped = 0 AND session IN readable) AS notHelped,
    (SELECT count(*) FROM (SELECT DISTINCT session, step FROM objections WHERE session IN readable)) AS mistakes`;

interface SessionRow {
  id: number;
  workspaceId: number;
  threadId: string | null;
  steps: number;
}

const PLACED_COLUMNS = [
  'id',
  'session',
  'step',
  'message_id',
  'part',
  'at',
  'author_id',
  'role',
  'triggered_by',
  'response_to',
  'coordinator_mode',
];

/**
 * Adds a step to the very session that it is about, whether that still runs or not. So it does not go the way of messages, which
 * belong to whatever session their place has at the moment. The session's times stay as they are.
 */
function prepareObject(db: Db, live: Live): (sessionId: string, draft: Draft) => number | null {
  const find = db.prepare<[string], SessionRow>(`
    SELECT id, workspace_id AS workspaceId, thread_id AS threadId, steps FROM sessions WHERE session_id = ?`);
  const columns = [...PLACED_COLUMNS, ...SAID_COLUMNS];
  const insert = db.prepare(`
    INSERT INTO entries (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT (message_id, part) DO NOTHING`);
  const author = db
    .prepare<[string, string, string], number>(`
      INSERT INTO authors (key, name, kind) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET key = key RETURNING id`)
    .pluck();
  const count = db.prepare<[number, number, number]>(
    'UPDATE sessions SET steps = ?, masked = masked + ? WHERE id = ?',
  );
  const note = db.prepare<[number, number, string, number]>(
    'INSERT OR IGNORE INTO objections VALUES (?, ?, ?, ?)',
  );
  const write = db.transaction((session: SessionRow, workspace: LiveWorkspace, entry: Entry) => {
    const authorId = author.get(entry.author.key, entry.author.name, entry.author.kind)!;
    const placed = [
      workspace.lastEntryId + 1,
      session.id,
      entry.step,
      entry.messageId,
      entry.part,
      entry.at,
      authorId,
    ];
    const caused = [entry.role, entry.triggeredBy, entry.responseTo, Number(entry.coordinatorMode)];
    if (insert.run(...placed, ...caused, ...saidValues(entry, [])).changes === 0) return null;
    count.run(entry.step, entry.masked, session.id);
    note.run(session.id, entry.responseTo!, entry.author.key, entry.at);
    return authorId;
  });
  return (sessionId, draft) => {
    const session = find.get(sessionId);
    const workspace = session && live.get(session.workspaceId);
    if (!session || !workspace) return null;
    const entry = placeInSession(
      draft,
      { ...newMemory(sessionId), step: session.steps },
      workspace.setting,
      null,
    );
    const authorId = write.immediate(session, workspace, entry);
    if (authorId === null) return null;
    workspace.lastEntryId += 1;
    follow(workspace, session, entry, authorId);
    return entry.step;
  };
}

/** A session that still runs counts in memory. */
function follow({ open }: LiveWorkspace, { id, threadId }: SessionRow, entry: Entry, authorId: number): void {
  const running = open.get(placeKey(threadId));
  if (running?.id !== id) return;
  remember(running.memory, entry, []);
  running.counts.steps = entry.step;
  running.counts.masked += entry.masked;
  addToTally(running.tally, entry, authorId);
}
