import type { Entry } from '../domain/entry.ts';
import { ENTRY_COLUMNS, toEntry } from './entry-row.ts';
import type { EntryRow } from './entry-row.ts';
import { ID_RANGE } from './live.ts';
import { matchExpression } from './search.ts';
import { idsIn, shardOf } from './shards.ts';
import type { Db } from './sqlite.ts';
import type { SearchQuery } from './store.ts';

export type Find = (query: SearchQuery) => Entry[];

/** The lowest and the highest id that may match; null when there is none. */
type Range = { first: number | null; last: number | null };

/**
 * {@link EntryStore.search} in one full-text table whose rowids are entry ids: shard by shard, the newest first. Each of the matches costs
 * the same, however large the database is.
 */
export function prepareFind(db: Db, table: 'entries_fts' | 'waiting_fts' = 'entries_fts'): Find {
  // CROSS JOIN keeps the index outermost: it walks its range from the newest match back and stops at the limit. FTS5 minds a range
  // only when its ends are integers, and the driver binds numbers beyond 32 bits as reals: hence CAST.
  const matches = `
    SELECT ${ENTRY_COLUMNS}
    FROM ${table} f CROSS JOIN entries e ON e.id = f.rowid
      JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id
    WHERE f.${table} MATCH :match AND f.rowid BETWEEN CAST(:first AS INTEGER) AND CAST(:last AS INTEGER)`;
  const ofWorkspace = db.prepare<[Record<string, unknown>], EntryRow>(
    `${matches} ORDER BY f.rowid DESC LIMIT :limit`,
  );
  const ofSession = db.prepare<[Record<string, unknown>], EntryRow>(
    `${matches} AND s.session_id = :sessionId ORDER BY f.rowid DESC LIMIT :limit`,
  );
  const workspaceRange = db.prepare<[{ first: number; last: number }], Range>(`
    SELECT
      (SELECT min(id) FROM entries WHERE id BETWEEN CAST(:first AS INTEGER) AND CAST(:last AS INTEGER)) AS first,
      (SELECT max(id) FROM entries WHERE id BETWEEN CAST(:first AS INTEGER) AND CAST(:last AS INTEGER)) AS last`);
  const sessionRange = db.prepare<[Record<string, unknown>], Range>(`
    SELECT
      (SELECT id FROM entries WHERE session = s.id ORDER BY step LIMIT 1) AS first,
      (SELECT id FROM entries WHERE session = s.id ORDER BY step DESC LIMIT 1) AS last
    FROM sessions s WHERE s.session_id = :sessionId AND s.workspace_id = :workspaceId`);
  const rangeOf = ({ workspaceId, sessionId }: SearchQuery) =>
    sessionId === undefined
      ? workspaceRange.get({ first: workspaceId * ID_RANGE, last: (workspaceId + 1) * ID_RANGE - 1 })
      : sessionRange.get({ sessionId, workspaceId });
  return (query) => {
    const { words, tags, limit, sessionId } = query;
    const { first, last } = rangeOf(query) ?? { first: null, last: null };
    if (first === null || last === null) return [];
    const rows: EntryRow[] = [];
    for (let shard = shardOf(last); shard >= shardOf(first) && rows.length < limit; shard -= 1) {
      const match = matchExpression(words, tags, shard);
      if (match === null) break;
      const ids = idsIn(shard);
      const found = {
        match,
        first: Math.max(first, ids.first),
        last: Math.min(last, ids.last),
        limit: limit - rows.length,
        sessionId,
      };
      rows.push(...(sessionId === undefined ? ofWorkspace : ofSession).all(found));
    }
    return rows.map(toEntry);
  };
}
