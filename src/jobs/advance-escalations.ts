import type { Job } from './job.ts';

/** As many in one transaction as leave the recording its time. */
const AT_ONCE = 100;
/** What is due beyond that is done in the next run. */
const BATCHES = 50;

/** Reminds people of what waits for them, and tells agents what follows where nobody answered in time. */
export const advanceEscalations: Job = {
  name: 'advance-escalations',
  // An agent whose time-out is short waits for it.
  schedule: '*/5 * * * * *',
  async run({ store, log }, now) {
    let changed = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const done = await store.escalations.advance(now, AT_ONCE);
      changed += done;
      if (done < AT_ONCE) break;
    }
    if (changed > 0) log.debug({ escalations: changed }, 'Escalations were looked at by the clock.');
  },
};
