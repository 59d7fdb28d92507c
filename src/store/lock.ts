import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StartupError } from '../errors.ts';
import { createPrivate } from './private-file.ts';

/** Held by the one process that records into a database. */
export interface Lock {
  release(): void;
}

/**
 * Takes the database at `file` for this process. The lock is SQLite's own exclusive lock on an empty second file, `<file>.lock`:
 * the system drops it when the process ends, however it ends, and it leaves the database itself open to readers. The file stays
 * behind on purpose, since deleting it would let two processes lock two files of one name.
 *
 * @throws StartupError when another process, or another store of this one, holds it.
 */
export function takeLock(file: string): Lock {
  createPrivate(`${file}.lock`);
  const db = new Database(`${file}.lock`, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw isBusy(error) ? inUse(file) : error;
  }
  return { release: () => void db.close() };
}

/** Whether a process records into the database at `file` at this moment. Takes nothing, and leaves no file behind. */
export function isLocked(file: string): boolean {
  if (!existsSync(`${file}.lock`)) return false;
  const db = new Database(`${file}.lock`, { readonly: true, timeout: 0 });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    db.close();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function inUse(file: string): StartupError {
  return new StartupError(
    `The database ${file} is in use by another running instance. Stop that one first, or set WORK_LOGS_DB to another path.`,
  );
}
