import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { StartupError } from '../errors.ts';

/** "WLOG" in the file's header: how a database of ours is told from that of another program. */
const APPLICATION_ID = 0x574c4f47;

/**
 * Brings the schema up to date with the .sql files of `directory`, in the order of their names. Each runs in a transaction together
 * with the record of its name, so one that fails leaves the schema as it was before it.
 *
 * @throws StartupError when the database belongs to another program, was written by a newer version, or a migration fails.
 */
export function migrate(db: Database, directory: string, now: () => number): void {
  refuseForeign(db);
  const files = migrationsIn(directory);
  const applied = appliedNames(db);
  refuseNewer(db, applied, files);
  for (const name of files) {
    if (!applied.has(name)) apply(db, directory, name, now());
  }
}

/**
 * Looks, without writing anything, whether the schema is the one of this version.
 *
 * @throws StartupError when it is that of another program, or of a newer or an older version.
 */
export function requireMigrated(db: Database, directory: string): void {
  refuseForeign(db);
  const isOurs = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() !== undefined;
  const applied = isOurs ? namesIn(db) : new Set<string>();
  const files = migrationsIn(directory);
  refuseNewer(db, applied, files);
  if (files.every((name) => applied.has(name))) return;
  throw new StartupError(
    `The database ${db.name} was written by an older version of Work Logs. Start the bot once (npm start): it brings it up to date.`,
  );
}

/**
 * Looks whether the schema is one that {@link migrate} takes: of this version or an older one.
 *
 * @throws StartupError when it is that of another program, or of a newer version
 */
export function requireMigratable(db: Database, directory: string): void {
  refuseForeign(db);
  const isOurs = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() !== undefined;
  if (!isOurs) throw new StartupError(`${db.name} is no database of Work Logs.`);
  refuseNewer(db, namesIn(db), migrationsIn(directory));
}

function migrationsIn(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort();
}

function refuseForeign(db: Database): void {
  const id = db.pragma('application_id', { simple: true });
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (id === APPLICATION_ID || (id === 0 && tables === 0)) return;
  throw new StartupError(
    `${db.name} is a database of another program. Set WORK_LOGS_DB to a path of its own for Work Logs.`,
  );
}

function appliedNames(db: Database): Set<string> {
  db.transaction(() => {
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.exec(
      'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT',
    );
  }).immediate();
  return namesIn(db);
}

function namesIn(db: Database): Set<string> {
  return new Set(db.prepare<[], string>('SELECT name FROM migrations').pluck().all());
}

function refuseNewer(db: Database, applied: Set<string>, files: string[]): void {
  const unknown = [...applied].filter((name) => !files.includes(name));
  if (unknown.length === 0) return;
  throw new StartupError(
    `The database ${db.name} was written by a newer version of Work Logs (it has ${unknown.join(', ')}). ` +
      'Update Work Logs, or set WORK_LOGS_DB to another path.',
  );
}

function apply(db: Database, directory: string, name: string, appliedAt: number): void {
  const sql = readFileSync(join(directory, name), 'utf8');
  try {
    db.transaction(() => {
      db.exec(sql);
      db.prepare('INSERT INTO migrations (name, applied_at) VALUES (?, ?)').run(name, appliedAt);
    }).immediate();
  } catch (error) {
    if (isEnvironmental(error)) throw error;
    throw new StartupError(
      `The database ${db.name} could not be updated: ${name} failed (${(error as Error).message}). It is unchanged. ` +
        'Go back to the version that wrote it, and report this.',
      { cause: error },
    );
  }
}

/** A full disk or a file that cannot be written is not the migration's fault. */
function isEnvironmental(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return /^SQLITE_(FULL|IOERR|READONLY|BUSY|CORRUPT|NOTADB|CANTOPEN)/.test(code);
}
