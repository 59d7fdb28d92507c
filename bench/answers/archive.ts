import { startBackend } from '../../src/backend.ts';
import type { Backend } from '../../src/backend.ts';
import { KEEP_ALL } from '../../src/domain/policy.ts';
import { DEFAULT_IDLE_TIMES } from '../../src/domain/work-log.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import { generateDrafts, mapWorkspaces, take } from '../shared/drafts.ts';

/** A database with so many entries, opened as the bot opens it: in a thread of its own. */
export interface Archive {
  backend: Backend;
  workspaces: Workspace[];
}

export interface ArchiveSize {
  entries: number;
  workspaces: number;
}

const BATCH = 5000;

const rules = { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true };

/** Fills a new database; `onAppended` is told after every batch how many entries it had. */
export async function buildArchive(
  path: string,
  { entries, workspaces }: ArchiveSize,
  onAppended: (count: number) => void,
): Promise<Archive> {
  const backend = await startBackend({ path, rules });
  const { store } = backend;
  const drafts = generateDrafts(await mapWorkspaces(store, workspaces));
  let appended = Promise.resolve();
  for (let left = entries; left > 0; left -= BATCH) {
    const batch = take(drafts, Math.min(BATCH, left));
    // The next batch is written while this one is stored.
    await appended;
    appended = store.entries.append(batch, rules).then(() => onAppended(batch.length));
  }
  await appended;
  // The search index follows in its own time, or when it is asked.
  for (const { id: workspaceId } of await store.workspaces.list()) {
    await store.entries.search({ workspaceId, words: ['index'], tags: [], limit: 1 });
  }
  return { backend, workspaces: await store.workspaces.list() };
}
