import { OverwriteType, PermissionFlagsBits } from 'discord.js';
import type { APIGuild, APIGuildMember, APIOverwrite } from 'discord.js';

const { Administrator, ViewChannel, ReadMessageHistory } = PermissionFlagsBits;

/** Every bit: what owners and administrators have. */
const ALL = ~0n;

/** What a time-out leaves: https://docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members */
export const LEFT_BY_TIMEOUT = ViewChannel | ReadMessageHistory;

/**
 * What a member may do in a channel, from what REST says, where no client is connected that would know. The algorithm is
 * Discord's: https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function permissionsIn(
  overwrites: readonly APIOverwrite[],
  guild: Pick<APIGuild, 'id' | 'owner_id' | 'roles'>,
  member: Pick<APIGuildMember, 'roles' | 'communication_disabled_until'> & { userId: string },
  now: number,
): bigint {
  const roleIds = new Set([guild.id, ...member.roles]);
  const base = union(guild.roles.filter(({ id }) => roleIds.has(id)).map(({ permissions }) => permissions));
  if (guild.owner_id === member.userId || (base & Administrator) !== 0n) return ALL;
  const ofRoles = overwrites.filter(
    ({ id, type }) => type === OverwriteType.Role && id !== guild.id && roleIds.has(id),
  );
  const permissions = [
    overwrites.filter(({ id }) => id === guild.id),
    ofRoles,
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === member.userId),
  ].reduce(overwritten, base);
  if ((permissions & ViewChannel) === 0n) return 0n;
  const timedOut = Date.parse(member.communication_disabled_until ?? '') > now;
  return timedOut ? permissions & LEFT_BY_TIMEOUT : permissions;
}

/** Within one step of the algorithm, what is allowed wins over what is denied. */
function overwritten(permissions: bigint, overwrites: readonly APIOverwrite[]): bigint {
  const denied = union(overwrites.map(({ deny }) => deny));
  const allowed = union(overwrites.map(({ allow }) => allow));
  return (permissions & ~denied) | allowed;
}

function union(fields: readonly string[]): bigint {
  return fields.reduce((all, field) => all | BigInt(field), 0n);
}
