import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StartupError } from '../errors.ts';
import { inspectDatabase } from './inspect.ts';
import { takeLock } from './lock.ts';
import { requireMigratable } from './migrate.ts';
import { MIGRATIONS } from './open.ts';
import { openDatabaseReadOnly } from './read-only.ts';
import { explain } from './sqlite.ts';

/** Pages of 4 KB that are copied at a time: a recording bot waits for none of it. */
const PAGES = 1000;

export interface Progress {
  done: number;
  total: number;
}

/**
 * Copies the database at `from` into the new file `to`, as it is at one moment, while a bot may record into it (SQLite's online backup).
 *
 * @throws StartupError when it cannot be read, or the file is there already or cannot be written
 */
export async function backUp(
  from: string,
  to: string,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  if (existsSync(to)) throw new StartupError(`${to} is there already. Name a file that is not.`);
  if (!existsSync(dirname(to)))
    throw new StartupError(`There is no directory ${dirname(to)}. Create it, or name another.`);
  const part = `${to}.part`;
  const db = openDatabaseReadOnly(from);
  try {
    // Within a transaction of its own it reads what there is now, so that a busy bot does not make it begin again and again.
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    await db.backup(part, {
      progress({ totalPages: total, remainingPages: left }) {
        onProgress({ done: total - left, total });
        return PAGES;
      },
    });
    renameSync(part, to);
  } catch (error) {
    rmSync(part, { force: true });
    throw explain(error, to);
  } finally {
    db.close();
  }
}

/**
 * Puts the backup `from` in the place of the database at `to`, and keeps that one under another name, which it returns (null: there was
 * none).
 *
 * @throws StartupError while a bot runs on it, or when the backup is damaged, of another program, or of a newer version
 */
export async function restore(from: string, to: string, at: number): Promise<string | null> {
  checkBackup(from);
  const lock = takeLock(to);
  try {
    const copy = `${to}.restored`;
    rmSync(copy, { force: true });
    const db = openDatabaseReadOnly(from);
    try {
      await db.backup(copy);
    } finally {
      db.close();
    }
    const kept = existsSync(to)
      ? `${to}.before-${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}`
      : null;
    if (kept !== null) {
      settle(to);
      renameSync(to, kept);
    }
    renameSync(copy, to);
    return kept;
  } catch (error) {
    throw explain(error, to);
  } finally {
    lock.release();
  }
}

function checkBackup(path: string): void {
  const is = (what: string) =>
    new StartupError(`${path} is ${what}. Name a copy that “work-logs backup” made.`);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw is('not a file');
  const db = openDatabaseReadOnly(path);
  try {
    requireMigratable(db, MIGRATIONS);
  } catch (error) {
    throw (error as { code?: unknown }).code === 'SQLITE_NOTADB' ? is('not a database') : error;
  } finally {
    db.close();
  }
  const faults = inspectDatabase(path);
  if (faults.length > 0) throw new StartupError(`${path} is damaged: ${faults[0]}. Restore another one.`);
}

/** What is in its log goes into the file, so that the file alone is all of it. */
function settle(path: string): void {
  const db = new Database(path);
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}
