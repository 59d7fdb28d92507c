import type { Age } from './expire.ts';
import type { HasRoom } from './slices.ts';
import type { Db } from './sqlite.ts';

/** Rows that one statement deletes. */
const AT_ONCE = 50;
/** A bot's latest entry may be younger than its note says, in ms: see BOT_NEWS_MS in batch.ts. */
const NOTE_LAG = 2 * 3_600_000;

/** What is known of a workspace beside its sessions, as old. True while more is left. */
export type ExpireRest = (age: Age, hasRoom: HasRoom) => boolean;

export function prepareExpireRest(db: Db): ExpireRest {
  const some = (table: string, age: string) =>
    db.prepare<[Age & { limit: number }]>(`
      DELETE FROM ${table}
      WHERE rowid IN (SELECT rowid FROM ${table} WHERE workspace_id = :workspaceId AND ${age} < :before LIMIT :limit)`);
  const many = [some('artifacts', 'created_at'), some('gaps', 'to_at')];
  const few = [
    db.prepare<[Age]>('DELETE FROM reports WHERE workspace_id = :workspaceId AND to_at < :before'),
    db.prepare<[Age]>(`
      DELETE FROM insights
      WHERE workspace_id = :workspaceId AND created_at < :before AND state NOT IN ('approved', 'shared')`),
    db.prepare<[Age]>('DELETE FROM report_looks WHERE workspace_id = :workspaceId AND at < :before'),
    db.prepare<[Age]>(
      `DELETE FROM workspace_bots WHERE workspace_id = :workspaceId AND last_at < :before - ${NOTE_LAG}`,
    ),
  ];
  return (age, hasRoom) => {
    for (const statement of many) {
      while (statement.run({ ...age, limit: AT_ONCE }).changes > 0) if (!hasRoom()) return true;
    }
    for (const statement of few) statement.run(age);
    return false;
  };
}

/** What belongs to no workspace: what was posted long ago, and what is known of times that nobody asks about any more. */
export type ExpireGlobal = (before: { posted: number; everything: number }, hasRoom: HasRoom) => boolean;

export function prepareExpireGlobal(db: Db): ExpireGlobal {
  const posted = db.prepare<[number, number]>(`
    DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE due_at IS NULL AND created_at < ? LIMIT ?)`);
  const interruptions = db.prepare<[number, number]>(`
    DELETE FROM interruptions
    WHERE id IN (SELECT id FROM interruptions WHERE from_at < ? AND caught_up_at IS NOT NULL LIMIT ?)`);
  const askers = db.prepare<[number]>('DELETE FROM askers WHERE first_at < ?');
  return (before, hasRoom) => {
    while (posted.run(before.posted, AT_ONCE).changes > 0) if (!hasRoom()) return true;
    while (interruptions.run(before.everything, AT_ONCE).changes > 0) if (!hasRoom()) return true;
    askers.run(before.everything);
    return false;
  };
}

/** Called with the row of an author up to which was looked; returns the next one, null at the end. */
export type SweepNames = (after: number, hasRoom: HasRoom) => number | null;

/**
 * Nobody is known by name of whom nothing is recorded any more. The row stays, empty: looking for what may refer to it would mean
 * to look at every entry.
 */
export function prepareSweepNames(db: Db): SweepNames {
  const next = db.prepare<[number], { id: number; isUsed: number }>(NEXT_AUTHOR);
  const clear = db.prepare<[number]>(
    "UPDATE authors SET key = 'gone:' || id, name = '', dialect = NULL, dialect_by = NULL WHERE id = ?",
  );
  return (after, hasRoom) => {
    let last = after;
    while (hasRoom()) {
      const author = next.get(last);
      if (!author) return null;
      if (author.isUsed === 0) clear.run(author.id);
      last = author.id;
    }
    return last;
  };
}

/** What somebody said of a bot by command is a setting. */
const NEXT_AUTHOR = `
  SELECT a.id, iif(a.kind = 'person',
    EXISTS (SELECT 1 FROM entries WHERE author_id = a.id AND role IS NULL)
      OR EXISTS (SELECT 1 FROM escalation_events WHERE author_id = a.id)
      OR EXISTS (SELECT 1 FROM insight_events WHERE author_id = a.id)
      OR EXISTS (SELECT 1 FROM insights WHERE author_id = a.id OR added_by = a.id),
    a.role IS NOT NULL OR a.dialect_by IS 'command'
      OR EXISTS (SELECT 1 FROM workspace_bots WHERE author_id = a.id)
      OR EXISTS (SELECT 1 FROM escalations WHERE answer_to = a.id)
      OR EXISTS (SELECT 1 FROM insights WHERE author_id = a.id)
      OR EXISTS (SELECT 1 FROM insight_deliveries WHERE author_id = a.id)
  ) AS isUsed
  FROM authors a WHERE a.id > ? AND a.name <> '' ORDER BY a.id LIMIT 1`;
