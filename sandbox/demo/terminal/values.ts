import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import type { APIApplicationCommandBasicOption as Option } from 'discord-api-types/v10';
import type { OptionValue } from '../../people/options.ts';
import type { World } from '../../world.ts';
import { idByName } from '../names.ts';
import type { Form } from './forms.ts';
import { InputError } from './input.ts';

/** What can be pointed at. */
export interface Surroundings {
  world: World;
  guildId: string;
  /** The channels and threads that the person sees. */
  visible: readonly { id: string; name: string }[];
}

/**
 * What was typed after each option's name, as the values that the options take.
 * @throws InputError when it names nobody and nothing, or is no number
 */
export function optionValues(
  { options }: Form,
  typed: Readonly<Record<string, string>>,
  around: Surroundings,
): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(typed).map(([name, text]) => {
      const option = options.find((candidate) => candidate.name === name)!;
      return [name, valueOf(option, text, around)];
    }),
  );
}

function valueOf(option: Option, text: string, around: Surroundings): OptionValue {
  switch (option.type) {
    case Type.Integer:
    case Type.Number:
      return numberFrom(text, option.name);
    case Type.Boolean:
      return /^(?:true|yes|on)$/i.test(text);
    case Type.Channel:
    case Type.User:
    case Type.Role:
    case Type.Mentionable:
      return pointed(option, text, around);
    case Type.String: {
      const choices = 'choices' in option ? option.choices : undefined;
      return choices?.find(({ name }) => name.toLowerCase() === text.toLowerCase())?.value ?? text;
    }
    default:
      throw new InputError(`${option.name}: cannot be filled in at a terminal.`);
  }
}

function numberFrom(text: string, name: string): number {
  const number = Number(text);
  if (Number.isNaN(number)) throw new InputError(`${name}: takes a number.`);
  return number;
}

function pointed({ type, name: option }: Option, text: string, around: Surroundings): { id: string } {
  const { world, guildId, visible } = around;
  const sign = type === Type.Channel ? '#' : '@';
  const name = text.replace(/^[#@]/, '');
  const id = idByName(world, guildId, sign, name);
  const isThere = sign === '@' || visible.some((channel) => channel.id === id);
  if (id === undefined || !isThere) throw new InputError(`${option}: there is no ${sign}${name}.`);
  return { id };
}
