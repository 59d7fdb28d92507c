import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import { storeFiles } from '../actions/files.ts';
import { lengthOf } from '../validate/checks.ts';
import { OptionKind } from '../validate/options.ts';
import { RefusedByClient } from './refusal.ts';
import type { Resolved, Scene } from './resolved.ts';

/** What a person fills in: text, a number, yes or no, something with an id (channel, user, role), its id, or a file. */
export type OptionValue =
  | string
  | number
  | boolean
  | { id: string }
  | { name: string; data: string | Uint8Array };

export interface FilledOption {
  name: string;
  type: number;
  value: string | number | boolean;
  focused?: true;
}

/**
 * Fills in a command's options as Discord's client lets a person do it.
 * @throws RefusedByClient for a missing required option, an unknown one, or a value that does not fit
 */
export function fillOptions(
  scene: Scene,
  options: readonly APIApplicationCommandOption[],
  values: Record<string, OptionValue>,
  resolved: Resolved,
  isPartial = false,
): FilledOption[] {
  for (const { name, required } of options) {
    if (!isPartial && required === true && values[name] === undefined) {
      throw new RefusedByClient(`The option "${name}" is required`);
    }
  }
  return Object.entries(values).map(([name, value]) => {
    const option = options.find((one) => one.name === name);
    if (option === undefined) throw new RefusedByClient(`There is no option "${name}"`);
    return { name, type: option.type, value: fill(scene, option, value, resolved) };
  });
}

function fill(
  scene: Scene,
  option: APIApplicationCommandOption,
  value: OptionValue,
  resolved: Resolved,
): FilledOption['value'] {
  const refuse = (why: string) => new RefusedByClient(`The option "${option.name}" ${why}`);
  switch (option.type) {
    case OptionKind.string:
      if (typeof value !== 'string') throw refuse('takes text');
      checkText(option, value, refuse);
      return value;
    case OptionKind.integer:
    case OptionKind.number:
      if (typeof value !== 'number' || (option.type === OptionKind.integer && !Number.isSafeInteger(value))) {
        throw refuse(option.type === OptionKind.integer ? 'takes a whole number' : 'takes a number');
      }
      checkNumber(option, value, refuse);
      return value;
    case OptionKind.boolean:
      if (typeof value !== 'boolean') throw refuse('takes true or false');
      return value;
    case OptionKind.attachment:
      return attach(scene, value, resolved, refuse);
    default:
      return point(scene, option, value, resolved, refuse);
  }
}

type Refuse = (why: string) => RefusedByClient;

function checkText(option: APIApplicationCommandOption, value: string, refuse: Refuse): void {
  const { min_length: least = 0, max_length: most = 6000 } = option as {
    min_length?: number;
    max_length?: number;
  };
  const length = lengthOf(value);
  if (length < Math.max(least, 1) || length > most) throw refuse(`takes ${least} to ${most} characters`);
  checkChoice(option, value, refuse);
}

function checkNumber(option: APIApplicationCommandOption, value: number, refuse: Refuse): void {
  const { min_value: least = -(2 ** 53), max_value: most = 2 ** 53 } = option as {
    min_value?: number;
    max_value?: number;
  };
  if (value < least || value > most) throw refuse(`takes numbers from ${least} to ${most}`);
  checkChoice(option, value, refuse);
}

/** Choices limit what can be entered; what an autocompletion offers does not. */
function checkChoice(option: APIApplicationCommandOption, value: string | number, refuse: Refuse): void {
  const choices = 'choices' in option ? option.choices : undefined;
  if (choices === undefined || choices.length === 0 || choices.some((choice) => choice.value === value))
    return;
  throw refuse(`takes one of: ${choices.map((choice) => choice.value).join(', ')}`);
}

function attach(scene: Scene, value: OptionValue, resolved: Resolved, refuse: Refuse): string {
  if (typeof value !== 'object' || !('data' in value)) throw refuse('takes a file');
  const bytes = new Uint8Array(Buffer.from(value.data as string));
  const upload = { key: '0', filename: value.name, contentType: 'application/octet-stream', bytes };
  const attachment = storeFiles(scene.core, scene.channel.id, [upload])[0]!;
  resolved.attachment(attachment);
  return attachment.id;
}

/** Users, channels, roles and mentionables are given as themselves or by id. */
function point(
  { core, channel }: Scene,
  option: APIApplicationCommandOption,
  value: OptionValue,
  resolved: Resolved,
  refuse: Refuse,
): string {
  const id = typeof value === 'object' && 'id' in value ? value.id : value;
  if (typeof id !== 'string') throw refuse('takes something with an id');
  const isRole = core.world.guilds.get(channel.guildId ?? '')?.roles.has(id) === true;
  if (option.type === OptionKind.channel) resolved.channel(id, option.channel_types);
  else if (option.type === OptionKind.role || (option.type === OptionKind.mentionable && isRole))
    resolved.role(id);
  else resolved.user(id);
  return id;
}
