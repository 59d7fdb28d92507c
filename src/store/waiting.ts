import type { Entry } from '../domain/entry.ts';
import { prepareFind } from './find.ts';
import type { Find } from './find.ts';
import { ID_RANGE } from './live.ts';
import { filedIn, shardOf } from './shards.ts';
import type { Db } from './sqlite.ts';

/**
 * How many of a workspace's newest entries are looked at beside the index: it falls behind by no more (see search-index.ts), but while it
 * is made anew after a migration.
 */
const WAITING_MAX = 100_000;

/**
 * {@link EntryStore.search} for a database that may not be written: what the search index does not have yet is indexed in memory,
 * once for each workspace, and found by the same rules.
 */
export function prepareFindWithoutIndexing(db: Db): Find {
  const index = prepareWaitingIndex(db);
  const findIndexed = prepareFind(db);
  const findWaiting = prepareFind(db, 'waiting_fts');
  const known = new Set<number>();
  return (query) => {
    if (!known.has(query.workspaceId)) index(query.workspaceId);
    known.add(query.workspaceId);
    const newest = findWaiting(query);
    // The bot may have indexed some of them by now.
    const seen = new Set(newest.map(keyOf));
    const older = findIndexed(query).filter((entry) => !seen.has(keyOf(entry)));
    return [...newest, ...older].slice(0, query.limit);
  };
}

/** {@link StoreReader.partlySearched}, for one workspace. */
export function preparePartlySearched(db: Db): (workspaceId: number) => boolean {
  const isMore = db
    .prepare<[Record<string, number>], number>(`
      SELECT EXISTS (SELECT 1 FROM entries WHERE id > ${LAST_INDEXED} AND id <= ${LAST_LEFT_OUT})`)
    .pluck();
  return (workspaceId) => isMore.get(idsOf(workspaceId)) === 1;
}

// The driver binds numbers beyond 32 bits as reals, and rowids are not looked up by those: hence CAST.
const LAST_INDEXED =
  'coalesce((SELECT indexed_id FROM workspaces WHERE id = :workspaceId), CAST(:first AS INTEGER))';
const LAST_LEFT_OUT = `((SELECT max(id) FROM entries WHERE id BETWEEN CAST(:first AS INTEGER) AND CAST(:last AS INTEGER)) - ${WAITING_MAX})`;

function idsOf(workspaceId: number): Record<string, number> {
  const first = workspaceId * ID_RANGE;
  return { workspaceId, first, last: first + ID_RANGE - 1 };
}

function keyOf({ messageId, part }: Entry): string {
  return `${messageId}/${part}`;
}

function prepareWaitingIndex(db: Db): (workspaceId: number) => void {
  db.exec(`
    CREATE VIRTUAL TABLE temp.waiting_fts USING fts5 (
      message, tags, content = '', tokenize = 'porter unicode61', columnsize = 0
    )`);
  db.function('filed', { deterministic: true }, (id: number, text: string) => filedIn(shardOf(id), text));
  const add = db.prepare<[Record<string, number>]>(`
    INSERT INTO temp.waiting_fts (rowid, message, tags)
    SELECT id, filed(id, message), filed(id, tags) FROM entries
    WHERE id > max(${LAST_INDEXED}, ${LAST_LEFT_OUT}) AND id <= CAST(:last AS INTEGER)
    ORDER BY id`);
  return (workspaceId) => void add.run(idsOf(workspaceId));
}
