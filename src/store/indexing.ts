import type { Durability } from './durability.ts';
import { prepareMergeStep } from './index-merge.ts';
import { prepareAddText } from './indexed-texts.ts';
import type { IndexedText } from './indexed-texts.ts';
import type { LiveWorkspace } from './live.ts';
import type { Db } from './sqlite.ts';

/** The work of the search index, each call in a transaction of its own. None waits for the disk: it can be made anew from the entries. */
export interface Indexing {
  /** Takes in what waits of a workspace, for about so many ms. */
  some(workspace: LiveWorkspace, ms: number): void;
  /** Merges segments for about so many ms; true while there is more to merge. */
  merge(ms: number): boolean;
}

/** Entries in one transaction, at most. */
const SLICE = 200;
/** Entries between two looks at the clock, half a ms: fewer in a transaction would leave more to merge. */
const ROWS = 40;

export function prepareIndexing(db: Db, durability: Durability): Indexing {
  const slice = prepareSlice(db);
  const mergeStep = prepareMergeStep(db);
  return {
    some: (workspace, ms) => durability.withoutWaiting(() => slice(workspace, performance.now() + ms)),
    merge: (ms) => {
      const until = performance.now() + ms;
      return durability.withoutWaiting(() => {
        let isMore = mergeStep();
        while (isMore && performance.now() < until) isMore = mergeStep();
        return isMore;
      });
    },
  };
}

/** Moves a workspace's index on. */
function prepareSlice(db: Db): (workspace: LiveWorkspace, until: number) => void {
  // The driver binds numbers beyond 32 bits as reals; rows are compared with them rightly, but rowids are not looked up by them.
  const texts = db.prepare<[number, number, number], IndexedText>(`
    SELECT id, message, tags FROM entries
    WHERE id > CAST(? AS INTEGER) AND id <= CAST(? AS INTEGER) ORDER BY id LIMIT ?`);
  const add = prepareAddText(db);
  const mark = db.prepare<[number, number]>('UPDATE workspaces SET indexed_id = ? WHERE id = ?');
  const write = db.transaction(({ id, indexedId, lastEntryId }: LiveWorkspace, until: number) => {
    let reached = indexedId;
    for (let done = 0; done < SLICE && reached < lastEntryId; done += ROWS) {
      if (done > 0 && performance.now() >= until) break;
      const found = texts.all(reached, lastEntryId, ROWS);
      for (const text of found) add(text);
      reached = found.length < ROWS ? lastEntryId : found.at(-1)!.id;
    }
    mark.run(reached, id);
    return reached;
  });
  return (workspace, until) => {
    workspace.indexedId = write(workspace, until);
  };
}
