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

/** Removes all that was said in a place; its steps stay, marked as deleted. Returns how many. */
export function prepareErasePlace({ db, slices, removal, revise }: Parts) {
  const stepsOf = prepareSteps(db);
  return async (place: GonePlace, at: number): Promise<number> => {
    const steps = stepsOf(place);
    let erased = 0;
    const findFirst = (hasRoom: HasRoom) => {
      while (!steps.isDone && steps.look() === null) if (!hasRoom()) return true;
      return false;
    };
    const eraseSome = (hasRoom: HasRoom) => {
      while (!steps.isDone) {
        if (!hasRoom()) return true;
        const id = steps.look();
        if (id === null) continue;
        revise.eraseSteps([id], at);
        erased += 1;
      }
      return false;
    };
    // Each start asks anew, and mostly all of it is gone: then the index is left alone.
    await slices.run(findFirst);
    if (!steps.isDone) await slices.run(removal.removing(steps.atMost > removal.few, eraseSome));
    return erased;
  };
}

/** The steps of a place that are not deleted. */
interface Steps {
  atMost: number;
  isDone: boolean;
  /** The id of the first of them; null: there was none among the next few, or none at all. */
  look(): number | null;
}

/** So many steps are passed over in one go when they are deleted already: nobody waits for more. */
const FEW = 100;

function prepareSteps(db: Db): (place: GonePlace) => Steps {
  const sessionsOf = db.prepare<[GonePlace], { id: number; first: number; last: number }>(`
    SELECT id, gone + 1 AS first, steps AS last FROM sessions
    WHERE workspace_id = :workspaceId AND (:threadId IS NULL OR thread_id = :threadId) ORDER BY id DESC`);
  const find = db.prepare<[number, number, number], { id: number; step: number }>(`
    SELECT id, step FROM entries WHERE session = ? AND step BETWEEN ? AND ? AND deleted_at IS NULL ORDER BY step LIMIT 1`);
  return (place) => {
    const left = sessionsOf.all(place);
    return {
      atMost: left.reduce((sum, { first, last }) => sum + last - first + 1, 0),
      get isDone() {
        return left.length === 0;
      },
      look() {
        const session = left.at(-1);
        if (!session) return null;
        const { id, first, last } = session;
        const found = find.get(id, first, Math.min(first + FEW - 1, last));
        session.first = found?.step ?? first + FEW;
        if (session.first > last) left.pop();
        return found?.id ?? null;
      },
    };
  };
}
