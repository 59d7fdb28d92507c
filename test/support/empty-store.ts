import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MIGRATIONS, openStore, storeOver } from '../../src/store/open.ts';
import type { StoreOptions } from '../../src/store/open.ts';
import { connect, openDatabase } from '../../src/store/sqlite.ts';
import type { OpenDatabase } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { withLateStatements } from './late-statements.ts';

/** What every new database holds after its migrations, which take longer than most tests. */
const EMPTY = emptyImage();

function emptyImage(): Buffer {
  const { db, close } = openDatabase(':memory:', MIGRATIONS, () => 0);
  try {
    return db.serialize();
  } finally {
    close();
  }
}

/** A new database in memory. */
export function emptyDatabase(): OpenDatabase {
  const db = withLateStatements(connect(EMPTY));
  return { db, close: () => db.close() };
}

/** As `openStore`; a new database begins as a copy of an empty one. In memory where no path is given. */
export async function openTestStore({
  path = ':memory:',
  ...options
}: Partial<StoreOptions> = {}): Promise<Store> {
  if (path === ':memory:') return storeOver({ ...emptyDatabase(), ...options });
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, EMPTY);
  }
  return openStore({ path, ...options });
}
