import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait before trying again, in ms. */
export interface Backoff {
  first: number;
  most: number;
}

/** The wait after the failure number `failures` (1, 2, 3 …): doubled each time, up to the most. */
export function delayAfter(failures: number, { first, most }: Backoff): number {
  return Math.min(most, first * 2 ** Math.min(failures - 1, 30));
}

/** Waits `ms`, or rejects with an AbortError as soon as `signal` says so. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
}

/**
 * Calls `attempt` until it succeeds, with growing pauses. `onFailure` hears of each failure and of the wait that follows; when it
 * throws, that ends the trying.
 *
 * @throws AbortError when `signal` ends the waiting, and whatever `onFailure` throws
 */
export async function keepTrying<T>(
  attempt: () => Promise<T>,
  backoff: Backoff,
  signal: AbortSignal,
  onFailure: (error: unknown, retryInMs: number) => void,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const wait = delayAfter(failures, backoff);
      onFailure(error, wait);
      await pause(wait, signal);
    }
  }
}
