import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import type { APIApplicationCommandBasicOption } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { complete } from '../../../../sandbox/demo/terminal/complete.ts';
import type { Known } from '../../../../sandbox/demo/terminal/complete.ts';

const options = [
  { type: Type.Channel, name: 'workspace' },
  {
    type: Type.String,
    name: 'mode',
    choices: [
      { name: 'Summary', value: 'summary' },
      { name: 'Debug', value: 'debug' },
    ],
  },
  { type: Type.String, name: 'session', autocomplete: true },
  { type: Type.Mentionable, name: 'owner' },
  { type: Type.Boolean, name: 'public' },
] as APIApplicationCommandBasicOption[];

const known: Known = {
  forms: [
    { name: 'explain', description: '', options },
    { name: 'workspace list', description: '', options: [] },
    { name: 'workspace map', description: '', options },
  ],
  messageCommands: ['Explain this'],
  channels: ['general', 'project-refactor'],
  people: ['ana', 'ben'],
  members: ['ana', 'ben', 'nanobot'],
  offer: async (_form, _option, typed) => [{ name: 'Refactor, 12 steps', value: `${typed}42` }],
};

test.each([
  ['/e', ['/explain ']],
  ['/explain', ['/explain ']],
  ['/work', ['/workspace list ', '/workspace map ']],
  ['/workspace m', ['/workspace map ']],
  ['/explain ', ['workspace:', 'mode:', 'session:', 'owner:', 'public:']],
  ['/explain mode:debug s', ['session:']],
  ['/explain mode:debug m', []],
  ['/explain mode:', ['summary ', 'debug ']],
  ['/explain mode:d', ['debug ']],
  ['/explain workspace:#p', ['#project-refactor ']],
  ['/explain owner:@n', ['@nanobot ']],
  ['/explain public:t', ['true ']],
  ['/nothing x', []],
  ['#', ['#general ', '#project-refactor ']],
  ['as b', ['ben ']],
  ['hello @na', ['@nanobot ']],
  ['exp', ['explain this ']],
  ['hello', []],
])('%j may become %j', async (line, candidates) => {
  expect((await complete(line, known)).candidates).toEqual(candidates);
});

test('what the application offers is completed by its value and noted by its name', async () => {
  expect(await complete('/explain session:1', known)).toEqual({
    candidates: ['142 '],
    typed: '1',
    notes: ['142  Refactor, 12 steps'],
  });
});
