import { setTimeout as sleep } from 'node:timers/promises';

export interface StallOptions {
  /** What is waited for, for the error message: `recording`. */
  what: string;
  /** Without any change for so long it fails. */
  stallMs: number;
  pollMs: number;
  /** Told of every value read. */
  onChange?: (value: number) => void;
}

/**
 * Resolves as soon as `read` gives at least `target`.
 * @throws Error when the value has not changed for `stallMs`
 */
export async function waitUntilReached(
  read: () => number,
  target: number,
  { what, stallMs, pollMs, onChange }: StallOptions,
): Promise<void> {
  let value = -1;
  let changedAt = performance.now();
  for (;;) {
    const next = read();
    if (next >= target) return onChange?.(next);
    if (next !== value) {
      value = next;
      changedAt = performance.now();
      onChange?.(next);
    } else if (performance.now() - changedAt > stallMs) {
      throw new Error(`${what} stalled at ${value} of ${target} for ${stallMs / 1000} s`);
    }
    await sleep(pollMs);
  }
}
