import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import { InteractionContextType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { StoredCommand } from '../world.ts';
import { RefusedByClient } from './refusal.ts';
import type { Scene } from './resolved.ts';

/**
 * The command that a person who types its name gets.
 * @param type 1 chat, 2 user, 3 message
 * @throws RefusedByClient when there is none that they may use here, or several applications have one
 */
export function findCommand(scene: Scene, name: string, type: number, app?: { id: string }): StoredCommand {
  const named = [...scene.core.world.commands.values()].filter(({ command, applicationId }) => {
    return command.name === name && command.type === type && (app === undefined || applicationId === app.id);
  });
  const here = named.filter((stored) => isOffered(scene, stored));
  const allowed = here.filter((stored) => mayUse(scene, stored));
  // A guild's own command stands before the global one of the same application.
  const own = allowed.filter(({ guildId }) => guildId !== undefined);
  const found = own.length > 0 ? own : allowed;
  if (found.length > 1)
    throw new RefusedByClient(`Several applications have "${name}": say which with { app }`);
  if (found[0] !== undefined) return found[0];
  const reason = here.length > 0 ? 'may not be used by them' : 'is not offered';
  throw new RefusedByClient(`The command "${name}" ${reason} here`);
}

/** All commands that the person is offered in this channel; a guild's own stand before the global ones of their application. */
export function commandsFor(scene: Scene): StoredCommand[] {
  const offered = [...scene.core.world.commands.values()].filter(
    (stored) => isOffered(scene, stored) && mayUse(scene, stored),
  );
  const own = new Set(offered.filter(({ guildId }) => guildId !== undefined).map(keyOf));
  return offered.filter((stored) => stored.guildId !== undefined || !own.has(keyOf(stored)));
}

function keyOf({ applicationId, command: { type, name } }: StoredCommand): string {
  return `${applicationId} ${type} ${name}`;
}

/** The options that apply after subcommand names, with those names. @throws RefusedByClient for a wrong path */
export function descend(
  options: readonly APIApplicationCommandOption[],
  path: readonly string[],
): { options: readonly APIApplicationCommandOption[]; trail: { name: string; type: number }[] } {
  const [name, ...rest] = path;
  const isNested = (option: APIApplicationCommandOption) => option.type === 1 || option.type === 2;
  if (name === undefined) {
    if (options.some(isNested)) {
      throw new RefusedByClient(`Choose one of: ${options.map((option) => option.name).join(', ')}`);
    }
    return { options, trail: [] };
  }
  const option = options.find((one) => one.name === name && isNested(one));
  if (option === undefined) throw new RefusedByClient(`There is no subcommand "${name}"`);
  const inner = descend(('options' in option ? option.options : undefined) ?? [], rest);
  return { options: inner.options, trail: [{ name, type: option.type }, ...inner.trail] };
}

function isOffered({ core, channel }: Scene, { command, applicationId, guildId }: StoredCommand): boolean {
  if (channel.guildId === undefined) {
    const reaches = channel.recipientIds?.includes(applicationId) === true;
    return reaches && guildId === undefined && allowsContext(command, InteractionContextType.BotDM);
  }
  const isMember = core.world.guilds.get(channel.guildId)?.members.has(applicationId) === true;
  const isHere = guildId === undefined || guildId === channel.guildId;
  return isMember && isHere && allowsContext(command, InteractionContextType.Guild);
}

function allowsContext(command: StoredCommand['command'], context: InteractionContextType): boolean {
  if (command.contexts) return command.contexts.includes(context);
  return context === InteractionContextType.Guild || command.dm_permission !== false;
}

/** https://docs.discord.com/developers/interactions/application-commands#permissions: administrators may use all. */
function mayUse({ core, channel, userId }: Scene, { command }: StoredCommand): boolean {
  if (!core.permissions.canView(channel, userId)) return false;
  if (channel.guildId === undefined) return true;
  const { Administrator, UseApplicationCommands } = PermissionFlagsBits;
  const wanted = command.default_member_permissions;
  if (core.permissions.has(channel, userId, Administrator)) return true;
  if (!core.permissions.has(channel, userId, UseApplicationCommands) || wanted === '0') return false;
  return wanted === null || core.permissions.has(channel, userId, BigInt(wanted));
}
