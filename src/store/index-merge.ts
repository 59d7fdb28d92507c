import type { Db } from './sqlite.ts';

/** Pages that are written in one step of a merge: a third of a ms. */
const PAGES = 4;

/**
 * A step of merging the search index's segments, inside a transaction of the caller's; false when there was nothing to merge. `isBegin`:
 * from now on all that the index has becomes one segment.
 */
export type MergeStep = (isBegin?: boolean) => boolean;

export function prepareMergeStep(db: Db): MergeStep {
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  return (isBegin = false) => {
    const before = changes.get()!;
    // The driver binds numbers as reals, which this setting is not.
    db.exec(`INSERT INTO entries_fts (entries_fts, rank) VALUES ('merge', ${isBegin ? -PAGES : PAGES})`);
    // https://www.sqlite.org/fts5.html#the_merge_command
    return changes.get()! - before >= 2;
  };
}
