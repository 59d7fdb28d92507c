import { Routes } from 'discord.js';
import type { APIGuild, APIGuildChannel, APIGuildMember, REST } from 'discord.js';
import type { Asker } from './access.ts';
import { orNull } from './or-null.ts';
import { permissionsIn } from './permissions.ts';
import { isThreadMember } from './seats.ts';
import type { Seat, Seats } from './seats.ts';

/**
 * {@link Seats} from REST alone, where no client is connected. Meant for one answer: what was asked is remembered. `now`: ms UTC.
 */
export function restSeats(rest: Pick<REST, 'get'>, now: number): Seats {
  const seats = new Map<string, Promise<Seat | null>>();
  return {
    seat(asker) {
      const key = `${asker.guildId}/${asker.userId}`;
      const seat = seats.get(key) ?? seatIn(rest, asker, now);
      seats.set(key, seat);
      return seat;
    },
    isThreadMember: (threadId, userId) => isThreadMember(rest, threadId, userId),
  };
}

async function seatIn(
  rest: Pick<REST, 'get'>,
  { guildId, userId }: Asker,
  now: number,
): Promise<Seat | null> {
  const [guild, member, channels] = await Promise.all([
    orNull(rest.get(Routes.guild(guildId)) as Promise<APIGuild>),
    orNull(rest.get(Routes.guildMember(guildId, userId)) as Promise<APIGuildMember>),
    orNull(rest.get(Routes.guildChannels(guildId)) as Promise<APIGuildChannel[]>),
  ]);
  if (!guild || !member || !channels) return null;
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  return {
    userId,
    roleIds: [guildId, ...member.roles],
    guildOwner: guild.owner_id === userId,
    permissionsIn(channelId) {
      const channel = byId.get(channelId);
      return channel
        ? permissionsIn(channel.permission_overwrites ?? [], guild, { ...member, userId }, now)
        : null;
    },
  };
}
