import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { APIApplicationCommand } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { messageCommands, slashForms, usage } from '../../../../sandbox/demo/terminal/forms.ts';
import { InputError, readInput } from '../../../../sandbox/demo/terminal/input.ts';

const option = (name: string, required = false) => ({
  type: ApplicationCommandOptionType.String,
  name,
  description: name,
  required,
});
const commands = [
  { name: 'explain', type: 1, description: 'Explains', options: [option('mode'), option('bot')] },
  { name: 'how', type: 1, description: 'Asks', options: [option('question', true), option('workspace')] },
  {
    name: 'workspace',
    type: 1,
    description: 'Workspaces',
    options: [
      { type: 1, name: 'map', description: 'Maps', options: [option('channel', true)] },
      { type: 1, name: 'list', description: 'Lists' },
    ],
  },
  { name: 'workspace-logs', type: 1, description: 'Logs' },
  { name: 'Explain this', type: 3, description: '' },
] as unknown as APIApplicationCommand[];
const forms = slashForms(commands);
const onMessages = messageCommands(commands);
const read = (line: string) => readInput(line, forms, onMessages);

test('subcommands are commands of their own', () => {
  expect(forms.map(usage)).toEqual([
    '/explain [mode:…] [bot:…]',
    '/how question:… [workspace:…]',
    '/workspace list',
    '/workspace map channel:…',
    '/workspace-logs',
  ]);
  expect(onMessages).toEqual(['Explain this']);
});

test.each([
  ['', { kind: 'nothing' }],
  [' help ', { kind: 'help' }],
  ['?', { kind: 'help' }],
  ['exit', { kind: 'quit' }],
  ['#general', { kind: 'channel', name: 'general' }],
  ['as @ben', { kind: 'person', name: 'ben' }],
  ['as you like it', { kind: 'say', text: 'as you like it' }],
  ['3', { kind: 'press', control: 3, choices: [] }],
  ['3 2 1', { kind: 'press', control: 3, choices: [2, 1] }],
  ['3 apples', { kind: 'say', text: '3 apples' }],
  ['@nanobot hello', { kind: 'say', text: '@nanobot hello' }],
  ['explain this 12', { kind: 'message-command', name: 'Explain this', message: 12 }],
  ['/Explain this #12', { kind: 'message-command', name: 'Explain this', message: 12 }],
  ['explain thistle', { kind: 'say', text: 'explain thistle' }],
])('%j is understood', (line, input) => {
  expect(read(line)).toEqual(input);
});

describe('slash commands', () => {
  test.each([
    ['/explain', 'explain', {}],
    ['/explain mode:debug', 'explain', { mode: 'debug' }],
    ['/how question: why did you escalate', 'how', { question: 'why did you escalate' }],
    ['/how question:at 14:02: why? workspace:#x', 'how', { question: 'at 14:02: why?', workspace: '#x' }],
    ['/workspace map channel:#general', 'workspace map', { channel: '#general' }],
    ['/workspace-logs', 'workspace-logs', {}],
  ])('%j', (line, name, values) => {
    expect(read(line)).toMatchObject({ kind: 'slash', form: { name }, values });
  });
});

test.each([
  ['/nothing', 'There is no command /nothing. Try one of: /explain, /how, /workspace list'],
  ['/workspace', 'Try one of: /workspace list, /workspace map, /workspace-logs.'],
  ['/how why did you escalate', 'Options are typed as name:value, like this: /how question:…'],
  ['/explain mode:', 'mode: needs a value.'],
  ['/workspace-logs limit:3', '/workspace-logs takes no options.'],
  ['explain this', 'Which message? Type its number too, e.g. "Explain this 12".'],
])('%j is answered with what to do', (line, help) => {
  expect(() => read(line)).toThrow(InputError);
  expect(() => read(line)).toThrow(help);
});
