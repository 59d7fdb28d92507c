import type { Client, GuildMember } from 'discord.js';
import { orNull } from '../discord/or-null.ts';
import type { Doors } from './doors.ts';

/** Discord is asked again after so long, in ms: what a bot may see is known of channels at once, of its roles and leaving after that. */
const FRESH = 2_000;
/** How many bots are remembered meanwhile. */
const KEPT = 1_000;

/** Bots as members of their servers, as Discord said within the last two seconds. */
export function createMembers(client: Client, now: () => number): Doors['member'] {
  const asked = new Map<string, { at: number; member: Promise<GuildMember | null> }>();
  return (guildId, userId) => {
    const key = `${guildId} ${userId}`;
    const known = asked.get(key);
    if (known && now() - known.at < FRESH) return known.member;
    const guild = client.guilds.cache.get(guildId);
    if (!guild) return Promise.resolve(null);
    const member = orNull(guild.members.fetch({ user: userId, force: true, cache: false }));
    if (asked.size >= KEPT) asked.clear();
    asked.set(key, { at: now(), member });
    member.catch(() => asked.delete(key));
    return member;
  };
}
