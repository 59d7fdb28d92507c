import { ENTRY_COLUMNS, toEntry } from './entry-row.ts';
import type { EntryRow } from './entry-row.ts';
import type { Db } from './sqlite.ts';
import type { InsightFollower } from '../domain/insight.ts';
import type { InsightStore } from './store.ts';

/** So many of the latest sessions are looked at for decisions that may have followed. */
const SESSIONS_MAX = 50;

const NAMED = `
  SELECT ${ENTRY_COLUMNS} FROM insight_uses u JOIN entries e ON e.id = u.entry JOIN sessions s ON s.id = e.session
    JOIN authors a ON a.id = e.author_id
  WHERE u.insight = :id AND s.workspace_id IN (SELECT value FROM json_each(:workspaceIds)) AND e.deleted_at IS NULL
  ORDER BY e.at DESC LIMIT :limit`;

/** Only where the insight was meant for: its own workspace, or any when it is for the whole server. */
const LIKELY = `
  SELECT ${ENTRY_COLUMNS}
  FROM sessions s CROSS JOIN entries e ON e.session = s.id JOIN authors a ON a.id = e.author_id
    JOIN insight_deliveries d ON d.insight = :id AND d.author_id = e.author_id
  WHERE s.id IN (
      SELECT z.id FROM sessions z JOIN insights i ON i.id = :id
      WHERE z.workspace_id IN (SELECT value FROM json_each(:workspaceIds)) AND z.last_at >= i.shared_at
        AND (i.scope ->> 'within' = 'server' OR z.workspace_id = i.workspace_id)
      ORDER BY z.last_at DESC LIMIT ${SESSIONS_MAX}
    )
    AND e.level = 'decision' AND e.at >= d.delivered_at AND e.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM insight_uses u WHERE u.insight = :id AND u.entry = e.id)
  ORDER BY e.at DESC LIMIT :limit`;

/** {@link InsightStore.followed}. */
export function prepareFollowed(db: Db) {
  const named = db.prepare<[Record<string, unknown>], EntryRow>(NAMED);
  const likely = db.prepare<[Record<string, unknown>], EntryRow>(LIKELY);
  return (
    id: number,
    { workspaceIds, limit }: Parameters<InsightStore['followed']>[1],
  ): InsightFollower[] => {
    const of = { id, workspaceIds: JSON.stringify(workspaceIds), limit };
    const reported = named.all(of).map((row) => ({ entry: toEntry(row), how: 'reported' as const }));
    const inferred = likely.all(of).map((row) => ({ entry: toEntry(row), how: 'inferred' as const }));
    return [...reported, ...inferred].slice(0, limit);
  };
}
