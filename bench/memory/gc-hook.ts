import { setTimeout as sleep } from 'node:timers/promises';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';
import { serveParent } from '../shared/calls.ts';

/** What the benchmark asks of the bot's process. */
export interface GcHook {
  /** Collects all garbage of all threads and returns the resident memory that is left, in bytes. */
  residentBytes(): Promise<number>;
}

/** Memory goes back to the system some time after it was freed. */
const SETTLE_MS = 400;
const TIMES = 4;

const everyThread = new BroadcastChannel('collect-garbage');

if (isMainThread) {
  serveParent({
    async residentBytes() {
      for (let n = 0; n < TIMES; n += 1) {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
        everyThread.postMessage('now');
        globalThis.gc!();
        await sleep(SETTLE_MS);
      }
      return process.memoryUsage.rss();
    },
  } satisfies GcHook);
  // The bot ends as it would without this.
  process.channel!.unref();
} else {
  everyThread.addEventListener('message', () => globalThis.gc!());
}
everyThread.unref();
