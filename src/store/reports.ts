import type { Enqueue } from './outbox.ts';
import type { Db } from './sqlite.ts';
import type { DayReport, ReportStore } from './store.ts';

interface Row {
  workspace_id: number;
  day: string;
  from_at: number;
  to_at: number;
  late: number;
}

export function createReports(db: Db, enqueue: Enqueue): ReportStore {
  const get = db.prepare<[number, string], Row>('SELECT * FROM reports WHERE workspace_id = ? AND day = ?');
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
    async note(report, isPosted, at) {
      return note.immediate(report, isPosted, at);
    },
    async get(workspaceId, day) {
      return maybe(get.get(workspaceId, day));
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
  const insert = db.prepare<[number, string, number, number, number]>(`
    INSERT INTO reports (workspace_id, day, from_at, to_at, late) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const post = db.prepare<[number, number, string]>(
    'UPDATE reports SET outbox_id = ? WHERE workspace_id = ? AND day = ?',
  );
  return db.transaction((report: DayReport, isPosted: boolean, at: number): boolean => {
    const { workspaceId, day, from, to, late } = report;
    if (insert.run(workspaceId, day, from, to, Number(late)).changes === 0) return false;
    if (isPosted) post.run(enqueue({ subject: { kind: 'report', workspaceId, day } }, at), workspaceId, day);
    return true;
  });
}

function maybe(row: Row | undefined): DayReport | null {
  if (!row) return null;
  return {
    workspaceId: row.workspace_id,
    day: row.day,
    from: row.from_at,
    to: row.to_at,
    late: row.late === 1,
  };
}
