import { setImmediate, setTimeout } from 'node:timers/promises';

/** Waits until it is time to say `text`; rejects with an AbortError when the signal aborts. */
export type Pace = (text: string, signal: AbortSignal) => Promise<void>;

/** As a person can follow: a moment for each message and more for a long one, three seconds at most. Times in ms. */
export const readable: Pace = (text, signal) =>
  setTimeout(Math.min(500 + text.length * 12, 3000), undefined, { signal });

/** Without waiting. */
export const atOnce: Pace = (_text, signal) => setImmediate(undefined, { signal });
