import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Channel, Guild, Overwrite, World } from './world.ts';

export const ALL_PERMISSIONS = Object.values(P).reduce((all, bit) => all | bit, 0n);

/** What @everyone may do in a new server. */
export const DEFAULT_PERMISSIONS =
  P.CreateInstantInvite |
  P.AddReactions |
  P.Stream |
  P.ViewChannel |
  P.SendMessages |
  P.EmbedLinks |
  P.AttachFiles |
  P.ReadMessageHistory |
  P.MentionEveryone |
  P.UseExternalEmojis |
  P.Connect |
  P.Speak |
  P.UseVAD |
  P.ChangeNickname |
  P.UseApplicationCommands |
  P.RequestToSpeak |
  P.CreatePublicThreads |
  P.CreatePrivateThreads |
  P.UseExternalStickers |
  P.SendMessagesInThreads |
  P.UseEmbeddedActivities |
  P.UseSoundboard |
  P.UseExternalSounds |
  P.SendVoiceMessages |
  P.SendPolls |
  P.UseExternalApps;

/** What both sides may do in a DM. */
const DM_PERMISSIONS =
  DEFAULT_PERMISSIONS & ~(P.CreatePublicThreads | P.CreatePrivateThreads | P.SendMessagesInThreads);

/** Sending carries these along: without it they are worth nothing. */
const NEEDS_SENDING = P.MentionEveryone | P.SendTTSMessages | P.AttachFiles | P.EmbedLinks;

/** What a time-out leaves: https://docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members */
const LEFT_BY_TIMEOUT = P.ViewChannel | P.ReadMessageHistory;

/**
 * A user's permissions in a guild without looking at a channel.
 * https://docs.discord.com/developers/topics/permissions#permission-hierarchy
 */
export function guildPermissions(guild: Guild, userId: string): bigint {
  if (guild.ownerId === userId) return ALL_PERMISSIONS;
  const member = guild.members.get(userId);
  if (member === undefined) return 0n;
  let permissions = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const roleId of member.roles) permissions |= guild.roles.get(roleId)?.permissions ?? 0n;
  if (permissions & P.Administrator) return ALL_PERMISSIONS;
  return member.timedOutUntil === null ? permissions : permissions & LEFT_BY_TIMEOUT;
}

/** A user's permissions in a channel, thread or DM, implicit denials applied; 0 where they cannot look in. */
export function channelPermissions(world: World, channel: Channel, userId: string): bigint {
  if (channel.guildId === undefined) return channel.recipientIds?.includes(userId) ? DM_PERMISSIONS : 0n;
  const guild = world.guilds.get(channel.guildId);
  if (guild === undefined || !guild.members.has(userId)) return 0n;
  const holder = channel.thread === undefined ? channel : world.channels.get(channel.parentId ?? '');
  const permissions = withOverwrites(guild, holder?.overwrites ?? new Map(), userId);
  return mayLookIn(channel, userId, permissions) ? withoutImplied(channel, permissions) : 0n;
}

/** The documented order: @everyone, then all roles together, then the member. */
export function withOverwrites(
  guild: Guild,
  overwrites: ReadonlyMap<string, Overwrite>,
  userId: string,
): bigint {
  const base = guildPermissions(guild, userId);
  if (base === ALL_PERMISSIONS) return base;
  let allow = 0n;
  let deny = 0n;
  for (const roleId of guild.members.get(userId)?.roles ?? []) {
    allow |= overwrites.get(roleId)?.allow ?? 0n;
    deny |= overwrites.get(roleId)?.deny ?? 0n;
  }
  const everyone = apply(base, overwrites.get(guild.id));
  const permissions = apply((everyone & ~deny) | allow, overwrites.get(userId));
  const timedOut = typeof guild.members.get(userId)?.timedOutUntil === 'number';
  return timedOut ? permissions & LEFT_BY_TIMEOUT : permissions;
}

function apply(permissions: bigint, overwrite: Overwrite | undefined): bigint {
  return overwrite === undefined ? permissions : (permissions & ~overwrite.deny) | overwrite.allow;
}

function mayLookIn(channel: Channel, userId: string, permissions: bigint): boolean {
  if (!(permissions & P.ViewChannel)) return false;
  if (channel.type !== ChannelType.PrivateThread) return true;
  return channel.thread?.members.has(userId) === true || Boolean(permissions & P.ManageThreads);
}

function withoutImplied(channel: Channel, permissions: bigint): bigint {
  const sending = channel.thread === undefined ? P.SendMessages : P.SendMessagesInThreads;
  return permissions & sending ? permissions : permissions & ~NEEDS_SENDING;
}

/** Remembers channel permissions until the world's `accessVersion` moves. */
export class Permissions {
  readonly #world: World;
  #version = -1;
  readonly #known = new Map<string, Map<string, bigint>>();

  constructor(world: World) {
    this.#world = world;
  }

  in(channel: Channel, userId: string): bigint {
    if (this.#version !== this.#world.accessVersion) {
      this.#known.clear();
      this.#version = this.#world.accessVersion;
    }
    let ofChannel = this.#known.get(channel.id);
    if (ofChannel === undefined) this.#known.set(channel.id, (ofChannel = new Map()));
    let permissions = ofChannel.get(userId);
    if (permissions === undefined) {
      permissions = channelPermissions(this.#world, channel, userId);
      ofChannel.set(userId, permissions);
    }
    return permissions;
  }

  has(channel: Channel, userId: string, wanted: bigint): boolean {
    return (this.in(channel, userId) & wanted) === wanted;
  }

  canView(channel: Channel, userId: string): boolean {
    return this.has(channel, userId, P.ViewChannel);
  }
}
