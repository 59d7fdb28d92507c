import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** What is waited for, for the error message: `recording`. */
  what: string;
  /** Without any change for so long it fails. */
  stallMs: number;
  pollMs: number;
  /** Told of every new value. */
  onChange?: (value: number) => void;
}

/**
 * Resolves as soon as `read` gives at least `target`.
 * @throws Error when the value has not changed for `stallMs`, or what `read` throws
 */
export async function waitUntilReached(
  read: () => number | Promise<number>,
  target: number,
  { what, stallMs, pollMs, onChange = () => {} }: WaitOptions,
): Promise<void> {
  let value = Number.NaN;
  let changedAt = performance.now();
  for (;;) {
    const next = await read();
    if (next !== value) {
      value = next;
      changedAt = performance.now();
      onChange(value);
    }
    if (value >= target) return;
    if (performance.now() - changedAt > stallMs) {
      throw new Error(`${what} stalled at ${value} of ${target} for ${stallMs / 1000} s`);
    }
    await sleep(pollMs);
  }
}
