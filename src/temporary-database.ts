import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A database that ends with the program. */
export interface TemporaryDatabase {
  path: string;
  /** Deletes it with all that lies beside it. */
  remove(): void;
}

export function temporaryDatabase(): TemporaryDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'work-logs-'));
  return {
    path: join(folder, 'work-logs.db'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
