import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import {
  boolean,
  integer,
  isAbsent,
  isRecord,
  list,
  listAt,
  object,
  oneOf,
  permissionBits,
  snowflake,
  string,
  textAt,
  type Check,
} from './checks.ts';
import { tooManyCommands } from '../errors.ts';
import { assertForm, type Form } from './form.ts';
import { localized } from './locales.ts';
import { chatName, longest, optionLength, options } from './options.ts';

/** https://docs.discord.com/developers/interactions/application-commands#registering-a-command */
const limits = { 1: 100, 2: 15, 3: 15, 4: 1 } as const;
const maxCharacters = 8000;

const chatInput = 1;
const contextName = string({ min: 1, max: 32 });

/**
 * Checks one command to create.
 * @throws DiscordError 50035
 */
export function checkCommand(body: unknown): RESTPostAPIApplicationCommandsJSONBody {
  assertForm(command, body);
  return body as RESTPostAPIApplicationCommandsJSONBody;
}

/**
 * Checks a change of a command by checking what would come out of it.
 * @throws DiscordError 50035
 */
export function checkCommandChange(body: unknown, before: object): Record<string, unknown> {
  assertForm((value, form) => {
    object(
      Object.fromEntries(['type', ...Object.keys(fields(chatInput))].map((name) => [name, () => undefined])),
    )(value, form);
    if (isRecord(value)) command({ ...before, ...value }, form);
  }, body);
  return body as Record<string, unknown>;
}

/**
 * Checks the commands of a bulk overwrite: each, their names against each other, and how many there are.
 * @throws DiscordError 50035, 30032
 */
export function checkCommands(body: unknown): (RESTPostAPIApplicationCommandsJSONBody & { id?: string })[] {
  assertForm((value, form) => {
    list(overwritten)(value, form);
    const commands = listAt({ value }, 'value');
    refuseRepeated(commands, form);
  }, body);
  refuseTooMany(listAt({ body }, 'body'));
  return body as RESTPostAPIApplicationCommandsJSONBody[];
}

/** How many commands of a type an application may have, globally and again in each guild. */
export function commandLimit(type: number): number {
  return limits[type as keyof typeof limits] ?? limits[chatInput];
}

const command: Check = (value, form) => checkOne(value, {}, form);
const overwritten: Check = (value, form) => checkOne(value, { id: snowflake }, form);

function checkOne(value: unknown, more: Record<string, Check>, form: Form): void {
  const type = isRecord(value) && !isAbsent(value['type']) ? Number(value['type']) : chatInput;
  const required = type === chatInput ? ['name', 'description'] : ['name'];
  object({ ...fields(type), ...more }, required)(value, form);
  if (!isRecord(value)) return;
  if (type === chatInput && value['description'] === '') form.at('description').required();
  if (type !== chatInput) refuseChatParts(value, form);
  const length = longest(value, 'name') + longest(value, 'description');
  if (
    listAt(value, 'options').reduce((sum: number, option) => sum + optionLength(option), length) >
    maxCharacters
  ) {
    form.fail('APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${maxCharacters})`);
  }
}

function fields(type: number): Record<string, Check> {
  const name = type === chatInput ? chatName : contextName;
  const description = string({ max: 100 });
  return {
    type: oneOf([1, 2, 3, 4]),
    name,
    name_localizations: localized(name),
    description,
    description_localizations: localized(description),
    options,
    default_member_permissions: permissionBits,
    default_permission: boolean,
    dm_permission: boolean,
    nsfw: boolean,
    integration_types: list(oneOf([0, 1]), { min: 1, unique: true }),
    contexts: list(oneOf([0, 1, 2]), { min: 1, unique: true }),
    handler: integer({ min: 1, max: 3 }),
  };
}

function refuseChatParts(command: Record<string, unknown>, form: Form): void {
  if (textAt(command, 'description') !== '') {
    form
      .at('description')
      .fail('APPLICATION_COMMAND_DESCRIPTION_CONTEXT_MENU', 'Context menu commands cannot have description');
  }
  if (listAt(command, 'options').length > 0) {
    form
      .at('options')
      .fail('APPLICATION_COMMAND_OPTIONS_CONTEXT_MENU', 'Context menu commands cannot have options');
  }
}

function refuseRepeated(commands: unknown[], form: Form): void {
  const seen = new Set<string>();
  for (const [index, one] of commands.entries()) {
    const key = `${typeOf(one)}:${textAt(one, 'name')}`;
    if (seen.has(key)) {
      form.at(index).fail('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    }
    seen.add(key);
  }
}

function refuseTooMany(commands: unknown[]): void {
  for (const type of [1, 2, 3, 4]) {
    if (commands.filter((one) => typeOf(one) === type).length > commandLimit(type)) throw tooManyCommands();
  }
}

function typeOf(command: unknown): number {
  return isRecord(command) && typeof command['type'] === 'number' ? command['type'] : chatInput;
}
