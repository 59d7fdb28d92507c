import { chmodSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StartupError } from '../errors.ts';
import { inspectDatabase } from './inspect.ts';
import { takeLock } from './lock.ts';
import { requireMigratable } from './migrate.ts';
import { MIGRATIONS } from './open.ts';
import { createPrivate } from './private-file.ts';
import { openDatabaseReadOnly } from './read-only.ts';
import { explain, locate } from './sqlite.ts';

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
    rmSync(part, { force: true });
    createPrivate(part);
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
  const isAlone = !existsSync(`${from}-wal`);
  try {
    checkBackup(from);
    return await replace(to, from, at);
  } finally {
    if (isAlone) removeLogs(from);
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

async function replace(path: string, from: string, at: number): Promise<string | null> {
  try {
    const to = locate(path);
    const lock = takeLock(to);
    try {
      const copy = `${to}.restored`;
      rmSync(copy, { force: true });
      createPrivate(copy);
      await copyInto(copy, from);
      const kept = keep(to, at);
      if (kept !== null) chmodSync(copy, statSync(kept).mode);
      renameSync(copy, to);
      return kept;
    } finally {
      lock.release();
    }
  } catch (error) {
    throw explain(error, path);
  }
}

async function copyInto(copy: string, from: string): Promise<void> {
  const db = openDatabaseReadOnly(from);
  try {
    await db.backup(copy);
  } finally {
    db.close();
  }
}

/** Puts what is there under another name, which it returns; null: there is nothing. */
function keep(path: string, at: number): string | null {
  const isThere = existsSync(path);
  if (isThere) settle(path);
  // A log without its database would be taken for the next one's.
  removeLogs(path);
  if (!isThere) return null;
  const kept = `${path}.before-${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}`;
  renameSync(path, kept);
  return kept;
}

/** What is in its log goes into the file, so that the file alone is all of it. */
function settle(path: string): void {
  const db = new Database(path);
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/** SQLite leaves them behind, empty, where it only read. */
function removeLogs(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}
