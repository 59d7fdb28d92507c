import { describe, expect, it } from 'vitest';
import { checkCommand, checkCommandChange, checkCommands } from '../../../sandbox/validate/commands.ts';
import { refusals } from '../../support/refusals.ts';

const command = (more: object = {}) => ({ name: 'explain', description: 'Explains', ...more });
const option = (name: string, more: object = {}) => ({ type: 3, name, description: 'An option', ...more });
const choice = (name: string, value: unknown = name) => ({ name, value });
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const refused = (more: object) => refusals(() => checkCommand(command(more)));

describe('a command', () => {
  it.each<[string, object]>([
    ['only a name and a description', {}],
    ['a name in another script', { name: '説明' }],
    ['permissions as a string', { default_member_permissions: '32' }],
    ['25 options', { options: many(25, (i) => option(`o${i}`)) }],
    ['25 choices', { options: [option('mode', { choices: many(25, (i) => choice(`c${i}`)) })] }],
    ['required options first', { options: [option('a', { required: true }), option('b')] }],
    [
      'subcommands and groups',
      {
        options: [
          { ...option('map'), type: 1 },
          { ...option('more'), type: 2, options: [{ ...option('list'), type: 1 }] },
        ],
      },
    ],
    ['a translation', { description_localizations: { 'pt-BR': 'Explica' } }],
    ['places where it can be used', { contexts: [0, 1], integration_types: [0] }],
  ])('passes with %s', (_, more) => {
    expect(refused(more)).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ['an upper-case name', { name: 'Explain' }, ['name APPLICATION_COMMAND_INVALID_NAME']],
    ['a name with a space', { name: 'explain this' }, ['name APPLICATION_COMMAND_INVALID_NAME']],
    [
      'a name of 33',
      { name: 'x'.repeat(33) },
      ['name BASE_TYPE_BAD_LENGTH', 'name APPLICATION_COMMAND_INVALID_NAME'],
    ],
    ['no description', { description: undefined }, ['description BASE_TYPE_REQUIRED']],
    ['an empty description', { description: '' }, ['description BASE_TYPE_REQUIRED']],
    ['a description of 101', { description: 'x'.repeat(101) }, ['description BASE_TYPE_MAX_LENGTH']],
    ['an unknown field', { descripton: 'x' }, ['descripton UNKNOWN_FIELD']],
    ['an unknown language', { name_localizations: { xx: 'x' } }, ['name_localizations.xx UNKNOWN_FIELD']],
    ['26 options', { options: many(26, (i) => option(`o${i}`)) }, ['options BASE_TYPE_MAX_LENGTH']],
    [
      '26 choices',
      { options: [option('m', { choices: many(26, (i) => choice(`c${i}`)) })] },
      ['options.0.choices BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'an upper-case option',
      { options: [option('Mode')] },
      ['options.0.name APPLICATION_COMMAND_INVALID_NAME'],
    ],
    [
      'an option without description',
      { options: [{ type: 3, name: 'mode' }] },
      ['options.0.description BASE_TYPE_REQUIRED'],
    ],
    [
      'one option twice',
      { options: [option('a'), option('a')] },
      ['options.1 APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS'],
    ],
    [
      'a required option last',
      { options: [option('a'), option('b', { required: true })] },
      ['options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID'],
    ],
    [
      'an option type that is none',
      { options: [{ ...option('a'), type: 12 }] },
      ['options.0.type UNION_TYPE_CHOICES'],
    ],
    [
      'a choice of another type',
      { options: [option('a', { choices: [choice('c', 5)] })] },
      ['options.0.choices.0.value STRING_TYPE_CONVERT'],
    ],
    [
      'choices and autocompletion',
      { options: [option('a', { autocomplete: true, choices: [choice('c')] })] },
      ['options.0.choices APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES_MUTUALLY_EXCLUSIVE'],
    ],
    [
      'a subcommand beside a value',
      { options: [option('a'), { ...option('map'), type: 1 }] },
      ['options.0 APPLICATION_COMMAND_OPTIONS_TYPE_INVALID'],
    ],
    [
      'limits that cross',
      { options: [{ ...option('a'), type: 4, min_value: 5, max_value: 4 }] },
      ['options.0.min_value NUMBER_TYPE_MAX'],
    ],
    [
      'options in a context menu',
      { type: 3, description: undefined, options: [option('a')] },
      ['options APPLICATION_COMMAND_OPTIONS_CONTEXT_MENU'],
    ],
    [
      'a description in a context menu',
      { type: 2 },
      ['description APPLICATION_COMMAND_DESCRIPTION_CONTEXT_MENU'],
    ],
  ])('is refused with %s', (_, more, expected) => {
    expect(refused(more)).toEqual(expected);
  });

  it('may have 8000 characters, but not 8001', () => {
    // 7 + 8 characters of the command, 10 options of 1 + 9, choices of 2 + the rest.
    const options = (rest: number) =>
      many(10, (i) =>
        option(`${i}`, {
          choices: many(25, (j) =>
            choice(`${j}`.padStart(2, '0'), 'x'.repeat(i === 0 && j === 0 ? rest : 29)),
          ),
        }),
      );
    const others = 7 + 8 + 10 * (1 + 9) + 250 * 2 + 249 * 29;
    expect(8000 - others).toBeGreaterThan(0);
    const spread = (rest: number) => ({
      description: `Explains${'x'.repeat(rest - 90)}`,
      options: options(90),
    });
    expect(refused(spread(8000 - others))).toEqual([]);
    expect(refused(spread(8000 - others + 1))).toEqual(['APPLICATION_COMMAND_TOO_LARGE']);
  });

  it('of a context menu may have a name with capitals and spaces', () => {
    expect(refusals(() => checkCommand({ type: 3, name: 'Explain this' }))).toEqual([]);
  });

  it('is checked as a whole when a part of it changes', () => {
    const before = command({ options: [option('a')] });
    expect(refusals(() => checkCommandChange({ description: 'Says why' }, before))).toEqual([]);
    expect(refusals(() => checkCommandChange({ description: null }, before))).toEqual([
      'description BASE_TYPE_REQUIRED',
    ]);
    expect(refusals(() => checkCommandChange({ name: 'No!' }, before))).toEqual([
      'name APPLICATION_COMMAND_INVALID_NAME',
    ]);
  });
});

describe('the commands of an application', () => {
  it('may be 100 chat commands and as many of a name as there are types', () => {
    const commands = [
      ...many(100, (i) => command({ name: `c${i}` })),
      { type: 3, name: 'c1' },
      { type: 2, name: 'c1' },
    ];
    expect(refusals(() => checkCommands(commands))).toEqual([]);
  });

  it('are refused when there are 101, or two of one name', () => {
    expect(refusals(() => checkCommands(many(101, (i) => command({ name: `c${i}` }))))).toEqual(['30032']);
    expect(refusals(() => checkCommands([command(), command()]))).toEqual([
      '1 APPLICATION_COMMANDS_DUPLICATE_NAME',
    ]);
  });
});
