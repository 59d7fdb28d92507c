import type { Enqueue } from './outbox.ts';
import type { Db } from './sqlite.ts';
import type { DayReport, ReportStore } from './store.ts';

interface Row {
  workspace_id: number;
  to_at: number;
  from_at: number;
  late: number;
}

export function createReports(db: Db, enqueue: Enqueue): ReportStore {
  const get = db.prepare<[number, number], Row>('SELECT * FROM reports WHERE workspace_id = ? AND to_at = ?');
  const latest = db.prepare<[number], Row>(
    'SELECT * FROM reports WHERE workspace_id = ? ORDER BY to_at DESC LIMIT 1',
  );
  const looked = db
    .prepare<[string, number], number>('SELECT at FROM report_looks WHERE user_id = ? AND workspace_id = ?')
    .pluck();
  const look = db.prepare<[string, number, number]>(`
    INSERT INTO report_looks VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)`);
  const note = prepareNote(db, enqueue);
  return {
    async note(report, day, at) {
      return note.immediate(report, day, at);
    },
    async get(workspaceId, to) {
      return maybe(get.get(workspaceId, to));
    },
    async latest(workspaceId) {
      return maybe(latest.get(workspaceId));
    },
    async looked(userId, workspaceId) {
      return looked.get(userId, workspaceId) ?? null;
    },
    async look(userId, workspaceId, at) {
      look.run(userId, workspaceId, at);
    },
  };
}

function prepareNote(db: Db, enqueue: Enqueue) {
  const insert = db.prepare<[Record<string, number>]>(`
    INSERT INTO reports (workspace_id, to_at, from_at, late)
    SELECT :workspaceId, :to, :from, :late
    WHERE NOT EXISTS (SELECT 1 FROM reports WHERE workspace_id = :workspaceId AND to_at >= :dayFrom)`);
  const post = db.prepare<[number, number, number]>(
    'UPDATE reports SET outbox_id = ? WHERE workspace_id = ? AND to_at = ?',
  );
  return db.transaction(
    (
      report: DayReport,
      { dayFrom, isPosted }: { dayFrom: number; isPosted: boolean },
      at: number,
    ): boolean => {
      const { workspaceId, to, late } = report;
      if (insert.run({ ...report, late: Number(late), dayFrom }).changes === 0) return false;
      if (isPosted) post.run(enqueue({ subject: { kind: 'report', workspaceId, to } }, at), workspaceId, to);
      return true;
    },
  );
}

function maybe(row: Row | undefined): DayReport | null {
  if (!row) return null;
  return { workspaceId: row.workspace_id, from: row.from_at, to: row.to_at, late: row.late === 1 };
}
