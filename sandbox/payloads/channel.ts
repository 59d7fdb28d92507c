import { ChannelType } from 'discord-api-types/v10';
import type { APIOverwrite } from 'discord-api-types/v10';
import type { Channel, Overwrite, Thread, World } from '../world.ts';
import { isThread } from '../world.ts';
import { timestamp } from './time.ts';
import { userPayload } from './user.ts';

/** A channel, thread or DM as `viewerId` gets it. https://docs.discord.com/developers/resources/channel#channel-object */
export function channelPayload(world: World, channel: Channel, viewerId?: string): object {
  if (isThread(channel)) return threadPayload(channel, viewerId);
  if (channel.recipientIds !== undefined) return dmPayload(world, channel, viewerId);
  const common = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    position: channel.position,
    flags: 0,
    permission_overwrites: [...channel.overwrites.values()].map(overwritePayload),
  };
  if (channel.type === ChannelType.GuildCategory) return common;
  return {
    ...common,
    topic: channel.topic,
    nsfw: channel.nsfw,
    rate_limit_per_user: channel.rateLimitPerUser,
    last_message_id: channel.lastMessageId,
    ...pinTime(channel),
    ...(channel.type === ChannelType.GuildVoice && voice),
    ...(channel.type === ChannelType.GuildForum && forum),
  };
}

const voice = { bitrate: 64_000, user_limit: 0, rtc_region: null };
const forum = {
  available_tags: [],
  default_reaction_emoji: null,
  default_sort_order: null,
  default_forum_layout: 0,
};

export function overwritePayload({ id, type, allow, deny }: Overwrite): APIOverwrite {
  return { id, type, allow: allow.toString(), deny: deny.toString() };
}

/** With the viewer's own thread member, when they are one. */
export function threadPayload(channel: Thread, viewerId?: string): object {
  const { thread } = channel;
  const isMember = viewerId !== undefined && thread.members.has(viewerId);
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    owner_id: thread.ownerId,
    flags: 0,
    rate_limit_per_user: channel.rateLimitPerUser,
    last_message_id: channel.lastMessageId,
    ...pinTime(channel),
    message_count: thread.messageCount,
    total_message_sent: thread.totalMessageSent,
    // Discord counts to 50 and then stops.
    member_count: Math.min(thread.members.size, 50),
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: timestamp(thread.archivedAt),
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.locked,
      create_timestamp: timestamp(thread.createdAt),
      ...(channel.type === ChannelType.PrivateThread && { invitable: thread.invitable }),
    },
    ...(isMember && { member: threadMemberPayload(channel, viewerId) }),
  };
}

export function threadMemberPayload(channel: Thread, userId: string) {
  const joinedAt = channel.thread.members.get(userId) ?? channel.thread.createdAt;
  return { id: channel.id, user_id: userId, join_timestamp: timestamp(joinedAt), flags: 0 };
}

function dmPayload(world: World, channel: Channel, viewerId?: string): object {
  const others = channel.recipientIds?.filter((id) => id !== viewerId) ?? [];
  return {
    id: channel.id,
    type: channel.type,
    flags: 0,
    last_message_id: channel.lastMessageId,
    ...pinTime(channel),
    recipients: others.map((id) => userPayload(world.users.get(id)!)),
  };
}

function pinTime(channel: Channel): object {
  return channel.lastPinAt === null ? {} : { last_pin_timestamp: timestamp(channel.lastPinAt) };
}
