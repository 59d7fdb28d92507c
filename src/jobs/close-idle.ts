import type { Job } from './job.ts';

/** Ends the sessions in which nobody has said anything for longer than their workspace's type allows. */
export const closeIdle: Job = {
  name: 'close-idle',
  schedule: '* * * * *',
  async run({ store, config, log, knownUntil }, now) {
    // What was said while nobody looked may have gone on in a session that seems silent.
    const closed = await store.sessions.closeIdle(Math.min(now, knownUntil()), config.recording.idle);
    if (closed > 0) log.debug({ sessions: closed }, 'Idle sessions were closed.');
  },
};
