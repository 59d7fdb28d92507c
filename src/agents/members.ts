import type { Client, Guild, GuildMember } from 'discord.js';
import { orNull } from '../discord/or-null.ts';
import type { Doors } from './doors.ts';

/** What Discord said counts for so long, in ms: what a bot may see is known of channels at once, of its roles and leaving after that. */
const COUNTS = 2_000;
/** After so long, in ms, Discord is asked again, while what it said still counts: a program that goes on calling never waits for it. */
const ASKED_AGAIN = 1_500;
/** How many bots are remembered meanwhile. */
const KEPT = 1_000;

interface Asked {
  /** When, ms UTC. */
  at: number;
  member: Promise<GuildMember | null>;
}

/** Bots as members of their servers, as Discord said within the last two seconds. */
export function createMembers(client: Client, now: () => number): Doors['member'] {
  const answered = new Map<string, Asked>();
  const underWay = new Map<string, Asked>();
  const ask = (guild: Guild, userId: string, key: string): Asked => {
    const member = orNull(guild.members.fetch({ user: userId, force: true, cache: false }));
    const asked = { at: now(), member };
    const end = () => void (underWay.get(key) === asked && underWay.delete(key));
    const keep = () => {
      end();
      if (answered.size >= KEPT) answered.clear();
      answered.set(key, asked);
    };
    underWay.set(key, asked);
    member.then(keep, end);
    return asked;
  };
  return async (guildId, userId) => {
    const guild = client.guilds.cache.get(guildId);
    if (!guild) return null;
    const key = `${guildId} ${userId}`;
    const ageOf = (asked?: Asked) => (asked ? now() - asked.at : Infinity);
    const known = answered.get(key);
    if (known && ageOf(known) < ASKED_AGAIN) return known.member;
    const coming = underWay.get(key);
    const news = coming && ageOf(coming) < COUNTS ? coming : ask(guild, userId, key);
    return known && ageOf(known) < COUNTS ? known.member : news.member;
  };
}
