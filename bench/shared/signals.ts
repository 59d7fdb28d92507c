import { constants } from 'node:os';

/** Ends this process on a signal the ordinary way, so that what it started is ended with it. */
export function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
