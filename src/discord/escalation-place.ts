import type { Client } from 'discord.js';
import type { Escalation } from '../domain/escalation.ts';
import type { Workspace } from '../domain/workspace.ts';
import { audienceWithin } from './audience.ts';
import { orNull } from './or-null.ts';

/** Where an escalation is told, and why it is not where one would look for it; null in the usual case. */
export interface PlaceToTell {
  channelId: string;
  note: string | null;
}

type Placed = Pick<Escalation, 'threadId' | 'privateThread'>;

/**
 * Where the card goes at this moment: to the channel that is set for it, as long as all who see that may see the workspace; else where
 * it was raised. What was raised in a private thread never leaves it. Null: there is no such place any more.
 */
export async function placeOfCard(
  client: Client,
  workspace: Workspace,
  escalation: Placed,
): Promise<PlaceToTell | null> {
  const { guildId, channelId, settings } = workspace;
  const wanted = settings.escalationChannelId;
  const own = await placeOfAnswer(client, workspace, escalation);
  if (wanted === undefined || wanted === channelId || escalation.privateThread)
    return own === null ? null : { channelId: own, note: null };
  const guild = await client.guilds.fetch(guildId);
  if (await audienceWithin(guild, wanted, channelId)) return { channelId: wanted, note: null };
  return own === null ? null : { channelId: own, note: tooOpen(wanted) };
}

/** Where it was raised. A thread that is locked or gone takes nothing more: what was public in it goes to its channel. */
export async function placeOfAnswer(
  client: Client,
  { channelId }: Workspace,
  { threadId, privateThread }: Placed,
): Promise<string | null> {
  if (threadId === null) return channelId;
  const thread = await orNull(client.channels.fetch(threadId));
  if (!thread?.isThread()) return privateThread ? null : channelId;
  const isClosed = thread.archived === true && thread.locked === true;
  return isClosed && !privateThread ? channelId : threadId;
}

function tooOpen(channelId: string): string {
  return `Told here because some who see <#${channelId}> may not see this channel, or it is gone.`;
}
