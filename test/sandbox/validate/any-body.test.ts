import {
  array,
  assert,
  constantFrom,
  dictionary,
  integer,
  jsonValue,
  letrec,
  oneof,
  property,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiscordError } from '../../../sandbox/errors.ts';
import { checkCallback } from '../../../sandbox/validate/callback.ts';
import { checkCommand, checkCommandChange, checkCommands } from '../../../sandbox/validate/commands.ts';
import { checkMessage } from '../../../sandbox/validate/message.ts';
import { thrown } from '../../support/refusals.ts';

const files = new Map([['0', 'a.txt']]);
const messageFields = [
  'content',
  'embeds',
  'components',
  'attachments',
  'allowed_mentions',
  'flags',
  'poll',
  'nonce',
];
const otherFields = [
  'type',
  'options',
  'choices',
  'name',
  'description',
  'custom_id',
  'component',
  'items',
  'id',
];
const names = [...messageFields, ...otherFields, 'accessory', 'fields', 'constructor', '__proto__'];

/** JSON that often has the fields Discord looks at, with values it does not expect. */
const body = letrec((tie) => ({
  any: oneof({ depthSize: 'small' }, jsonValue(), integer({ min: 0, max: 20 }), tie('list'), tie('object')),
  list: array(tie('any'), { maxLength: 6 }),
  object: dictionary(constantFrom(...names), tie('any'), { maxKeys: 6 }),
})).any;

const checks: [string, (value: unknown) => unknown][] = [
  ['a message', (value) => checkMessage(value, { kind: 'create', files })],
  ['an edit', (value) => checkMessage(value, { kind: 'edit', files, current: { flags: 1 << 15 } })],
  ['a command', (value) => checkCommand(value)],
  [
    'a change of a command',
    (value) => checkCommandChange(value, { name: 'explain', description: 'Explains' }),
  ],
  ['all commands', (value) => checkCommands(value)],
  [
    'a reply',
    (value) => checkCallback({ type: 4, data: value }, { interactionType: 2, onMessage: false, files }),
  ],
  [
    'choices',
    (value) => checkCallback({ type: 8, data: value }, { interactionType: 4, onMessage: false, files }),
  ],
  [
    'a modal',
    (value) => checkCallback({ type: 9, data: value }, { interactionType: 2, onMessage: false, files }),
  ],
];

describe('whatever is sent', () => {
  it.each(checks)('as %s is taken or refused with a Discord error', (_, check) => {
    assert(
      property(body, (value) => {
        const error = thrown(() => check(JSON.parse(JSON.stringify(value))));
        expect(error === undefined || error instanceof DiscordError).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
