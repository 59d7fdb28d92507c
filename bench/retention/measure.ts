import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { DATABASE_THREAD } from '../../src/backend.ts';
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

/** The bot's arrangement: this thread gets the messages, another has the database; and a process that has nothing to do, to compare with. */
export interface Threads {
  store: Store;
  database: Thread;
  idle: Idle;
  end(): Promise<void>;
}

export interface Measured {
  removed: number;
  ms: number;
  recorded: number;
  pauses: Record<'database' | 'main' | 'idle', Pauses>;
}

export async function startThreads(path: string): Promise<Threads> {
  const worker = new Worker(new URL('thread.ts', import.meta.url), DATABASE_THREAD);
  const database = connect<Thread>(worker);
  const idle = startIdle();
  await database.open(path);
  return {
    store: database.store,
    database,
    idle,
    async end() {
      idle.end();
      await database.store.close();
      await worker.terminate();
    },
  };
}

interface Idle {
  /** How long it stood still since this was called the last time. */
  pauses(): Promise<Pauses>;
  end(): void;
}

function startIdle(): Idle {
  const idle = fork(new URL('idle-process.ts', import.meta.url));
  return {
    async pauses() {
      idle.send('pauses');
      const [pauses] = (await once(idle, 'message')) as [Pauses];
      return pauses;
    },
    end: () => void idle.disconnect(),
  };
}

/** What `remove` removes, how long that takes, and how long each thread stands still while small batches are recorded beside it. */
export async function measure(
  { store, database, idle }: Threads,
  remove: () => Promise<number>,
  next: () => PlacedDraft[],
): Promise<Measured> {
  await Promise.all([database.watch(), idle.pauses()]);
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
