import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { Channel, NewsChannel, TextChannel } from 'discord.js';

/** The channels that can be workspaces: those in which people and bots write, and in which the bot can say that it records. */
export type MappableChannel = TextChannel | NewsChannel;

export const MAPPABLE_TYPES = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;

export function isMappable(channel: Channel): channel is MappableChannel {
  return channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement;
}

/** The bot may write there, for instance that it records. */
export function maySpeakIn(channel: MappableChannel): boolean {
  const me = channel.guild.members.me;
  return me === null || channel.permissionsFor(me).has(PermissionFlagsBits.SendMessages);
}

export const HIDDEN = 'I cannot see it: grant my role “View Channel” there';

/** Why the bot cannot record a channel, in words for a person; null when it can. */
export function obstacleTo(channel: MappableChannel): string | null {
  const me = channel.guild.members.me;
  if (!me) return null;
  const permissions = channel.permissionsFor(me);
  if (!permissions.has(PermissionFlagsBits.ViewChannel)) return HIDDEN;
  if (!permissions.has(PermissionFlagsBits.ReadMessageHistory))
    return 'I cannot read its history: grant my role “Read Message History” there';
  return null;
}
