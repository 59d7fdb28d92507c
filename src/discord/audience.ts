import { OverwriteType } from 'discord.js';
import type { Guild, NonThreadGuildBasedChannel } from 'discord.js';
import { isAudienceWithin } from '../domain/audience.ts';
import type { ChannelBits, OverwriteBits, ServerBits } from '../domain/audience.ts';
import { orNull } from './or-null.ts';

/**
 * True when everyone who can see the channel `innerId` may see the channel `outerId` of the same server and read its history, at this
 * moment; false when one of them is gone, or hidden from the bot. What is said in the outer one may then be told in the inner one.
 */
export async function audienceWithin(guild: Guild, innerId: string, outerId: string): Promise<boolean> {
  const [inner, outer] = [innerId, outerId].map((id) => guild.channels.cache.get(id));
  if (!inner || !outer || inner.isThread() || outer.isThread()) return false;
  const channels = [bitsOf(inner), bitsOf(outer)] as const;
  const named = channels.flatMap(({ members }) => [...members.keys()]);
  return isAudienceWithin(...channels, await serverBits(guild, named));
}

/** Members are always asked for anew: the gateway tells a bot without the members intent nothing of their roles. */
async function serverBits(guild: Guild, userIds: readonly string[]): Promise<ServerBits> {
  const members = new Map<string, string[]>();
  for (const userId of new Set(userIds)) {
    const member = await orNull(guild.members.fetch({ user: userId, force: true, cache: false }));
    if (member) members.set(userId, [...member.roles.cache.keys()]);
  }
  const roles = new Map(guild.roles.cache.map(({ id, permissions }) => [id, permissions.bitfield]));
  return { id: guild.id, ownerId: guild.ownerId, roles, members };
}

function bitsOf(channel: NonThreadGuildBasedChannel): ChannelBits {
  const overwrites = [...channel.permissionOverwrites.cache.values()];
  const ofType = (wanted: OverwriteType) =>
    new Map<string, OverwriteBits>(
      overwrites
        .filter(({ type }) => type === wanted)
        .map(({ id, allow, deny }) => [id, { allow: allow.bitfield, deny: deny.bitfield }]),
    );
  return { roles: ofType(OverwriteType.Role), members: ofType(OverwriteType.Member) };
}
