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

/** How many entries at most are old enough: the same without a look at each entry of the sessions that go on. */
export function prepareRoughOutlook(db: Db): (age: Age) => number {
  const count = db
    .prepare<[Age], number>(`
      SELECT ifnull(sum(steps - gone), 0) FROM sessions WHERE workspace_id = :workspaceId AND started_at < :before`)
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
