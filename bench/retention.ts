import { join } from 'node:path';
import { KEEP_ALL } from '../src/domain/policy.ts';
import { DEFAULT_IDLE_TIMES } from '../src/domain/work-log.ts';
import { openStore } from '../src/store/open.ts';
import type { PlacedDraft, Store } from '../src/store/store.ts';
import { generateDrafts, mapWorkspaces, take } from './shared/drafts.ts';
import type { PartOptions, PartResult } from './shared/part.ts';
import { showProgress } from './shared/progress.ts';

const WORKSPACES = 20;
const BATCH = 500;
/** While old entries are deleted so many new ones are recorded at a time. */
const LIVE_BATCH = 50;
const TARGET_MS = 20;

const rules = { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true };

/** How long the database's thread stands still while the oldest tenth of all entries is deleted, and how recording goes on. */
export async function benchRetention({ quick, dir }: PartOptions): Promise<PartResult> {
  const entries = quick ? 10_000 : 1_000_000;
  const store = await openStore({ path: join(dir, 'work-logs.db') });
  await mapWorkspaces(store, WORKSPACES);
  const workspaceIds = Array.from({ length: WORKSPACES }, (_, index) => index + 1);
  const drafts = generateDrafts(workspaceIds);
  const progress = showProgress('retention: entries', entries);
  let before = 0;
  for (let done = 0; done < entries; done += BATCH) {
    const batch = take(drafts, BATCH);
    if (done <= entries / 10) before = Math.max(...batch.map(({ draft }) => draft.at));
    await store.entries.append(batch, rules);
    progress.update(done + BATCH);
  }
  progress.stop();
  for (const workspaceId of workspaceIds)
    await store.entries.search({ workspaceId, words: ['index'], tags: [], limit: 1 });
  const measured = await measure(store, before, () => take(drafts, LIVE_BATCH));
  await store.close();
  return report(entries, measured);
}

interface Measured {
  deleted: number;
  ms: number;
  longestPause: number;
  recorded: number;
}

async function measure(store: Store, before: number, next: () => PlacedDraft[]): Promise<Measured> {
  const ended = new AbortController();
  const pauses = watchPauses(ended.signal);
  const recorded = recordUntil(ended.signal, store, next);
  const startedAt = performance.now();
  const ages = Array.from({ length: WORKSPACES }, (_, index) => ({ workspaceId: index + 1, before }));
  const { entries } = await store.erasure.expire({
    ages,
    posted: before,
    everything: before,
    limit: Infinity,
  });
  const ms = performance.now() - startedAt;
  ended.abort();
  return { deleted: entries, ms, longestPause: await pauses, recorded: await recorded };
}

/** The longest time between two turns of this thread's event loop, which is the one that the store works in. */
function watchPauses(signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    let last = performance.now();
    let longest = 0;
    const look = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (signal.aborted) resolve(longest);
      else setImmediate(look);
    };
    setImmediate(look);
  });
}

/** Records a small batch every 20 ms. */
async function recordUntil(signal: AbortSignal, store: Store, next: () => PlacedDraft[]): Promise<number> {
  let recorded = 0;
  while (!signal.aborted) {
    recorded += (await store.entries.append(next(), rules)).recorded;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return recorded;
}

function report(entries: number, { deleted, ms, longestPause, recorded }: Measured): PartResult {
  const seconds = ms / 1000;
  return {
    title: 'Retention: the oldest tenth is deleted while others are recorded',
    notes: [
      `${entries} entries in ${WORKSPACES} workspaces; to the end of giving back the space and emptying the log.`,
    ],
    head: ['', ''],
    rows: [
      ['entries deleted', deleted],
      ['seconds', seconds],
      ['deleted per second', deleted / seconds],
      ['recorded per second meanwhile', recorded / seconds],
      ['longest pause, ms', longestPause],
    ],
    checks: [{ name: 'longest pause, ms', value: longestPause, sense: '≤', target: TARGET_MS }],
    figures: { entries, deleted, ms, longestPauseMs: longestPause, recorded },
  };
}
