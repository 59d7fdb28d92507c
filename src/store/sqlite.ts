import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { StartupError } from '../errors.ts';
import { takeLock } from './lock.ts';
import type { Lock } from './lock.ts';
import { migrate } from './migrate.ts';
import { createPrivate, PRIVATE_FOLDER } from './private-file.ts';

export type Db = Database.Database;

/** 16 MB of log between checkpoints instead of 4: pages that batch after batch changes are copied back less often. */
export const LOG_PAGES = 4000;

export interface OpenDatabase {
  db: Db;
  /** Checkpoints and closes the file, and lets other processes have it. */
  close(): void;
}

/**
 * Opens the database at `path` (`:memory:` for one that nothing else sees), creates it and its directory when missing, and
 * brings its schema up to date. Until it is closed, no second process can open it this way.
 *
 * @throws StartupError that says what to do, when the file cannot be used.
 */
export function openDatabase(path: string, migrationsDir: string, now: () => number): OpenDatabase {
  try {
    if (path === ':memory:') return prepare(path, null, migrationsDir, now);
    const file = locate(path);
    const lock = takeLock(file);
    try {
      createPrivate(file);
      return prepare(file, lock, migrationsDir, now);
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw explain(error, path);
  }
}

function prepare(file: string, lock: Lock | null, migrationsDir: string, now: () => number): OpenDatabase {
  const db = connect(file);
  try {
    migrate(db, migrationsDir, now);
    db.pragma('journal_mode = WAL');
    // A commit has reached the disk when it returns.
    db.pragma('synchronous = FULL');
    db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
    // 8 MB, and no memory map: what the process holds does not grow with the file. A larger cache made nothing faster.
    db.pragma('cache_size = -8000');
    db.pragma('mmap_size = 0');
  } catch (error) {
    db.close();
    throw error;
  }
  return { db, close: () => shut(db, lock) };
}

/** A connection as the store needs it: to a file, in memory (`:memory:`), or to a copy in memory of what `serialize` gave. */
export function connect(file: string | Buffer): Db {
  const db = new Database(file);
  try {
    // Before the first table: the kind of vacuum is fixed from then on.
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('foreign_keys = ON');
    // Deleted text is overwritten, in pages that FTS5 frees as well: FAST would leave it there.
    db.pragma('secure_delete = ON');
    db.pragma('temp_store = MEMORY');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Does what waits for nobody who has the file: while it waited, nothing would be recorded. */
export function withoutPatience<T>(db: Db, work: () => T): T {
  const timeout = db.pragma('busy_timeout', { simple: true });
  db.pragma('busy_timeout = 0');
  try {
    return work();
  } finally {
    db.pragma(`busy_timeout = ${String(timeout)}`);
  }
}

function shut(db: Db, lock: Lock | null): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
    lock?.release();
  }
}

/** The file's one true path, so that two ways to write it meet at the same lock. Creates its directory when missing. */
export function locate(path: string): string {
  const file = resolve(path);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isDirectory())
    throw new StartupError(`${path} is a directory. Set WORK_LOGS_DB to the path of a file.`);
  if (stat) return realpathSync(file);
  makeDirectory(dirname(file));
  return join(realpathSync(dirname(file)), basename(file));
}

/** Level by level: Node's own `recursive` never returns where the system answers ENOENT to every mkdir, as /proc does. */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectory(dirname(directory));
  try {
    mkdirSync(directory, PRIVATE_FOLDER);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** By SQLite's or the system's code: the end of a sentence that begins with the database's name. */
export type Advice = [code: RegExp, advice: string];

const ADVICE: Advice[] = [
  [/^SQLITE_NOTADB/, 'is not a database. Move the file away, or set WORK_LOGS_DB to another path.'],
  [/^SQLITE_CORRUPT/, 'is damaged. Restore a copy of it, or move it away to start anew.'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'cannot be written: the disk is full. Make room and start again.'],
  [/^SQLITE_(BUSY|LOCKED)/, 'is held by another program. Close that one and start again.'],
  [
    /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT)/,
    'cannot be created or written. Give the user of this process the right to write the file and its directory, ' +
      'or set WORK_LOGS_DB to another path.',
  ],
  [
    /^(SQLITE_IOERR|EIO)/,
    'cannot be read or written: the disk reports an error. Check the disk and its free space.',
  ],
];

/** What the operator can do about an error of the file at `path`, as a StartupError; any other error as it is. */
export function explain(error: unknown, path: string, own: Advice[] = []): unknown {
  const code = (error as { code?: unknown }).code;
  const advice = [...own, ...ADVICE].find(([pattern]) => typeof code === 'string' && pattern.test(code));
  return advice ? new StartupError(`The database ${path} ${advice[1]} (${code})`, { cause: error }) : error;
}
