import { MessageType } from 'discord.js';
import { expect, test } from 'vitest';
import { asksOwner } from '../../src/discord/owner-mention.ts';
import type { Owner, WorkspaceType } from '../../src/domain/workspace.ts';

const [ANA, BOB, LEAD] = ['1099000000000000001', '1099000000000000002', '1099000000000000009'];
const user = (id: string, more = {}) => ({ id, username: 'x', ...more });
const bot = user('1099000000000000077', { bot: true });
const mentionsOf = (...ids: string[]) => ({ mentions: ids.map((id) => user(id)) });
const reply = (id: string, content: string) => ({
  type: MessageType.Reply,
  referenced_message: { author: user(id) },
  ...mentionsOf(id),
  content,
});

const asks = (fields: object, owners: Owner[] = [`user:${ANA}`], type: WorkspaceType = 'project') =>
  asksOwner(
    {
      type: MessageType.Default,
      author: bot,
      content: 'Done',
      mentions: [],
      mention_roles: [],
      ...fields,
    } as never,
    { type, owners },
    BOB,
  );

test.each<[string, boolean, object, Owner[]?, WorkspaceType?]>([
  ['an owner', true, mentionsOf(ANA)],
  ['an owner in a coordination workspace', true, mentionsOf(ANA), [`user:${ANA}`], 'coordination'],
  ['an owner in an open workspace', false, mentionsOf(ANA), [`user:${ANA}`], 'open'],
  ['an owner in a direct workspace', false, mentionsOf(ANA), [`user:${ANA}`], 'direct'],
  ['somebody else', false, mentionsOf(BOB)],
  ['nobody', false, {}],
  ['the server’s owner where nobody is named', true, mentionsOf(BOB), []],
  ['anybody where everyone owns', false, mentionsOf(ANA), ['everyone']],
  ['the role that owns', true, { mention_roles: [LEAD] }, [`role:${LEAD}`]],
  [
    'somebody with that role',
    true,
    { mentions: [user(ANA, { member: { roles: [LEAD] } })] },
    [`role:${LEAD}`],
  ],
  ['another bot', false, { mentions: [user(ANA, { bot: true })] }],
  ['an owner in answer to them', false, reply(ANA, 'Here you are: https://example.com/?a=1')],
  ['an owner in answer to them, with a question', true, reply(ANA, 'Which one?')],
  ['an owner in answer to somebody else', true, { ...reply(BOB, 'Done'), ...mentionsOf(BOB, ANA) }],
  ['an owner, by a person', false, { ...mentionsOf(ANA), author: user(BOB) }],
  ['an owner, by a webhook', true, { ...mentionsOf(ANA), author: user('1'), webhook_id: '2' }],
])('a bot that mentions %s: %s', (_, expected, fields, owners, type) => {
  expect(asks(fields, owners, type)).toBe(expected);
});
