import type { Author, BotRole } from '../domain/author.ts';
import type { Db } from './sqlite.ts';
import type { BotProfile, BotStore } from './store.ts';

interface Row extends Author {
  role: BotRole | null;
  dialect: string | null;
  dialectBy: BotProfile['dialectBy'];
  lastAt: number | null;
}

const COLUMNS = 'a.key, a.name, a.kind, a.role, a.dialect, a.dialect_by AS dialectBy';

export function createBots(db: Db): BotStore {
  const inWorkspaces = db.prepare<[string, number], Row>(`
    SELECT ${COLUMNS}, max(b.last_at) AS lastAt
    FROM json_each(?) w
      CROSS JOIN workspace_bots b ON b.workspace_id = w.value
      JOIN authors a ON a.id = b.author_id
    GROUP BY a.id ORDER BY max(b.last_at) DESC, a.id LIMIT ?`);
  const byKeys = db.prepare<[string], Row>(`
    SELECT ${COLUMNS}, NULL AS lastAt
    FROM json_each(?) k JOIN authors a ON a.key = k.value WHERE a.kind <> 'person'`);
  const setRole = db.prepare<[BotRole, string]>('UPDATE authors SET role = ? WHERE key = ?');
  const setDialect = db.prepare<[Record<string, unknown>]>(`
    UPDATE authors SET dialect = :name, dialect_by = :by
    WHERE key = :key AND (:by = 'command' OR dialect_by IS NOT 'command')`);
  const describe = db.transaction((key: string, { role, dialect }: Parameters<BotStore['describe']>[1]) => {
    if (role) setRole.run(role, key);
    if (dialect) setDialect.run({ ...dialect, key });
  });
  return {
    async list(workspaceIds, limit) {
      return inWorkspaces.all(JSON.stringify(workspaceIds), limit).map((row) => toProfile(row).author);
    },
    async profiles(workspaceIds, limit) {
      return inWorkspaces.all(JSON.stringify(workspaceIds), limit).map(toProfile);
    },
    async byKeys(keys) {
      return byKeys.all(JSON.stringify(keys)).map(toProfile);
    },
    async describe(key, what) {
      describe(key, what);
    },
  };
}

function toProfile({ key, name, kind, ...profile }: Row): BotProfile {
  return { author: { key, name, kind }, ...profile };
}
