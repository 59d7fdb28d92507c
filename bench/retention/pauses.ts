import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How long a thread's event loop stood still, in ms. */
export interface Pauses {
  longest: number;
  /** The longest but for one turn in a thousand. */
  p999: number;
}

/** How often a loop is looked at, in ms; so much of each pause is not one. */
const EVERY_MS = 1;

/** Watches the event loop of the thread that calls this, until `end`. */
export function watchPauses(): { end(): Pauses } {
  const delays = monitorEventLoopDelay({ resolution: EVERY_MS });
  delays.enable();
  return {
    end() {
      delays.disable();
      return { longest: toMs(delays.max), p999: toMs(delays.percentile(99.9)) };
    },
  };
}

function toMs(ns: number): number {
  return Math.max(0, ns / 1e6 - EVERY_MS);
}
