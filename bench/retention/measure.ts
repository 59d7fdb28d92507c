import { Worker } from 'node:worker_threads';
import { KEEP_ALL } from '../../src/domain/policy.ts';
import { DEFAULT_IDLE_TIMES } from '../../src/domain/work-log.ts';
import { connect } from '../../src/rpc.ts';
import type { PlacedDraft, Store } from '../../src/store/store.ts';
import { watchPauses } from './pauses.ts';
import type { Pauses } from './pauses.ts';
import type { Thread } from './thread.ts';

/** So often a small batch is recorded meanwhile, in ms. */
const RECORD_EVERY_MS = 20;

export const RULES = { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true };

/** The bot's arrangement: this thread gets the messages, another has the database; and one that has nothing to do, to compare with. */
export interface Threads {
  store: Store;
  database: Thread;
  idle: Thread;
  end(): Promise<void>;
}

export interface Measured {
  removed: number;
  ms: number;
  recorded: number;
  pauses: Record<'database' | 'main' | 'idle', Pauses>;
}

export async function startThreads(path: string): Promise<Threads> {
  const workers = [newThread(), newThread()] as const;
  const [database, idle] = workers.map((worker) => connect<Thread>(worker)) as [Thread, Thread];
  await database.open(path);
  return {
    store: database.store,
    database,
    idle,
    async end() {
      await database.store.close();
      for (const worker of workers) await worker.terminate();
    },
  };
}

function newThread(): Worker {
  return new Worker(new URL('thread.ts', import.meta.url));
}

/** What `remove` removes, how long that takes, and how long each thread stands still while small batches are recorded beside it. */
export async function measure(
  { store, database, idle }: Threads,
  remove: () => Promise<number>,
  next: () => PlacedDraft[],
): Promise<Measured> {
  await Promise.all([database.watch(), idle.watch()]);
  const own = watchPauses();
  const ended = new AbortController();
  const recording = recordUntil(ended.signal, store, next);
  const startedAt = performance.now();
  const removed = await remove();
  const ms = performance.now() - startedAt;
  const pauses = { main: own.end(), database: await database.pauses(), idle: await idle.pauses() };
  ended.abort();
  return { removed, ms, recorded: await recording, pauses };
}

async function recordUntil(signal: AbortSignal, store: Store, next: () => PlacedDraft[]): Promise<number> {
  let recorded = 0;
  while (!signal.aborted) {
    recorded += (await store.entries.append(next(), RULES)).recorded;
    await new Promise((resolve) => setTimeout(resolve, RECORD_EVERY_MS));
  }
  return recorded;
}
