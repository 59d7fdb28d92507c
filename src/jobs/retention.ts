import { expiryFor } from '../expiry.ts';
import type { Job } from './job.ts';

/** What one run deletes at most: what is left is deleted by the next ones. */
const ENTRIES_MAX = 50_000;

/** Deletes what is older than its workspace keeps. */
export const retention: Job = {
  name: 'retention',
  schedule: '17 * * * *',
  async run({ store, workspaces, config, clock, log }, now) {
    if (!clock.isSteady()) {
      log.warn('The clock was set anew: what is old is deleted with the next run, if it is right then.');
      return;
    }
    const expiry = expiryFor(workspaces.all(), config.retentionDays, now, ENTRIES_MAX);
    const { entries, sessions, isDone } = await store.erasure.expire(expiry);
    if (entries > 0 || sessions > 0) log.info({ entries, sessions, isDone }, 'What was too old was deleted.');
  },
};
