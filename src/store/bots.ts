import type { Author } from '../domain/author.ts';
import type { Db } from './sqlite.ts';
import type { BotStore } from './store.ts';

export function createBots(db: Db): BotStore {
  const list = db.prepare<[string, number], Author>(`
    SELECT a.key, a.name, a.kind
    FROM json_each(?) w
      CROSS JOIN workspace_bots b ON b.workspace_id = w.value
      JOIN authors a ON a.id = b.author_id
    GROUP BY a.id ORDER BY max(b.last_at) DESC, a.id LIMIT ?`);
  return {
    async list(workspaceIds, limit) {
      return list.all(JSON.stringify(workspaceIds), limit);
    },
  };
}
