import { PermissionFlagsBits, Routes } from 'discord.js';
import type { Client, Guild, GuildMember, REST } from 'discord.js';
import type { Asker } from './access.ts';
import { orNull } from './or-null.ts';
import { LEFT_BY_TIMEOUT } from './permissions.ts';
import { toldChannels } from './told-channels.ts';

/** What Discord says at this moment of somebody in a server. */
export interface Seat {
  userId: string;
  /** Every role of theirs; @everyone may be among them. */
  roleIds: readonly string[];
  /** They own the server. */
  guildOwner: boolean;
  /** What they may do in a channel of this server, as bits; null: there is none, or the bot does not know of it. */
  permissionsIn(channelId: string): bigint | null;
}

/** Where it is known who somebody is in a server. */
export interface Seats {
  /** Null when the bot is not in the server, or the asker has left it. */
  seat(asker: Asker): Promise<Seat | null>;
  /** False also where the thread is gone or closed to the bot. */
  isThreadMember(threadId: string, userId: string): Promise<boolean>;
}

/**
 * {@link Seats} from what the gateway keeps up to date, and from REST for what it does not. To be made before the client connects, so
 * that it hears of every channel. `now`: ms UTC.
 */
export function gatewaySeats(client: Client, now: () => number): Seats {
  const told = toldChannels(client);
  return {
    async seat({ guildId, userId, member: known }) {
      const guild = client.guilds.cache.get(guildId);
      if (!guild) return null;
      // The gateway tells a bot without the members intent nothing of their roles.
      const member =
        known ?? (await orNull(guild.members.fetch({ user: userId, force: true, cache: false })));
      return member && seatOf(guild, member, { told, now: now() });
    },
    isThreadMember: (threadId, userId) => isThreadMember(client.rest, threadId, userId),
  };
}

/** Always asked anew: the gateway tells a bot without the members intent only of its own joining and leaving. */
export async function isThreadMember(
  rest: Pick<REST, 'get'>,
  threadId: string,
  userId: string,
): Promise<boolean> {
  return (await orNull(rest.get(Routes.threadMembers(threadId, userId)))) !== null;
}

function seatOf(
  guild: Guild,
  member: GuildMember,
  { told, now }: { told: ReadonlySet<string>; now: number },
): Seat {
  const isTimedOut = (member.communicationDisabledUntilTimestamp ?? 0) > now;
  const left =
    isTimedOut && !member.permissions.has(PermissionFlagsBits.Administrator) ? LEFT_BY_TIMEOUT : ~0n;
  return {
    userId: member.id,
    roleIds: [...member.roles.cache.keys()],
    guildOwner: guild.ownerId === member.id,
    permissionsIn(channelId) {
      const channel = told.has(channelId) ? guild.channels.cache.get(channelId) : undefined;
      return channel ? channel.permissionsFor(member).bitfield & left : null;
    },
  };
}
