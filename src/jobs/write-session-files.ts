import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { App } from '../app.ts';
import { delayAfter } from '../backoff.ts';
import type { Backoff } from '../backoff.ts';
import { sessionFileName } from '../domain/session-file.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../store/private-file.ts';
import type { OutdatedFile } from '../store/session-files.ts';
import type { Job } from './job.ts';
import { sessionFileText } from './session-file-text.ts';

/** How many files one run writes: the end of the program waits for it. */
const AT_ONCE = 50;
const BACKOFF: Backoff = { first: 10_000, most: 10 * 60_000 };

/**
 * Writes each ended session into a file of its own, and again whenever it changes, so that what was deleted leaves the file too.
 * Where files are not wanted any more, those that are there are still kept up to date. What is to be done stands in the database, so
 * a run that was cut short is made up for by the next, also after a restart.
 */
export const writeSessionFiles: Job = {
  name: 'write-session-files',
  schedule: '*/5 * * * * *',
  async run(app, now) {
    const { sessionFolder: folder, workLogs } = app.config;
    if (folder === null) return;
    const begin = workLogs.storage === 'file';
    for (const file of await app.store.files.outdated({ now, begin, limit: AT_ONCE })) {
      try {
        await bringUpToDate(file, folder, app);
        if (file.attempts > 0) app.log.info({ folder }, 'The files of ended sessions can be written again.');
      } catch (err) {
        const retryInMs = delayAfter(file.attempts + 1, BACKOFF);
        await app.store.files.failed(file, now + retryInMs);
        app.log.error(
          { err, folder, retryInMs },
          'The file of a session cannot be written; it is tried again.',
        );
        return;
      }
    }
  },
};

/** The name is noted before there is such a file, so that no crash leaves one behind that nobody knows of. */
async function bringUpToDate(file: OutdatedFile, folder: string, app: App): Promise<void> {
  const { files, sessions } = app.store;
  const log = file.sessionId === null ? null : await sessions.get(file.sessionId);
  const workspace = log && app.workspaces.byId(log.workspaceId);
  const name = log && workspace ? sessionFileName(workspace, log) : null;
  if (file.name !== null && file.name !== name) await remove(folder, file.name);
  if (!log || !workspace || name === null) return files.removed(file);
  if (!(await files.name(file.id, name))) return;
  await write(folder, name, sessionFileText(app, { workspace, log }));
  await files.written(file);
}

/** Whoever opens the file finds the old text or the new one, never a part. */
async function write(folder: string, name: string, text: AsyncIterable<string>): Promise<void> {
  await mkdir(folder, PRIVATE_FOLDER).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  const part = join(folder, partOf(name));
  try {
    await pipeline(Readable.from(text), createWriteStream(part, { flush: true, mode: PRIVATE_FILE }));
    await rename(part, join(folder, name));
  } catch (error) {
    // On a full disk it would only be in the way.
    await rm(part, { force: true });
    throw error;
  }
}

async function remove(folder: string, name: string): Promise<void> {
  await rm(join(folder, name), { force: true });
  await rm(join(folder, partOf(name)), { force: true });
}

/** A file that is still being written. */
function partOf(name: string): string {
  return `.${name}.part`;
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code;
}
