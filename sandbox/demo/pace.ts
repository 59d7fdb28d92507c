import { setImmediate, setTimeout } from 'node:timers/promises';

/** Waits until it is time to say `text`; rejects with an AbortError when the signal aborts. */
export type Pace = (text: string, signal: AbortSignal) => Promise<void>;

/** As a person can follow who reads along quickly: a moment for each message, more for a long one. Times in ms. */
export const readable: Pace = (text, signal) =>
  setTimeout(Math.min(300 + text.length * 5, 1300), undefined, { signal });

/** Without waiting. */
export const atOnce: Pace = (_text, signal) => setImmediate(undefined, { signal });
