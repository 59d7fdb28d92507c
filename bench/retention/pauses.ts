import { createHistogram } from 'node:perf_hooks';

/** A time during which an event loop stood still: from and to, in ms of the clock that all processes share. */
export type Pause = readonly [from: number, to: number];

/** How long a thread's event loop stood still, in ms. */
export interface Pauses {
  longest: number;
  /** The longest but for one turn in a thousand. */
  p999: number;
  /** Those worth a look. */
  long: Pause[];
}

/** How often a loop is looked at, in ms; so much of each pause is not one. */
const EVERY_MS = 1;
/** Shorter pauses are only counted. */
const LONG_MS = 3;

/** Watches the event loop of the thread that calls this, until `end`. */
export function watchPauses(): { end(): Pauses } {
  const pauses = createHistogram();
  const long: Pause[] = [];
  let due = clock() + EVERY_MS;
  const look = () => {
    const now = clock();
    pauses.record(Math.max(1, Math.round((now - due) * 1000)));
    if (now - due >= LONG_MS) long.push([due, now]);
    due = clock() + EVERY_MS;
  };
  const timer = setInterval(look, EVERY_MS).unref();
  return {
    end() {
      clearInterval(timer);
      look();
      return { longest: pauses.max / 1000, p999: pauses.percentile(99.9) / 1000, long };
    },
  };
}

/** ms since some time that is the same in all processes. */
function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * The longest pause of a thread in ms, without the time during which a process that does nothing stood still as well: then it was the
 * machine that ran neither.
 */
export function longestOfItsOwn({ long }: Pauses, idle: Pauses): number {
  return Math.max(0, ...long.map((pause) => pause[1] - pause[0] - stoodStill(pause, idle)));
}

function stoodStill([from, to]: Pause, idle: Pauses): number {
  const shared = idle.long.map((other) => Math.min(to, other[1]) - Math.max(from, other[0]));
  return shared.reduce((sum, ms) => sum + Math.max(0, ms), 0);
}
