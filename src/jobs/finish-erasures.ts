import type { Job } from './job.ts';

/** Goes on with forgetting people and servers where the end of the program, or messages that came late, left something. */
export const finishErasures: Job = {
  name: 'finish-erasures',
  schedule: '* * * * *',
  async run({ store, knownUntil }) {
    await store.erasure.resume(knownUntil());
  },
};
