import {
  byType,
  boolean,
  integer,
  isRecord,
  list,
  listAt,
  number,
  object,
  string,
  textAt,
  lengthOf,
  type Check,
} from './checks.ts';
import type { Form } from './form.ts';
import { localized } from './locales.ts';

/** Application command option types: https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type */
export const OptionKind = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

/** Chat command and option names: https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const safeInteger = { min: -(2 ** 53) + 1, max: 2 ** 53 - 1 };

export const chatName: Check = (value, form) => {
  string({ min: 1, max: 32 })(value, form);
  if (typeof value !== 'string' || value === '') return;
  if (!namePattern.test(value) || value !== value.toLowerCase()) {
    form.fail('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
};

const named = {
  type: integer(),
  name: chatName,
  name_localizations: localized(chatName),
  description: string({ min: 1, max: 100 }),
  description_localizations: localized(string({ min: 1, max: 100 })),
};
const simple = { ...named, required: boolean };
const mandatory = ['name', 'description'];

function choices(value: Check): Check {
  const choice = object(
    {
      name: string({ min: 1, max: 100 }),
      name_localizations: localized(string({ min: 1, max: 100 })),
      value,
    },
    ['name', 'value'],
  );
  return list(choice, { max: 25 });
}

const values: Record<number, Check> = {
  [OptionKind.string]: valueOption({
    choices: choices(string({ min: 1, max: 100 })),
    min_length: integer({ min: 0, max: 6000 }),
    max_length: integer({ min: 1, max: 6000 }),
  }),
  [OptionKind.integer]: valueOption({
    choices: choices(integer(safeInteger)),
    min_value: integer(safeInteger),
    max_value: integer(safeInteger),
  }),
  [OptionKind.number]: valueOption({
    choices: choices(number(safeInteger)),
    min_value: number(),
    max_value: number(),
  }),
  [OptionKind.boolean]: object(simple, mandatory),
  [OptionKind.user]: object(simple, mandatory),
  [OptionKind.channel]: object(
    { ...simple, channel_types: list(integer({ min: 0, max: 16 }), { unique: true }) },
    mandatory,
  ),
  [OptionKind.role]: object(simple, mandatory),
  [OptionKind.mentionable]: object(simple, mandatory),
  [OptionKind.attachment]: object(simple, mandatory),
};

const subcommand = object({ ...simple, options: optionList(values) }, mandatory);
const group = object({ ...simple, options: optionList({ [OptionKind.subcommand]: subcommand }) }, mandatory);

/** The options of a chat command: either values, or subcommands and groups of them. */
export const options: Check = (value, form) => {
  optionList({ ...values, [OptionKind.subcommand]: subcommand, [OptionKind.group]: group })(value, form);
  const nested = listAt({ value }, 'value').map(
    (option) => isRecord(option) && Number(option['type']) <= OptionKind.group,
  );
  if (nested.includes(true) && nested.includes(false)) {
    const message =
      'Sub-command and sub-command group option types are mutually exclusive to all other types';
    for (const [index, isNested] of nested.entries()) {
      if (!isNested) form.at(index).fail('APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message);
    }
  }
};

/** What counts towards a command's 8000 characters: names, descriptions and string values, in the longest language. */
export function optionLength(option: unknown): number {
  const choices = listAt(option, 'choices').map(
    (one) => longest(one, 'name') + lengthOf(textAt(one, 'value')),
  );
  const inner = listAt(option, 'options').map(optionLength);
  return [longest(option, 'name'), longest(option, 'description'), ...choices, ...inner].reduce(
    (a, b) => a + b,
    0,
  );
}

export function longest(thing: unknown, field: string): number {
  const translations = isRecord(thing) ? thing[`${field}_localizations`] : undefined;
  const texts = isRecord(translations)
    ? Object.keys(translations).map((key) => textAt(translations, key))
    : [];
  return Math.max(...[textAt(thing, field), ...texts].map(lengthOf));
}

function optionList(kinds: Record<number, Check>): Check {
  const shape = list(byType(kinds), { max: 25 });
  return (value, form) => {
    shape(value, form);
    const options = listAt({ value }, 'value');
    refuseRepeatedNames(options, form);
    refuseLateRequired(options, form);
  };
}

function valueOption(fields: Record<string, Check>): Check {
  const shape = object({ ...simple, autocomplete: boolean, ...fields }, mandatory);
  return (value, form) => {
    shape(value, form);
    if (!isRecord(value)) return;
    if (value['autocomplete'] === true && listAt(value, 'choices').length > 0) {
      form
        .at('choices')
        .fail(
          'APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES_MUTUALLY_EXCLUSIVE',
          'Autocomplete and choices are mutually exclusive',
        );
    }
    refuseRepeatedNames(listAt(value, 'choices'), form.at('choices'));
    for (const kind of ['value', 'length']) refuseCrossed(value, `min_${kind}`, `max_${kind}`, form);
  };
}

function refuseCrossed(option: Record<string, unknown>, min: string, max: string, form: Form): void {
  const [least, most] = [option[min], option[max]];
  if (typeof least === 'number' && typeof most === 'number' && least > most) {
    form.at(min).fail('NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`);
  }
}

function refuseRepeatedNames(things: unknown[], form: Form): void {
  const seen = new Set<string>();
  for (const [index, thing] of things.entries()) {
    const name = textAt(thing, 'name');
    if (name !== '' && seen.has(name)) {
      form.at(index).fail('APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists');
    }
    seen.add(name);
  }
}

function refuseLateRequired(options: unknown[], form: Form): void {
  let optionalSeen = false;
  for (const [index, option] of options.entries()) {
    if (!isRecord(option) || Number(option['type']) <= OptionKind.group) continue;
    if (option['required'] !== true) optionalSeen = true;
    else if (optionalSeen) {
      form
        .at(index)
        .fail(
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        );
    }
  }
}
