import { GatewayDispatchEvents } from 'discord.js';
import type { Client, GatewayThreadUpdateDispatchData } from 'discord.js';
import type { Logger } from 'pino';
import type { SessionStore } from '../store/store.ts';
import type { Intake } from './intake.ts';
import type { Workspaces } from './workspaces.ts';

interface Options {
  client: Client;
  workspaces: Workspaces;
  intake: Pick<Intake, 'settled'>;
  sessions: SessionStore;
  log: Logger;
}

/** Ends a thread's session when the thread is archived, after what was said in it is recorded. */
export function followThreads({ client, workspaces, intake, sessions, log }: Options): void {
  const archive = async ({ id, parent_id, thread_metadata }: GatewayThreadUpdateDispatchData) => {
    const workspace = workspaces.byChannel(parent_id ?? '');
    if (!workspace || !thread_metadata?.archived) return;
    await intake.settled();
    const place = { workspaceId: workspace.id, threadId: id };
    await sessions.close(place, Date.parse(thread_metadata.archive_timestamp), 'archived');
  };
  client.ws.on(GatewayDispatchEvents.ThreadUpdate, (thread: GatewayThreadUpdateDispatchData) => {
    archive(thread).catch((err: unknown) => {
      log.error({ err, threadId: thread.id }, 'The session of an archived thread could not be ended.');
    });
  });
}
