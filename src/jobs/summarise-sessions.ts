import type { App } from '../app.ts';
import { digestOfSession } from '../discord/digest.ts';
import { digestText } from '../domain/digest-short.ts';
import { cutMessage } from '../domain/limits.ts';
import type { Job } from './job.ts';

/** How many sessions one run sums up: after an update all that ever ended are due. */
const AT_ONCE = 20;

/**
 * Tells of each ended session in few words what came of it, and again whenever it changes. What is to be done stands in the database,
 * so none is forgotten, also not across restarts.
 */
export const summariseSessions: Job = {
  name: 'summarise-sessions',
  schedule: '*/5 * * * * *',
  async run(app, _now) {
    for (const due of await app.store.summaries.due(AT_ONCE)) {
      const { finalOutput, summary } = await told(app, due.sessionId);
      await app.store.summaries.keep(due, { finalOutput, summary });
    }
  },
};

/** What an agent has reported is not made again. */
async function told(app: App, sessionId: string) {
  const log = await app.store.sessions.get(sessionId);
  if (!log) return { finalOutput: null, summary: null };
  const { digest, lastSaid } = await digestOfSession(app, log);
  return { finalOutput: lastSaid && cutMessage(lastSaid), summary: digestText(digest) };
}
