import type { App } from '../app.ts';
import { createComposer } from './compose.ts';
import { Outbox } from './outbox.ts';
import { peopleToTell, RefusedChannels } from './refusals.ts';

/** What brings the store's outbox to Discord. */
export interface Speaking {
  start(): void;
  /** Sends what is due. */
  sendDue(): Promise<void>;
  /** Resolves when what is being sent is sent. */
  stop(): Promise<void>;
}

export function createSpeaking(app: App): Speaking {
  const { client, log, now } = app;
  const store = app.store.outbox;
  const refused = new RefusedChannels({ client, store, log, now });
  const outbox = new Outbox({
    store,
    rest: client.rest,
    userId: client.user.id,
    compose: createComposer(app),
    ownersOf: (workspaceId) => peopleToTell(app, workspaceId),
    onRefused: (channelId) => refused.watch(channelId),
    silent: app.config.workLogs.silent,
    log,
    now,
  });
  return {
    start() {
      refused.start();
      outbox.start();
    },
    sendDue: () => outbox.sendDue(),
    async stop() {
      await Promise.all([refused.stop(), outbox.stop()]);
    },
  };
}
