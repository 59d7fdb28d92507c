import type { IndexRemoval } from './index-removal.ts';
import type { Revise } from './revise.ts';
import type { HasRoom, Slices } from './slices.ts';
import type { Db } from './sqlite.ts';

/** A thread, or a workspace's channel with all its threads (`threadId` null). */
export interface GonePlace {
  workspaceId: number;
  threadId: string | null;
}

interface Parts {
  db: Db;
  slices: Slices;
  removal: IndexRemoval;
  revise: Pick<Revise, 'eraseSteps'>;
}

interface SessionRow {
  id: number;
  steps: number;
}

/** Removes all that was said in a place; its steps stay, marked as deleted. Returns how many. */
export function prepareErasePlace({ db, slices, removal, revise }: Parts) {
  const sessionsOf = db.prepare<[GonePlace], SessionRow>(`
    SELECT id, steps - gone AS steps FROM sessions
    WHERE workspace_id = :workspaceId AND (:threadId IS NULL OR thread_id = :threadId) ORDER BY id DESC`);
  const next = db.prepare<[number, number], { id: number; step: number }>(`
    SELECT id, step FROM entries WHERE session = ? AND step > ? AND deleted_at IS NULL ORDER BY step LIMIT 1`);
  return async (place: GonePlace, at: number): Promise<number> => {
    const left = sessionsOf.all(place);
    const isMany = left.reduce((sum, { steps }) => sum + steps, 0) > removal.few;
    let [erased, step] = [0, 0];
    const eraseSome = (hasRoom: HasRoom) => {
      for (let session = left.at(-1); session; session = left.at(-1)) {
        for (let row = next.get(session.id, step); row; row = next.get(session.id, step)) {
          if (!hasRoom()) return true;
          revise.eraseSteps([row.id], at);
          step = row.step;
          erased += 1;
        }
        left.pop();
        step = 0;
      }
      return false;
    };
    await slices.run(removal.removing(isMany, eraseSome));
    return erased;
  };
}
