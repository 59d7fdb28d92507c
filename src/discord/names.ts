import type { Client, Guild, GuildMember, User } from 'discord.js';
import type { Author } from '../domain/author.ts';
import type { Names } from './observe.ts';

/** {@link Names} from what the gateway keeps in memory; it never asks Discord. */
export function cachedNames(client: Client): Names {
  const user = (guildId: string, userId: string): Author | null => {
    const guild = client.guilds.cache.get(guildId);
    const member = guild?.members.cache.get(userId);
    if (member) return memberAuthor(member);
    const known = client.users.cache.get(userId);
    return known ? userAuthor(known) : botByRole(guild, userId);
  };
  return {
    user,
    role(guildId, roleId) {
      const role = client.guilds.cache.get(guildId)?.roles.cache.get(roleId);
      if (!role) return null;
      const botId = role.tags?.botId;
      return { name: role.name, bot: botId ? user(guildId, botId) : null };
    },
    channel(channelId) {
      const channel = client.channels.cache.get(channelId);
      return channel && 'name' in channel ? channel.name : null;
    },
  };
}

/** How many authors are remembered by their names. */
const HEARD = 5_000;

/** Knows besides those who wrote: a message may mention them without notifying, and then it does not bring their names. */
export class HeardNames implements Names {
  readonly #others: Names;
  readonly #heard = new Map<string, Author>();

  constructor(others: Names) {
    this.#others = others;
  }

  hear(author: Author): void {
    if (this.#heard.size >= HEARD && !this.#heard.has(author.key))
      this.#heard.delete(this.#heard.keys().next().value!);
    this.#heard.set(author.key, author);
  }

  user(guildId: string, userId: string): Author | null {
    return this.#others.user(guildId, userId) ?? this.#heard.get(userId) ?? null;
  }

  role(guildId: string, roleId: string) {
    return this.#others.role(guildId, roleId);
  }

  channel(channelId: string) {
    return this.#others.channel(channelId);
  }
}

/** A bot that has not been heard of yet is known by the role that came with it and carries its name. */
function botByRole(guild: Guild | undefined, userId: string): Author | null {
  const role = guild?.roles.cache.find(({ tags }) => tags?.botId === userId);
  return role ? { key: userId, name: role.name, kind: 'bot' } : null;
}

function memberAuthor(member: GuildMember): Author {
  return { ...userAuthor(member.user), name: member.displayName };
}

function userAuthor(user: User): Author {
  return { key: user.id, name: user.displayName, kind: user.bot ? 'bot' : 'person' };
}
