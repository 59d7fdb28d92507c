import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StartupError } from '../errors.ts';
import type { ErasureStore } from './erasure.ts';
import { requireMigrated } from './migrate.ts';
import { MIGRATIONS, storeOver } from './open.ts';
import { explain } from './sqlite.ts';
import type { Advice, Db } from './sqlite.ts';
import type {
  ArtifactStore,
  BotStore,
  CoverageStore,
  EntryStore,
  GuildStore,
  SessionStore,
  Store,
  WorkspaceStore,
} from './store.ts';
import { prepareFindWithoutIndexing, preparePartlySearched } from './waiting.ts';

/** The part of the {@link Store} that reads. */
export interface StoreReader extends Pick<Store, 'close'> {
  erasure: Pick<ErasureStore, 'outlook'>;
  workspaces: Pick<WorkspaceStore, 'list'>;
  guilds: Pick<GuildStore, 'timezones'>;
  sessions: Pick<SessionStore, 'get' | 'list' | 'latest' | 'participants'>;
  entries: Pick<EntryStore, 'page' | 'byMessage' | 'ofMessage' | 'around' | 'byStep' | 'search'>;
  bots: Pick<BotStore, 'list'>;
  artifacts: Pick<ArtifactStore, 'ofSession'>;
  coverage: Pick<CoverageStore, 'gaps' | 'interruptions' | 'heardUntil'>;
  /**
   * Those of these workspaces whose older steps a search does not find yet, because their index is being made anew: the bot waits for
   * it, a reader cannot. To be asked before the search: the index goes on meanwhile.
   */
  partlySearched(workspaceIds: readonly number[]): Promise<number[]>;
}

interface ReadOnlyOptions {
  /** The SQLite file. */
  path: string;
  /** Where the .sql files are. */
  migrationsDir?: string | undefined;
}

/**
 * Opens the store beside a bot that may be running on it: it takes no lock, brings no schema up to date and changes nothing, not
 * even the search index, and still finds what has just been recorded.
 *
 * @throws StartupError that says what to do: there is no database, it is of another program or version, or it cannot be read.
 */
export async function openStoreReadOnly({
  path,
  migrationsDir = MIGRATIONS,
}: ReadOnlyOptions): Promise<StoreReader> {
  const db = openDatabaseReadOnly(path);
  try {
    requireMigrated(db, migrationsDir);
    const store = storeOver({ db, close: () => void db.close() }, new Map(), NO_INDEX);
    const find = prepareFindWithoutIndexing(db);
    const isPartlySearched = preparePartlySearched(db);
    return {
      ...store,
      entries: { ...store.entries, search: async (query) => find(query) },
      partlySearched: async (workspaceIds) => workspaceIds.filter(isPartlySearched),
    };
  } catch (error) {
    db.close();
    throw explain(error, path, ADVICE);
  }
}

/** @throws StartupError that says what to do, when there is no such file or it cannot be read */
export function openDatabaseReadOnly(path: string): Db {
  if (path === ':memory:')
    throw new StartupError(
      'WORK_LOGS_DB is :memory:, so the log ends with the bot. Set it to the path of a file.',
    );
  try {
    requireFile(path);
    const db = new Database(path, { readonly: true, fileMustExist: true });
    db.pragma('temp_store = MEMORY');
    return db;
  } catch (error) {
    throw explain(error, path, ADVICE);
  }
}

function requireFile(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat)
    throw new StartupError(
      `There is no database ${path}. Start the bot once (npm start), or set WORK_LOGS_DB to where it is.`,
    );
  if (!stat.isFile())
    throw new StartupError(`${path} is not a file. Set WORK_LOGS_DB to the path of the database.`);
}

const NO_INDEX = { follow() {}, async catchUp() {}, stop() {} };

const ADVICE: Advice[] = [
  [
    /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM)/,
    'cannot be read. Give the user of this process the right to read the file and, while the bot is stopped, to write to its directory.',
  ],
];
