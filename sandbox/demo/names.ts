import type { World } from '../world.ts';
import type { Names } from './render/markup.ts';

/** Names as people see them, by id. */
export function namesOf(world: World): Names {
  return {
    user(id) {
      const user = world.users.get(id);
      return user?.globalName ?? user?.username;
    },
    role: (id) =>
      world.guilds
        .values()
        .find(({ roles }) => roles.has(id))
        ?.roles.get(id)?.name,
    channel: (id) => world.channels.get(id)?.name,
  };
}

/** The id of `#channel` (or thread), or of `@member`, `@role` or `@everyone`, whatever the case of its letters. */
export function idByName(world: World, guildId: string, sign: '#' | '@', name: string): string | undefined {
  const guild = world.guilds.get(guildId);
  if (guild === undefined) return undefined;
  const isMeant = (candidate: string | undefined) => candidate?.toLowerCase() === name.toLowerCase();
  if (sign === '@' && isMeant('everyone')) return guildId;
  if (sign === '#') {
    const channels = [...guild.channels.values(), ...guild.threads.values()];
    return channels.find((channel) => isMeant(channel.name))?.id;
  }
  const member = guild.members.keys().find((id) => isMeant(world.users.get(id)?.username));
  return member ?? guild.roles.values().find((role) => isMeant(role.name))?.id;
}

/** Makes mentions of the names that people type, `@name` and `#name`. What names nothing stays as it is. */
export function withMentions(text: string, world: World, guildId: string): string {
  return text.replaceAll(
    /(?<![\w<])(?<sign>[@#])(?<name>\w[\w-]*)/g,
    (typed, sign: '#' | '@', name: string) => {
      const id = idByName(world, guildId, sign, name);
      if (id === undefined || id === guildId) return typed;
      const isRole = world.guilds.get(guildId)?.roles.has(id) === true;
      return `<${isRole ? '@&' : sign}${id}>`;
    },
  );
}
