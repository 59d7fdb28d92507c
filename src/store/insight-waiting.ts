import type { Db } from './sqlite.ts';
import type { InsightCounts, InsightsWaiting, OutboxSubject, Posted } from './store.ts';
import type { Exchanged } from '../domain/digest.ts';
import { INSIGHT_STATES } from '../domain/insight.ts';

const FLAGGED = "flag IS NOT NULL AND state IN ('approved', 'shared')";

/** Those of a workspace that need a person, and the message that says so. */
export function prepareWaiting(db: Db): (workspaceId: number) => InsightsWaiting {
  const pending = db.prepare<[number], { n: number; newest: number | null }>(`
    SELECT count(*) AS n, max(id) AS newest FROM insights
    WHERE workspace_id = ? AND state = 'pending' AND private_thread = 0`);
  const flagged = db.prepare<[number], { n: number; newest: number | null }>(`
    SELECT count(*) AS n, max(id) AS newest FROM insights WHERE workspace_id = ? AND ${FLAGGED} AND private_thread = 0`);
  const card = db.prepare<[number], NonNullable<InsightsWaiting['message']>>(`
    SELECT at, newest, channel_id AS channelId, message_id AS messageId FROM insight_cards WHERE workspace_id = ?`);
  return (workspaceId) => {
    const [waits, doubtful] = [pending.get(workspaceId)!, flagged.get(workspaceId)!];
    return {
      pending: waits.n,
      flagged: doubtful.n,
      newest: Math.max(waits.newest ?? 0, doubtful.newest ?? 0),
      message: card.get(workspaceId) ?? null,
    };
  };
}

type Told = Extract<OutboxSubject, { kind: 'insights-waiting' }>;

/**
 * Notes where that message is, and what it tells of: a new one counts from now, an edited one from its posting. Returns the one that is
 * followed by a new one.
 */
export function prepareNoteCard(db: Db): (told: Told, posted: Posted, at: number) => Posted | null {
  const find = db.prepare<[number], Posted>(
    'SELECT channel_id AS channelId, message_id AS messageId FROM insight_cards WHERE workspace_id = ?',
  );
  const note = db.prepare<[number, number, number, string, string]>(`
    INSERT INTO insight_cards VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET newest = max(newest, excluded.newest), channel_id = excluded.channel_id, message_id = excluded.message_id,
      at = iif(message_id = excluded.message_id, at, excluded.at)`);
  return ({ workspaceId, told }, { channelId, messageId }, at) => {
    const before = find.get(workspaceId);
    note.run(workspaceId, at, told, channelId, messageId);
    return before && before.messageId !== messageId ? before : null;
  };
}

/** {@link InsightStore.exchanged}. */
export function prepareExchanged(
  db: Db,
): (workspaceId: number, period: { from: number; to: number }) => Exchanged {
  const within = (column: string) => `${column} >= :from AND ${column} < :to`;
  const count = db.prepare<[Record<string, number>], Exchanged>(`
    SELECT count(*) FILTER (WHERE ${within('shared_at')}) AS shared,
      count(*) FILTER (WHERE state IN ('revoked', 'expired') AND shared_at IS NOT NULL AND ${within('state_at')}) AS takenBack
    FROM insights WHERE workspace_id = :workspaceId AND private_thread = 0`);
  return (workspaceId, { from, to }) => count.get({ workspaceId, from, to })!;
}

/** Those of private threads are nothing for everybody. */
export function prepareCounts(
  db: Db,
): (workspaceIds: number[], how?: { withPrivate: boolean }) => InsightCounts {
  const byState = db.prepare<[string, number], { state: keyof InsightCounts; n: number; flagged: number }>(`
    SELECT state, count(*) AS n, sum(${FLAGGED}) AS flagged FROM insights
    WHERE workspace_id IN (SELECT value FROM json_each(?)) AND private_thread <= ? GROUP BY state`);
  return (workspaceIds, { withPrivate } = { withPrivate: false }) => {
    const none = Object.fromEntries(
      [...INSIGHT_STATES, 'flagged'].map((state) => [state, 0]),
    ) as InsightCounts;
    for (const { state, n, flagged } of byState.all(JSON.stringify(workspaceIds), Number(withPrivate))) {
      none[state] = n;
      none.flagged += flagged;
    }
    return none;
  };
}
