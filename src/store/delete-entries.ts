import type { IndexedTexts } from './indexed-texts.ts';
import { ID_RANGE } from './live.ts';
import type { Live } from './live.ts';
import type { HasRoom } from './slices.ts';
import type { Db } from './sqlite.ts';

interface Row {
  id: number;
  step: number;
  at: number;
  authorId: number;
  coordinated: number;
  messageId: string;
  message: string;
  tags: string;
}

/** A session that steps are deleted of. */
export interface Shrinking {
  /** The key of its row. */
  id: number;
  /** How many of its first steps are gone. */
  gone: number;
  /** The table of participants has its steps up to this one. */
  tallied: number;
}

/** The first steps of a session, deleted with all that came of them. */
export interface Deleted {
  entries: number;
  /** The last of them; as before when nothing was deleted. */
  gone: number;
  /** There is no further step, or none that is old enough. */
  done: boolean;
}

/** Called inside a transaction. Steps go from the first on, so that those left have no gaps. */
export type DeleteEntries = (session: Shrinking, before: number, hasRoom: HasRoom) => Deleted;

/** Rows are read so many at a time, since how many there is time to delete is not known before. */
const AT_ONCE = 100;

export function prepareDeleteEntries(db: Db, live: Live, texts: IndexedTexts): DeleteEntries {
  const first = db.prepare<[Shrinking & { limit: number }], Row>(`
    SELECT id, step, at, author_id AS authorId, coordinator_mode AS coordinated, message_id AS messageId, message, tags
    FROM entries WHERE session = :id AND step > :gone ORDER BY step LIMIT :limit`);
  const remove = prepareRemove(db, live, texts);
  const settle = prepareSettle(db);
  return (session, before, hasRoom) => {
    const some = first.all({ ...session, limit: AT_ONCE });
    const rows: Row[] = [];
    for (const row of some) {
      if (row.at >= before || !hasRoom()) break;
      remove(row);
      rows.push(row);
    }
    const gone = rows.at(-1)?.step ?? session.gone;
    if (rows.length > 0) settle(session, rows, gone);
    const next = some[rows.length];
    return { entries: rows.length, gone, done: next ? next.at >= before : some.length < AT_ONCE };
  };
}

/** An entry leaves the search index as well, if that has it already. */
function prepareRemove(db: Db, live: Live, texts: IndexedTexts): (row: Row) => void {
  const artifacts = db.prepare<[string]>('DELETE FROM artifacts WHERE message_id = ?');
  const remove = db.prepare<[number]>('DELETE FROM entries WHERE id = CAST(? AS INTEGER)');
  return ({ id, message, tags, messageId }) => {
    const workspace = live.get(Math.floor(id / ID_RANGE));
    if (workspace && id <= workspace.indexedId) texts.remove({ id, message, tags });
    artifacts.run(messageId);
    remove.run(id);
  };
}

/** Keeps the rows that sum up a session's entries right. */
function prepareSettle(db: Db): (session: Shrinking, rows: readonly Row[], gone: number) => void {
  const count = db.prepare<[number, number, number, number]>(`
    UPDATE participants SET steps = steps - ?, coordinated = coordinated - ? WHERE session = ? AND author_id = ?`);
  const forget = db.prepare<[number]>('DELETE FROM participants WHERE session = ? AND steps <= 0');
  const escalations = db.prepare<[number, number]>('DELETE FROM escalations WHERE session = ? AND step <= ?');
  const objections = db.prepare<[number, number]>('DELETE FROM objections WHERE session = ? AND step <= ?');
  const shrink = db.prepare<[Record<string, number>]>(SHRINK);
  return ({ id, tallied }, rows, gone) => {
    const counted = rows.filter(({ step }) => step <= tallied);
    for (const { authorId, coordinated } of counted) count.run(1, coordinated, id, authorId);
    if (counted.length > 0) forget.run(id);
    escalations.run(id, gone);
    objections.run(id, gone);
    shrink.run({ id, gone });
  };
}

/** What a message said of its session as a whole goes with the message. */
const SHRINK = `
  UPDATE sessions SET gone = :gone, tallied = max(tallied, :gone),
    query = iif(EXISTS (SELECT 1 FROM entries WHERE message_id = query_by), query, ''),
    final_output = iif(EXISTS (SELECT 1 FROM entries WHERE message_id = final_output_by), final_output, NULL),
    summary = iif(EXISTS (SELECT 1 FROM entries WHERE message_id = summary_by), summary, NULL)
  WHERE id = :id`;
