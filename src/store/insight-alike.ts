import type { InsightCore } from './insight-core.ts';
import type { InsightStore } from './store.ts';

/** So many in one transaction, which leaves the recording its time. */
const AT_ONCE = 200;

const ALIKE = `
  FROM insights o JOIN insights i ON i.workspace_id = o.workspace_id AND i.state = 'pending'
  WHERE o.id = :id AND i.author_id = o.author_id AND i.shared_at IS NULL AND i.private_thread = 0`;

/** Those that wait like another one: {@link InsightStore.alike} and what can be done with them. */
export function prepareAlike({ db, rows, posts }: InsightCore): Pick<InsightStore, 'alike' | 'rejectAlike'> {
  const counted = db.prepare<[{ id: number }], { count: number; newest: number }>(
    `SELECT count(*) AS count, ifnull(max(i.id), 0) AS newest ${ALIKE}`,
  );
  const some = db
    .prepare<[{ id: number; upTo: number }], number>(
      `SELECT i.id ${ALIKE} AND i.id <= :upTo ORDER BY i.id LIMIT ${AT_ONCE}`,
    )
    .pluck();
  const reject = db.transaction(
    (id: number, { by, upTo }: Parameters<InsightStore['rejectAlike']>[1], at: number) => {
      const ids = some.all({ id, upTo });
      for (const one of ids) rows.change(rows.get(one)!, { kind: 'reject' }, { at, by });
      if (ids.length > 0) posts.changed(rows.get(id)!, at);
      return ids.length;
    },
  );
  return {
    alike: async (id) => counted.get({ id })!,
    rejectAlike: async (id, how, at) => reject.immediate(id, how, at),
  };
}
