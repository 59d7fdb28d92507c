import { PermissionFlagsBits } from 'discord.js';
import type { Guild } from 'discord.js';
import type { App } from '../app.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { WorkspaceFacts } from '../views/workspace.ts';
import { audienceWithin } from './audience.ts';

type Parts = Pick<App, 'config'> & { guild: Guild };

/** Where bots are told, at this moment, what may be said in the workspace's own channel, and why that is not the exchange channel. */
export async function exchangePlace(
  { config, guild }: Parts,
  { channelId: own }: Pick<Workspace, 'channelId'>,
): Promise<{ channelId: string; unfit: WorkspaceFacts['unfitExchange'] }> {
  const { channelId: wanted } = config.exchange;
  if (wanted === null || wanted === own || isElsewhere(guild, wanted)) return { channelId: own, unfit: null };
  if (!mayPost(guild, wanted)) return { channelId: own, unfit: { channelId: wanted, isClosed: true } };
  if (await audienceWithin(guild, wanted, own)) return { channelId: wanted, unfit: null };
  return { channelId: own, unfit: { channelId: wanted, isClosed: false } };
}

/** The one channel of the config file is in one server; in the others bots are told where they work. */
function isElsewhere(guild: Guild, channelId: string): boolean {
  return !guild.channels.cache.has(channelId) && guild.client.channels.cache.has(channelId);
}

const { ViewChannel, SendMessages } = PermissionFlagsBits;

function mayPost(guild: Guild, channelId: string): boolean {
  const channel = guild.channels.cache.get(channelId);
  const { me } = guild.members;
  if (!channel?.isTextBased() || channel.isThread()) return false;
  return me === null || channel.permissionsFor(me).has([ViewChannel, SendMessages]);
}
