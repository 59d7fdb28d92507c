/** One entry of a channel's permission overwrites, as bits. */
export interface OverwriteBits {
  allow: bigint;
  deny: bigint;
}

/** Who may do what in a channel beyond what roles allow everywhere: by role id (@everyone's is the server's) and by user id. */
export interface ChannelBits {
  roles: ReadonlyMap<string, OverwriteBits>;
  members: ReadonlyMap<string, OverwriteBits>;
}

/** What of a server decides who sees what. */
export interface ServerBits {
  id: string;
  ownerId: string;
  /** Permissions by role id, @everyone among them. */
  roles: ReadonlyMap<string, bigint>;
  /** The roles, with or without @everyone, of those members that some overwrite names; whoever is missing here is no member. */
  members: ReadonlyMap<string, readonly string[]>;
}

/** https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags */
const ADMINISTRATOR = 1n << 3n;
export const VIEW_CHANNEL = 1n << 10n;
export const READ_MESSAGE_HISTORY = 1n << 16n;

/** All that decides who sees and reads a channel. */
const COUNTING = ADMINISTRATOR | VIEW_CHANNEL | READ_MESSAGE_HISTORY;

const NO_OVERWRITE: OverwriteBits = { allow: 0n, deny: 0n };

/**
 * True when everyone who can see channel `inner`, now or with whatever roles they are given, may see `outer` and read its history.
 *
 * Exact, without knowing a single member. Take a member without an overwrite of their own, with the roles S, who sees `inner` but
 * lacks a permission in `outer`. They are no administrator. That they see `inner` is due to @everyone, or to one role: one that the
 * overwrites allow to, or one that has the permission everywhere while no role of S is denied it. That they lack the permission in
 * `outer` is due to @everyone, or to one role that is denied it, while no role of S is allowed it. Keep these two roles alone: what
 * held because no role of S does something still holds, so a member with only these two is a case as well. Hence, if there is any
 * case at all, there is one with at most two roles, and all of those are looked at. A member's own overwrite comes last and adds one
 * case for each member that has one.
 */
export function isAudienceWithin(inner: ChannelBits, outer: ChannelBits, server: ServerBits): boolean {
  const seesMore = (who: Who) =>
    (permissionsOf(who, inner, server) & VIEW_CHANNEL) !== 0n && !mayRead(permissionsOf(who, outer, server));
  const named = new Set([...inner.members.keys(), ...outer.members.keys()]);
  for (const userId of named) {
    const roles = server.members.get(userId);
    if (roles && userId !== server.ownerId && seesMore({ userId, roles })) return false;
  }
  return !pairsOf(kindsOfRoles(inner, outer, server)).some((roles) => seesMore({ userId: null, roles }));
}

function mayRead(permissions: bigint): boolean {
  const both = VIEW_CHANNEL | READ_MESSAGE_HISTORY;
  return (permissions & both) === both;
}

interface Who {
  /** Null: somebody without an overwrite of their own. */
  userId: string | null;
  roles: readonly string[];
}

/** Discord's algorithm: https://discord.com/developers/docs/topics/permissions#permission-overwrites */
function permissionsOf({ userId, roles }: Who, channel: ChannelBits, server: ServerBits): bigint {
  const base = [server.id, ...roles].reduce((all, id) => all | (server.roles.get(id) ?? 0n), 0n);
  if ((base & ADMINISTRATOR) !== 0n) return ~0n;
  const together = roles
    .filter((id) => id !== server.id)
    .reduce((all, id) => {
      const one = channel.roles.get(id) ?? NO_OVERWRITE;
      return { allow: all.allow | one.allow, deny: all.deny | one.deny };
    }, NO_OVERWRITE);
  const own = userId === null ? undefined : channel.members.get(userId);
  return [channel.roles.get(server.id), together, own].reduce(overwritten, base);
}

function overwritten(permissions: bigint, overwrite: OverwriteBits | undefined): bigint {
  return overwrite ? (permissions & ~overwrite.deny) | overwrite.allow : permissions;
}

/** One role for each kind, beside @everyone: a server has many roles, and few of them differ in what counts here. */
function kindsOfRoles(inner: ChannelBits, outer: ChannelBits, { id: everyone, roles }: ServerBits): string[] {
  const kinds = new Map<string, string>();
  for (const [id, permissions] of roles) {
    const overwrites = [inner, outer].map((channel) => channel.roles.get(id) ?? NO_OVERWRITE);
    const bits = [permissions, ...overwrites.flatMap(({ allow, deny }) => [allow, deny])];
    if (id !== everyone) kinds.set(bits.map((one) => one & COUNTING).join(' '), id);
  }
  return [...kinds.values()];
}

/** All sets of at most two. */
function pairsOf(all: readonly string[]): string[][] {
  return [[], ...all.flatMap((one, index) => [[one], ...all.slice(index + 1).map((other) => [one, other])])];
}
