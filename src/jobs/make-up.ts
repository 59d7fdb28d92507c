import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Recording } from '../discord/recording.ts';
import type { RunningJobs } from './job.ts';

interface Options {
  jobs: Pick<RunningJobs, 'makeUp'>;
  recording: Pick<Recording, 'knownUntil' | 'settled'>;
  /** When the bot was last there, ms UTC; null: it never was. */
  since: number | null;
  log: Logger;
  signal: AbortSignal;
}

/** How often it is looked whether the time away is read, in ms. */
const LOOK_MS = 500;

/**
 * Makes up what fell due while the bot was away, once that time is read: it may take back what was to be handed over. It never rejects;
 * where this cannot be, what is left is done when it is due next.
 */
export async function makeUpMissed({ jobs, recording, since, log, signal }: Options): Promise<void> {
  try {
    while (recording.knownUntil() !== Infinity) await sleep(LOOK_MS, undefined, { signal, ref: false });
    await recording.settled();
    if (!signal.aborted) await jobs.makeUp(since);
  } catch (err) {
    if (!signal.aborted)
      log.warn({ err }, 'What fell due while the bot was away is done when it is due next.');
  }
}
