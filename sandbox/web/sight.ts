import { ChannelType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { channelPayload } from '../payloads/channel.ts';
import { memberPayload, rolePayload } from '../payloads/guild.ts';
import { userPayload } from '../payloads/user.ts';
import type { Channel, Guild } from '../world.ts';

/**
 * What one person's client knows of the world: their servers, direct messages, and of channels and threads those alone that
 * they may look into. `now` is this Discord's time in ms, `origin` where it serves files.
 */
export function sightOf(core: Core, personId: string): object {
  const { world, clock, origin } = core;
  const guilds = [...world.guilds.values()].filter(({ members }) => members.has(personId));
  const dms = [...world.channels.values()].filter(({ recipientIds }) => recipientIds?.includes(personId));
  return {
    you: userPayload(world.users.get(personId)!),
    now: clock.now(),
    origin,
    guilds: guilds.map((guild) => guildSeen(core, guild, personId)),
    dms: dms.map((channel) => channelSeen(core, channel, personId)),
  };
}

function guildSeen(core: Core, guild: Guild, personId: string): object {
  const visible = (channel: Channel) => core.permissions.canView(channel, personId);
  const channels = [...guild.channels.values()].filter(visible);
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    roles: [...guild.roles.values()].map(rolePayload),
    members: [...guild.members.values()].map((member) => memberPayload(core.world, member)),
    channels: channels.map((channel) => ({
      ...channelSeen(core, channel, personId),
      // Who else reads along: the member list.
      viewers: viewersOf(core, guild, channel),
    })),
    threads: [...guild.threads.values()].filter(visible).map((thread) => channelSeen(core, thread, personId)),
  };
}

/** Without its overwrites: they name roles and people, and what they come to is in `permissions`. */
function channelSeen(core: Core, channel: Channel, personId: string): object {
  const { permission_overwrites: _, ...seen } = channelPayload(core.world, channel, personId) as Record<
    string,
    unknown
  >;
  return { ...seen, permissions: core.permissions.in(channel, personId).toString() };
}

function viewersOf(core: Core, guild: Guild, channel: Channel): string[] {
  if (channel.type === ChannelType.GuildCategory) return [];
  return [...guild.members.keys()].filter((id) => core.permissions.canView(channel, id));
}

/** Who can be chosen to look through the eyes of: everybody who is no bot, with what says who they are. */
export function peopleOf({ world }: Core): object[] {
  const owned = (id: string) => [...world.guilds.values()].some(({ ownerId }) => ownerId === id);
  return [...world.users.values()]
    .filter(({ bot }) => !bot)
    .map((user) => ({
      ...userPayload(user),
      owner: owned(user.id),
      roles: roleNames(world.guilds, user.id),
    }));
}

function roleNames(guilds: ReadonlyMap<string, Guild>, userId: string): string[] {
  return [...guilds.values()].flatMap(({ roles, members }) =>
    [...(members.get(userId)?.roles ?? [])].flatMap((id) => roles.get(id)?.name ?? []),
  );
}
