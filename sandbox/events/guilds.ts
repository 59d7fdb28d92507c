import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { View } from '../events.ts';
import { channelPayload, threadPayload } from '../payloads/channel.ts';
import { guildPayload, memberPayload, rolePayload } from '../payloads/guild.ts';
import { timestamp } from '../payloads/time.ts';
import { userPayload } from '../payloads/user.ts';
import type { Guild, Member, Role } from '../world.ts';
import { activeThreads } from './threads.ts';

/** The data of GUILD_CREATE for one bot: everything a client needs to know of the guild. */
export function guildCreatePayload(core: Core, guild: Guild, userId: string, intents: number): object {
  // Without the presence intent only the bot's own member is listed.
  const listed = intents & Intent.GuildPresences ? [...guild.members.values()] : [guild.members.get(userId)!];
  return {
    ...guildPayload(guild),
    joined_at: timestamp(guild.members.get(userId)?.joinedAt ?? core.clock.now()),
    large: guild.members.size > LARGE_GUILD,
    unavailable: false,
    member_count: guild.members.size,
    members: listed.map((member) => memberPayload(core.world, member)),
    channels: [...guild.channels.values()].map((channel) => channelPayload(core.world, channel)),
    threads: activeThreads(core, guild, userId).map((thread) => threadPayload(thread, userId)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Members from which on a guild is large, unless a client says otherwise. */
const LARGE_GUILD = 50;

/** A bot came into the guild. */
export function guildJoined(core: Core, guild: Guild, userId: string): void {
  core.events.toGuild(guild.id, Intent.Guilds, 'GUILD_CREATE', (receiver) =>
    receiver.userId === userId
      ? new View(() => guildCreatePayload(core, guild, userId, receiver.intents))
      : undefined,
  );
}

/** A bot was removed. */
export function guildLeft(core: Core, guild: Guild, userId: string): void {
  core.events.toUser(userId, Intent.Guilds, 'GUILD_DELETE', { id: guild.id });
}

export function guildUpdated(core: Core, guild: Guild): void {
  core.events.toGuild(guild.id, Intent.Guilds, 'GUILD_UPDATE', new View(() => guildPayload(guild)));
}

export function roleChanged(
  core: Core,
  guild: Guild,
  role: Role,
  event: 'GUILD_ROLE_CREATE' | 'GUILD_ROLE_UPDATE',
): void {
  const view = new View(() => ({ guild_id: guild.id, role: rolePayload(role) }));
  core.events.toGuild(guild.id, Intent.Guilds, event, view);
}

export function roleDeleted(core: Core, guild: Guild, roleId: string): void {
  const view = new View(() => ({ guild_id: guild.id, role_id: roleId }));
  core.events.toGuild(guild.id, Intent.Guilds, 'GUILD_ROLE_DELETE', view);
}

/** Whoever came in learns of it by the guild itself. */
export function memberAdded(core: Core, guild: Guild, member: Member): void {
  const view = new View(() => ({ ...memberPayload(core.world, member), guild_id: guild.id }));
  core.events.toGuild(guild.id, Intent.GuildMembers, 'GUILD_MEMBER_ADD', ({ userId }) =>
    userId === member.userId ? undefined : view,
  );
}

export function memberRemoved(core: Core, guild: Guild, userId: string): void {
  const user = core.world.users.get(userId)!;
  const view = new View(() => ({ guild_id: guild.id, user: userPayload(user) }));
  core.events.toGuild(guild.id, Intent.GuildMembers, 'GUILD_MEMBER_REMOVE', view);
}

/** To sessions with the Guild Members intent; a bot learns of its own member whatever it asked for. */
export function memberUpdated(core: Core, guild: Guild, member: Member): void {
  const view = new View(() => ({ ...memberPayload(core.world, member), guild_id: guild.id }));
  core.events.toGuild(guild.id, 0, 'GUILD_MEMBER_UPDATE', (receiver) =>
    receiver.userId === member.userId || (receiver.intents & Intent.GuildMembers) !== 0 ? view : undefined,
  );
}
