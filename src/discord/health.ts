import { PermissionFlagsBits } from 'discord.js';
import type { Client } from 'discord.js';
import type { App } from '../app.ts';
import type { Workspace } from '../domain/workspace.ts';
import { jobs } from '../jobs/index.ts';
import { nextRuns } from '../jobs/next-runs.ts';
import type { Health } from '../views/health.ts';

/** How the bot is doing, with what concerns these workspaces and no others. `escalations`: how many wait there. */
export async function healthOf(
  app: App,
  readable: readonly Workspace[],
  escalations: number,
): Promise<Health> {
  const { store, client, config } = app;
  const now = app.now();
  const workspaceIds = readable.map(({ id }) => id);
  const outbox = await store.outbox.state(workspaceIds, now);
  const byId = new Map(readable.map((workspace) => [workspace.id, workspace]));
  const givenUp = outbox.givenUp.flatMap(({ workspaceId, ...rest }) => {
    const workspace = byId.get(workspaceId ?? 0);
    return workspace ? [{ ...rest, workspace }] : [];
  });
  const recorded = readable.filter(({ unmappedAt }) => unmappedAt === null);
  return {
    ...app.pulse(),
    escalations,
    outbox: { ...outbox, givenUp },
    missing: recorded
      .map((workspace) => ({ workspace, permissions: missingIn(client, workspace) }))
      .filter(({ permissions }) => permissions.length > 0),
    jobs: nextRuns(jobs, now, config),
  };
}

const { ViewChannel, ReadMessageHistory, SendMessages, SendMessagesInThreads, AttachFiles } =
  PermissionFlagsBits;

/** What the bot needs where it records and speaks, under the names that Discord's settings have for it. */
const NEEDED: readonly [permission: bigint, name: string][] = [
  [ViewChannel, 'View Channel'],
  [ReadMessageHistory, 'Read Message History'],
  [SendMessages, 'Send Messages'],
  [SendMessagesInThreads, 'Send Messages in Threads'],
  [AttachFiles, 'Attach Files'],
];

/** A channel that is gone misses nothing: it is told of as one that is not recorded. */
function missingIn(client: Client, { channelId }: Workspace): string[] {
  const channel = client.channels.cache.get(channelId);
  if (!channel || channel.isDMBased() || !('permissionsFor' in channel)) return [];
  const me = channel.guild.members.me;
  const permissions = me && channel.permissionsFor(me);
  if (!permissions) return [];
  const missing = NEEDED.filter(([permission]) => !permissions.has(permission)).map(([, name]) => name);
  return missing.includes('View Channel') ? ['View Channel'] : missing;
}
