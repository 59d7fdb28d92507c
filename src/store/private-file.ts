import { closeSync, existsSync, openSync } from 'node:fs';

/** What is recorded in private channels is not for every user of the machine: for the owner alone, whatever the umask. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

/** Creates an empty file for its owner alone, where there is none: SQLite takes it for a new database, and does alike with its logs. */
export function createPrivate(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', PRIVATE_FILE));
}
