import { parentPort } from 'node:worker_threads';
import { serve } from '../../src/rpc.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { watchPauses } from './pauses.ts';
import type { Pauses } from './pauses.ts';

/** A thread like the bot's for the database, and how long it stands still. */
export interface Thread {
  open(path: string): Promise<void>;
  store: Store;
  watch(): Promise<void>;
  pauses(): Promise<Pauses>;
}

let watched = watchPauses();

const thread: Partial<Thread> = {
  async open(path) {
    thread.store = await openStore({ path, isAwaited: true });
  },
  async watch() {
    watched = watchPauses();
  },
  pauses: async () => watched.end(),
};

serve(parentPort!, thread, async () => thread.store?.durable());
