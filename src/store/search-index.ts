import type { Live, LiveWorkspace } from './live.ts';
import type { Db } from './sqlite.ts';

/** How often the index looks whether it may follow, in ms. */
const TICK_MS = 20;
/** With so many entries a tick the store has its hands full. */
const BUSY = 100;
/** With more entries than this to index it follows all the same, so that a search has seconds at most to catch up with. */
const BACKLOG = 100_000;
/** After a slice that could not be written, in ms. */
const RETRY_MS = 1000;
/** Entries in one transaction: a few ms. */
const SLICE = 200;

/**
 * The full-text index follows the entries. Indexing a text costs several times as much as storing it, so what has just been said is
 * stored first, and indexed when the flood is over; a search indexes what is left of its workspace before it looks.
 * How far the index has come is in the database, so after a restart it goes on where it was.
 */
export class SearchIndex {
  readonly #live: Live;
  readonly #index: (workspace: LiveWorkspace, most: number) => void;
  #timer: NodeJS.Timeout | null = null;
  /** Entries since the last tick. */
  #added = 0;

  constructor(db: Db, live: Live) {
    this.#live = live;
    this.#index = prepareIndexing(db);
    this.follow(0);
  }

  /** Lets the index come after so many entries that were just recorded. */
  follow(added: number): void {
    this.#added += added;
    this.#timer ??= setTimeout(() => this.#run(), TICK_MS);
  }

  /** Indexes everything that waits, of one workspace or of all. */
  catchUp(workspaceId?: number): void {
    for (const workspace of this.#waiting()) {
      if (workspaceId === undefined || workspace.id === workspaceId) this.#index(workspace, Infinity);
    }
  }

  /** Indexes a slice of what waits; true while more does. */
  indexSome(): boolean {
    const [workspace] = this.#waiting();
    if (!workspace) return false;
    this.#index(workspace, SLICE);
    return true;
  }

  /** What is left is indexed when the database is opened the next time. */
  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #run(): void {
    const waiting = this.#waiting();
    const backlog = waiting.reduce((sum, { lastEntryId, indexedId }) => sum + lastEntryId - indexedId, 0);
    const mayIndex = this.#added < BUSY || backlog > BACKLOG;
    this.#added = 0;
    const pause = mayIndex && waiting[0] ? this.#tryIndex(waiting[0]) : TICK_MS;
    this.#timer = backlog === 0 ? null : setTimeout(() => this.#run(), pause);
  }

  /** Gives the ms until the next slice. What cannot be written now, on a full disk say, is tried again: it stays in the backlog. */
  #tryIndex(workspace: LiveWorkspace): number {
    try {
      this.#index(workspace, SLICE);
      return 0;
    } catch {
      return RETRY_MS;
    }
  }

  #waiting(): LiveWorkspace[] {
    return [...this.#live.values()].filter(({ lastEntryId, indexedId }) => indexedId < lastEntryId);
  }
}

interface Text {
  id: number;
  message: string;
  tags: string;
}

function prepareIndexing(db: Db): (workspace: LiveWorkspace, most: number) => void {
  // The driver binds numbers beyond 32 bits as reals; rows are compared with them rightly, but rowids are not looked up by them.
  const texts = db.prepare<[number, number, number], Text>(`
    SELECT id, message, tags FROM entries
    WHERE id > CAST(? AS INTEGER) AND id <= CAST(? AS INTEGER) ORDER BY id LIMIT ?`);
  const add = db.prepare<[number, string, string]>(
    'INSERT INTO entries_fts (rowid, message, tags) VALUES (CAST(? AS INTEGER), ?, ?)',
  );
  const mark = db.prepare<[number, number]>('UPDATE workspaces SET indexed_id = ? WHERE id = ?');
  const indexSlice = db.transaction((workspace: LiveWorkspace): number => {
    const slice = texts.all(workspace.indexedId, workspace.lastEntryId, SLICE);
    for (const { id, message, tags } of slice) add.run(id, message, tags);
    const indexedId = slice.length < SLICE ? workspace.lastEntryId : slice.at(-1)!.id;
    mark.run(indexedId, workspace.id);
    return indexedId;
  });
  return (workspace, most) => {
    for (let done = 0; done < most && workspace.indexedId < workspace.lastEntryId; done += SLICE) {
      workspace.indexedId = indexSlice(workspace);
    }
  };
}
