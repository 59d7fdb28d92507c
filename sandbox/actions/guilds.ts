import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import * as tell from '../events/guilds.ts';
import { threadsSynced } from '../events/threads.ts';
import { DEFAULT_PERMISSIONS } from '../permissions.ts';
import type { Guild, Member, Role, User } from '../world.ts';

/** A new server with @everyone and its owner in it. */
export function createGuild(core: Core, name: string, ownerId: string): Guild {
  const id = core.ids.next();
  const guild: Guild = {
    id,
    name,
    ownerId,
    roles: new Map(),
    members: new Map(),
    channels: new Map(),
    threads: new Map(),
  };
  guild.roles.set(id, newRole(id, { name: '@everyone', permissions: DEFAULT_PERMISSIONS, position: 0 }));
  core.world.guilds.set(id, guild);
  addMember(core, guild, core.world.users.get(ownerId)!);
  return guild;
}

/**
 * Someone comes in; a bot invited with permissions brings a managed role that has them. Whoever is in already keeps the
 * membership and gets the given roles.
 */
export function addMember(
  core: Core,
  guild: Guild,
  user: User,
  { roles = [], permissions }: { roles?: readonly string[]; permissions?: bigint | undefined } = {},
): Member {
  const known = guild.members.get(user.id);
  if (known !== undefined) {
    setRoles(core, guild, known, [...known.roles, ...roles]);
    return known;
  }
  const own = user.bot && permissions !== undefined ? [managedRole(core, guild, user, permissions).id] : [];
  const joinedAt = core.clock.now();
  const member: Member = {
    userId: user.id,
    nick: null,
    roles: new Set([...roles, ...own]),
    joinedAt,
    timedOutUntil: null,
  };
  changeAccess(core, guild, () => guild.members.set(user.id, member));
  tell.memberAdded(core, guild, member);
  tell.guildJoined(core, guild, user.id);
  return member;
}

/** Someone goes, or is sent away; a bot takes its own role along. */
export function removeMember(core: Core, guild: Guild, userId: string): void {
  if (!guild.members.delete(userId)) return;
  for (const { thread } of guild.threads.values()) thread.members.delete(userId);
  core.world.accessVersion += 1;
  tell.guildLeft(core, guild, userId);
  tell.memberRemoved(core, guild, userId);
  for (const role of guild.roles.values()) if (role.botId === userId) deleteRole(core, guild, role);
}

export function setRoles(core: Core, guild: Guild, member: Member, roles: readonly string[]): void {
  changeAccess(core, guild, () => (member.roles = new Set(roles)));
  tell.memberUpdated(core, guild, member);
}

export function setNick(core: Core, guild: Guild, member: Member, nick: string | null): void {
  member.nick = nick;
  tell.memberUpdated(core, guild, member);
}

/** Someone may only look on until then; a time that is over, or null, ends it. */
export function timeOut(core: Core, guild: Guild, member: Member, until: number | null): void {
  const left = (until ?? 0) - core.clock.now();
  changeAccess(core, guild, () => (member.timedOutUntil = left > 0 ? until : null));
  tell.memberUpdated(core, guild, member);
  if (left <= 0) return;
  core.clock.after(left, () => {
    if (member.timedOutUntil === until) changeAccess(core, guild, () => (member.timedOutUntil = null));
  });
}

export function renameGuild(core: Core, guild: Guild, name: string): void {
  guild.name = name;
  tell.guildUpdated(core, guild);
}

export type RoleOptions = Partial<Omit<Role, 'id'>>;

/** A new role above @everyone and below all others. */
export function createRole(core: Core, guild: Guild, options: RoleOptions): Role {
  for (const role of guild.roles.values()) if (role.position > 0) role.position += 1;
  const everyone = guild.roles.get(guild.id)!.permissions;
  const role = newRole(core.ids.next(), { name: 'new role', permissions: everyone, position: 1, ...options });
  guild.roles.set(role.id, role);
  core.world.accessVersion += 1;
  tell.roleChanged(core, guild, role, 'GUILD_ROLE_CREATE');
  return role;
}

export function changeRole(core: Core, guild: Guild, role: Role, change: RoleOptions): void {
  changeAccess(core, guild, () => Object.assign(role, change));
  tell.roleChanged(core, guild, role, 'GUILD_ROLE_UPDATE');
}

export function deleteRole(core: Core, guild: Guild, role: Role): void {
  const holders = [...guild.members.values()].filter((member) => member.roles.has(role.id));
  changeAccess(core, guild, () => {
    guild.roles.delete(role.id);
    for (const member of holders) member.roles.delete(role.id);
    for (const channel of guild.channels.values()) channel.overwrites.delete(role.id);
  });
  tell.roleDeleted(core, guild, role.id);
  for (const member of holders) tell.memberUpdated(core, guild, member);
}

/**
 * Does something that changes who may look where. Whoever gains a channel by it is told of the channel's threads.
 */
export function changeAccess(core: Core, guild: Guild, change: () => unknown): void {
  const before = viewedParents(core, guild);
  change();
  core.world.accessVersion += 1;
  for (const [userId, channelIds] of viewedParents(core, guild)) {
    const gained = [...channelIds].filter((id) => before.get(userId)?.has(id) === false);
    if (gained.length > 0) threadsSynced(core, guild, userId, gained);
  }
}

/** For each connected member, the channels with threads that they can look into. */
function viewedParents(core: Core, guild: Guild): Map<string, Set<string>> {
  const parents = new Set([...guild.threads.values()].map(({ parentId }) => parentId));
  const users = new Set([...core.events.receivers].map(({ userId }) => userId));
  const viewed = new Map<string, Set<string>>();
  for (const userId of users) {
    if (!guild.members.has(userId)) continue;
    const channels = [...parents].filter((id) => {
      const channel = guild.channels.get(id);
      return channel !== undefined && core.permissions.has(channel, userId, P.ViewChannel);
    });
    viewed.set(userId, new Set(channels));
  }
  return viewed;
}

function managedRole(core: Core, guild: Guild, user: User, permissions: bigint): Role {
  return createRole(core, guild, { name: user.username, permissions, managed: true, botId: user.id });
}

function newRole(
  id: string,
  given: RoleOptions & { name: string; permissions: bigint; position: number },
): Role {
  return { id, color: 0, hoist: false, mentionable: false, managed: false, ...given };
}
