import type { Job } from './job.ts';

/** Removes what was handed from agent to agent so long ago that nobody needs it any more. */
export const expireArtifacts: Job = {
  name: 'expire-artifacts',
  schedule: '23 * * * *',
  async run({ store, config, log }, now) {
    const expired = await store.artifacts.expire(now - config.artifacts.expireAfterMs, now);
    if (expired > 0) log.debug({ artifacts: expired }, 'Old artifacts have expired.');
  },
};
