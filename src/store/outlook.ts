import type { Age } from './expire.ts';
import type { Db } from './sqlite.ts';

/** What of a workspace is old enough to go. */
export interface Outlook {
  /** Entries of sessions that began earlier: some of them may be younger while their session runs. */
  entries: number;
  sessions: number;
  /** ms UTC: when the oldest session began; null: there is none. */
  oldestAt: number | null;
}

/** Which steps of a session that goes on are looked at, counted from its first: each is twice as far on as the one before. */
const PROBES = JSON.stringify(Array.from({ length: 24 }, (_, power) => 2 ** power));

/**
 * About how many entries are old enough, without a look at each. Of a session that goes on, half of them count at least: its steps are
 * in the order of their times, but for a few.
 */
export function prepareRoughOutlook(db: Db): (age: Age) => number {
  const count = db
    .prepare<[Age], number>(`
      SELECT ifnull(sum(iif(s.last_at < :before, s.steps - s.gone, (
        SELECT ifnull(max(p.value), 0)
        FROM json_each('${PROBES}') p CROSS JOIN entries e ON e.session = s.id AND e.step = s.gone + p.value
        WHERE e.at < :before
      ))), 0)
      FROM sessions s WHERE s.workspace_id = :workspaceId AND s.started_at < :before`)
    .pluck();
  return (age) => count.get(age)!;
}

export function prepareOutlook(db: Db): (age: Age) => Outlook {
  const count = db.prepare<[Age], Pick<Outlook, 'entries' | 'sessions'>>(`
    SELECT count(*) AS sessions, ifnull(sum(steps - gone), 0) AS entries
    FROM sessions WHERE workspace_id = :workspaceId AND started_at < :before AND last_at < :before`);
  const straddling = db
    .prepare<[Age], number>(`
      SELECT count(*) FROM sessions s JOIN entries e ON e.session = s.id
      WHERE s.workspace_id = :workspaceId AND s.started_at < :before AND s.last_at >= :before AND e.at < :before`)
    .pluck();
  const oldest = db
    .prepare<[number], number | null>('SELECT min(started_at) FROM sessions WHERE workspace_id = ?')
    .pluck();
  return (age) => {
    const { entries, sessions } = count.get(age)!;
    const oldestAt = oldest.get(age.workspaceId) ?? null;
    return { sessions, entries: entries + straddling.get(age)!, oldestAt };
  };
}
