import type { Draft } from '../domain/entry.ts';
import type { FeedbackCounts } from '../domain/feedback.ts';
import type { AddStep } from './add-step.ts';
import type { Follower } from './entries.ts';
import type { Db } from './sqlite.ts';
import type { FeedbackStore } from './store.ts';

export function createFeedback(db: Db, steps: AddStep, index: Follower): FeedbackStore {
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
  const object = prepareObject(db, steps);
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

function prepareObject(db: Db, steps: AddStep): (sessionId: string, draft: Draft) => number | null {
  const note = db.prepare<[number, number, string, number]>(
    'INSERT OR IGNORE INTO objections VALUES (?, ?, ?, ?)',
  );
  const write = db.transaction((sessionId: string, draft: Draft) => {
    const added = steps.insert(sessionId, draft);
    if (!added) return null;
    const { session, entry } = added;
    note.run(session, entry.responseTo!, entry.author.key, entry.at);
    return added;
  });
  return (sessionId, draft) => {
    const added = write.immediate(sessionId, draft);
    if (added) steps.adopt(added);
    return added?.entry.step ?? null;
  };
}
