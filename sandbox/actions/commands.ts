import { isDeepStrictEqual } from 'node:util';
import type { APIApplicationCommand, RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { tooManyCommands, unknownCommand } from '../errors.ts';
import { checkCommand, checkCommandChange, checkCommands, commandLimit } from '../validate/commands.ts';
import type { StoredCommand } from '../world.ts';

/** Whose commands: an application's global ones, or those it has in one guild. */
export interface CommandScope {
  applicationId: string;
  guildId?: string;
}

type Given = RESTPostAPIApplicationCommandsJSONBody & { id?: string };

/** In the order they were made. */
export function commandsOf(core: Core, { applicationId, guildId }: CommandScope): StoredCommand[] {
  return [...core.world.commands.values()].filter(
    (stored) => stored.applicationId === applicationId && stored.guildId === guildId,
  );
}

/** @throws DiscordError 10063 */
export function commandOf(core: Core, scope: CommandScope, id: string): StoredCommand {
  const stored = core.world.commands.get(id);
  if (stored?.applicationId !== scope.applicationId || stored.guildId !== scope.guildId)
    throw unknownCommand();
  return stored;
}

/**
 * Makes a command, or overwrites the one of the same type and name.
 * @throws DiscordError 50035, 30032
 */
export function upsertCommand(
  core: Core,
  scope: CommandScope,
  body: unknown,
): { stored: StoredCommand; isNew: boolean } {
  const given = checkCommand(body);
  const others = commandsOf(core, scope);
  const before = sameCommand(others, given);
  const ofType = others.filter(({ command }) => command.type === (given.type ?? 1));
  if (before === undefined && ofType.length >= commandLimit(given.type ?? 1)) throw tooManyCommands();
  return { stored: store(core, scope, given, before), isNew: before === undefined };
}

/**
 * Replaces all commands of a scope. Those that keep type and name keep their id.
 * @throws DiscordError 50035, 30032
 */
export function overwriteCommands(core: Core, scope: CommandScope, body: unknown): StoredCommand[] {
  const given = checkCommands(body);
  const before = commandsOf(core, scope);
  const after = given.map((one) => store(core, scope, one, sameCommand(before, one)));
  const kept = new Set(after.map(({ command }) => command.id));
  for (const { command } of before) if (!kept.has(command.id)) core.world.commands.delete(command.id);
  return after;
}

/** @throws DiscordError 10063, 50035 */
export function changeCommand(core: Core, scope: CommandScope, id: string, body: unknown): StoredCommand {
  const before = commandOf(core, scope, id);
  const settings = settingsOf(before.command);
  const change = checkCommandChange(body, settings);
  return store(core, scope, { ...settings, ...change } as unknown as Given, before);
}

/** @throws DiscordError 10063 */
export function deleteCommand(core: Core, scope: CommandScope, id: string): void {
  core.world.commands.delete(commandOf(core, scope, id).command.id);
}

function sameCommand(commands: StoredCommand[], given: Given): StoredCommand | undefined {
  return commands.find(({ command }) => command.name === given.name && command.type === (given.type ?? 1));
}

/** Writes a command down; its version moves only when something changes. */
function store(
  core: Core,
  scope: CommandScope,
  given: Given,
  before: StoredCommand | undefined,
): StoredCommand {
  const id = before?.command.id ?? core.ids.next();
  const made = { ...written(given, scope), id, application_id: scope.applicationId };
  const isSame =
    before !== undefined && isDeepStrictEqual({ ...made, version: before.command.version }, before.command);
  const version = isSame ? before.command.version : core.ids.next();
  const stored = { command: { ...made, version } as unknown as APIApplicationCommand, ...scope };
  core.world.commands.set(id, stored);
  return stored;
}

/** The command as Discord gives it back: every setting there, with its default where none was given. */
function written(given: Given, { guildId }: CommandScope): object {
  const { name, type = 1, default_member_permissions: permissions } = given;
  const { description, description_localizations, options } = given as unknown as ChatParts;
  const isOpen = permissions === undefined || permissions === null;
  return {
    type,
    name,
    name_localizations: given.name_localizations ?? null,
    description: description ?? '',
    description_localizations: description_localizations ?? null,
    default_member_permissions: isOpen ? null : String(permissions),
    nsfw: given.nsfw ?? false,
    // Both are for global commands alone.
    contexts: (guildId === undefined && given.contexts) || null,
    integration_types: (guildId === undefined && given.integration_types) || [0],
    ...(guildId === undefined ? { dm_permission: given.dm_permission ?? true } : { guild_id: guildId }),
    ...(options?.length && { options: options.map(writtenOption) }),
  };
}

/** What only chat commands have. */
interface ChatParts {
  description?: string;
  description_localizations?: object | null;
  options?: Json[] | null;
}

type Json = Record<string, unknown>;

/** Options come back without what is false or empty, and with `null` for translations that were not given. */
function writtenOption(option: Json): Json {
  const { options, choices, required, autocomplete, ...rest } = option;
  const present = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  return {
    ...noTranslations,
    ...Object.fromEntries(present),
    ...(required === true && { required }),
    ...(autocomplete === true && { autocomplete }),
    ...(Array.isArray(options) && { options: options.map(writtenOption) }),
    ...(Array.isArray(choices) && {
      choices: choices.map((choice: Json) => ({
        ...choice,
        name_localizations: choice['name_localizations'] ?? null,
      })),
    }),
  };
}

const noTranslations = { name_localizations: null, description_localizations: null };

/** What of a stored command is the sender's to set. */
function settingsOf(command: APIApplicationCommand): object {
  const { id: _id, application_id: _application, version: _version, guild_id: _guild, ...settings } = command;
  return settings;
}
