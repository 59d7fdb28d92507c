import { createHistogram } from 'node:perf_hooks';

/** How long a thread's event loop stood still, in ms. */
export interface Pauses {
  longest: number;
  /** The longest but for one turn in a thousand. */
  p999: number;
  /** The most processor time that the thread had meanwhile: what is left where the machine keeps nobody waiting. */
  longestWork: number;
}

/** How often a loop is looked at, in ms; so much of each pause is not one. */
const EVERY_MS = 1;

/** Watches the event loop of the thread that calls this, until `end`. */
export function watchPauses(): { end(): Pauses } {
  const pauses = createHistogram();
  let work = 0;
  let at = performance.now();
  let used = process.threadCpuUsage();
  const look = () => {
    const { user, system } = process.threadCpuUsage(used);
    pauses.record(Math.max(1, Math.round((performance.now() - at - EVERY_MS) * 1000)));
    work = Math.max(work, user + system);
    at = performance.now();
    used = process.threadCpuUsage();
  };
  const timer = setInterval(look, EVERY_MS).unref();
  return {
    end() {
      clearInterval(timer);
      look();
      return { longest: pauses.max / 1000, p999: pauses.percentile(99.9) / 1000, longestWork: work / 1000 };
    },
  };
}
