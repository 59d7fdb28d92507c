import { existsSync, statSync } from 'node:fs';
import type { Connections } from '../../config.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { StartupError } from '../../errors.ts';
import { inspectDatabase } from '../../store/inspect.ts';
import { isLocked } from '../../store/lock.ts';
import { openStoreReadOnly } from '../../store/read-only.ts';
import { broken, ok, reasonOf, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** Whether the database is whole, of this version, and in use. Hands its workspaces to `found`, if it can be read. */
export async function* checkDatabase(
  { dbPath: path, memoryBecause }: Pick<Connections, 'dbPath' | 'memoryBecause'>,
  found: (workspaces: Workspace[]) => void,
): AsyncGenerator<Finding> {
  if (memoryBecause !== null) {
    yield warning(
      'database',
      `${memoryBecause}: the log ends with the bot, and only the bot can read it`,
      'To keep it, set WORK_LOGS_DB to the path of a file and work_logs.storage to "sqlite" or "file".',
    );
    return;
  }
  if (!existsSync(path)) {
    yield warning(
      'database',
      `there is none yet at ${path}`,
      'The first start creates it (npm start). If there should be one, set WORK_LOGS_DB to where it is.',
    );
    return;
  }
  yield integrity(path);
  try {
    const store = await openStoreReadOnly({ path });
    try {
      const workspaces = await store.workspaces.list();
      found(workspaces);
      const recorded = workspaces.filter(({ unmappedAt }) => unmappedAt === null).length;
      yield ok('version', `that of this program · ${recorded} of ${workspaces.length} workspaces are mapped`);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    yield broken('version', error.message, 'Do what it says, then ask the doctor again.');
  }
  yield isLocked(path)
    ? ok('running', 'the bot is running on this database')
    : ok('running', 'no bot is running on this database at this moment');
}

function integrity(path: string): Finding {
  try {
    const faults = inspectDatabase(path);
    const megabytes = (statSync(path).size / 1024 / 1024).toFixed(1);
    if (faults.length === 0) return ok('database', `${path} is whole · ${megabytes} MB`);
    return broken(
      'database',
      `${path} is damaged: ${faults.join('; ')}`,
      'Stop the bot and restore a copy of the file.',
    );
  } catch (error) {
    return broken('database', reasonOf(error), 'Restore a copy of the file, or move it away to start anew.');
  }
}
