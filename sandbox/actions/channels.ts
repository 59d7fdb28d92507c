import { ChannelType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { channelChanged } from '../events/channels.ts';
import { MessageHistory } from '../history.ts';
import type { Channel, Guild, Overwrite } from '../world.ts';
import { dropThread } from './thread-changes.ts';
import { changeAccess } from './guilds.ts';

export interface ChannelOptions {
  name: string;
  type?: ChannelType;
  parentId?: string | null;
  topic?: string | null;
  nsfw?: boolean;
  position?: number;
  rateLimitPerUser?: number;
  overwrites?: readonly Overwrite[];
}

/** A new channel of a guild, last in its list. */
export function createChannel(core: Core, guild: Guild, options: ChannelOptions): Channel {
  const parent = guild.channels.get(options.parentId ?? '');
  const overwrites = options.overwrites ?? [...(parent?.overwrites.values() ?? [])];
  const type = options.type ?? ChannelType.GuildText;
  const channel: Channel = {
    ...emptyChannel(core, core.ids.next(), type),
    guildId: guild.id,
    name: nameFor(type, options.name),
    topic: options.topic ?? null,
    parentId: parent?.id ?? null,
    position: options.position ?? guild.channels.size,
    nsfw: options.nsfw ?? false,
    rateLimitPerUser: options.rateLimitPerUser ?? 0,
    overwrites: new Map(overwrites.map((overwrite) => [overwrite.id, overwrite])),
  };
  core.world.channels.set(channel.id, channel);
  guild.channels.set(channel.id, channel);
  core.world.accessVersion += 1;
  channelChanged(core, channel, 'CHANNEL_CREATE');
  return channel;
}

export function changeChannel(
  core: Core,
  channel: Channel,
  change: Partial<Omit<ChannelOptions, 'overwrites'>>,
): void {
  Object.assign(channel, change);
  channel.name = nameFor(channel.type, channel.name);
  core.world.accessVersion += 1;
  channelChanged(core, channel, 'CHANNEL_UPDATE');
}

/** Discord writes the names of text channels in lower case and without spaces. */
function nameFor(type: ChannelType, name: string): string {
  return written.has(type) ? name.trim().toLowerCase().replace(/\s+/g, '-') : name;
}

const written = new Set([ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum]);

/** Replaces all overwrites of a channel. */
export function setOverwrites(
  core: Core,
  guild: Guild,
  channel: Channel,
  overwrites: readonly Overwrite[],
): void {
  changeAccess(core, guild, () => {
    channel.overwrites = new Map(overwrites.map((overwrite) => [overwrite.id, overwrite]));
    // Clients look a channel up before they look at the threads in it.
    channelChanged(core, channel, 'CHANNEL_UPDATE');
  });
}

/** A channel goes with its threads and webhooks; the channels of a category stay. */
export function deleteChannel(core: Core, guild: Guild, channel: Channel): void {
  for (const thread of guild.threads.values()) if (thread.parentId === channel.id) dropThread(core, thread);
  for (const webhook of core.world.webhooks.values()) {
    if (webhook.channelId === channel.id) core.world.webhooks.delete(webhook.id);
  }
  channelChanged(core, channel, 'CHANNEL_DELETE');
  core.world.channels.delete(channel.id);
  guild.channels.delete(channel.id);
  core.world.accessVersion += 1;
  for (const child of guild.channels.values()) {
    if (child.parentId === channel.id) changeChannel(core, child, { parentId: null });
  }
}

/** The direct channel of two users; made when they first need it. */
export function dmBetween(core: Core, userId: string, otherId: string): Channel {
  const known = core.world.channels
    .values()
    .find(({ recipientIds }) => recipientIds?.includes(userId) === true && recipientIds.includes(otherId));
  if (known !== undefined) return known;
  const channel = {
    ...emptyChannel(core, core.ids.next(), ChannelType.DM),
    recipientIds: [userId, otherId],
  };
  core.world.channels.set(channel.id, channel);
  return channel;
}

/** A channel with nothing in it. */
export function emptyChannel(core: Core, id: string, type: ChannelType): Channel {
  return {
    id,
    type,
    name: '',
    topic: null,
    parentId: null,
    position: 0,
    nsfw: false,
    rateLimitPerUser: 0,
    overwrites: new Map(),
    lastMessageId: null,
    lastPinAt: null,
    messages: new MessageHistory(core.historyLimit),
    ephemeral: [],
    pins: new Map(),
  };
}
