import { openDatabaseReadOnly } from './read-only.ts';
import { explain } from './sqlite.ts';

/** More than these help nobody. */
const FAULTS_MAX = 5;

/**
 * What SQLite's quick check finds wrong in the file at `path`; nothing when it is whole. Reads all of it, and changes nothing.
 *
 * @throws StartupError when the file cannot be read as a database
 */
export function inspectDatabase(path: string): string[] {
  const db = openDatabaseReadOnly(path);
  try {
    const rows = db.pragma(`quick_check(${FAULTS_MAX})`) as { quick_check: string }[];
    return rows.map(({ quick_check: fault }) => fault).filter((fault) => fault !== 'ok');
  } catch (error) {
    throw explain(error, path);
  } finally {
    db.close();
  }
}
