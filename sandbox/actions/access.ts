import { ChannelType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import {
  missingAccess,
  missingPermissions,
  threadArchived,
  unknownMessage,
  unknownChannel,
  wrongChannelType,
} from '../errors.ts';
import { guildPermissions } from '../permissions.ts';
import type { Channel, Guild, Message } from '../world.ts';
import { channelOf, guildOf } from '../world.ts';

/** The channel, if the user may look into it. @throws DiscordError 10003, 50001 */
export function visibleChannel(core: Core, channelId: string, userId: string): Channel {
  const channel = channelOf(core.world, channelId);
  // A DM of others is not even known to exist.
  if (channel.recipientIds !== undefined && !channel.recipientIds.includes(userId)) throw unknownChannel();
  if (!core.permissions.canView(channel, userId)) throw missingAccess();
  return channel;
}

/** The guild, if the user is in it. @throws DiscordError 10004, 50001 */
export function ownGuild(core: Core, guildId: string, userId: string): Guild {
  const guild = guildOf(core.world, guildId);
  if (!guild.members.has(userId)) throw missingAccess();
  return guild;
}

/** @throws DiscordError 50013 unless the user has all of `wanted` in the channel */
export function demand(core: Core, channel: Channel, userId: string, wanted: bigint): void {
  if (!core.permissions.has(channel, userId, wanted)) throw missingPermissions();
}

/** @throws DiscordError 50013 unless the user has all of `wanted` in the guild */
export function demandInGuild(guild: Guild, userId: string, wanted: bigint): void {
  if ((guildPermissions(guild, userId) & wanted) !== wanted) throw missingPermissions();
}

/** @throws DiscordError 10008, also for ephemeral messages: they are in no channel */
export function messageIn(channel: Channel, messageId: string): Message {
  const message = channel.messages.get(messageId);
  if (message === undefined) throw unknownMessage();
  return message;
}

/** @throws DiscordError 50083 for an archived thread */
export function demandActive(channel: Channel): void {
  if (channel.thread?.archived === true) throw threadArchived();
}

/** @throws DiscordError 50008 where no messages can be */
export function demandText(channel: Channel): void {
  if (channel.type === ChannelType.GuildCategory || channel.type === ChannelType.GuildForum) {
    throw wrongChannelType();
  }
}
