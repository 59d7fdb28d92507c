import { OverwriteType, PermissionFlagsBits } from 'discord.js';
import type { APIGuild, APIOverwrite } from 'discord.js';
import { expect, test } from 'vitest';
import { permissionsIn } from '../../src/discord/permissions.ts';

const { Administrator, ViewChannel, SendMessages, ReadMessageHistory } = PermissionFlagsBits;
const NOW = Date.UTC(2026, 0, 5);
const ALL = ViewChannel | SendMessages | ReadMessageHistory;

const role = (id: string, permissions: bigint) => ({ id, permissions: permissions.toString() });
const guild = {
  id: '1',
  owner_id: '99',
  roles: [role('1', ALL), role('2', 0n), role('3', 0n), role('4', Administrator)],
} as unknown as APIGuild;

const rule = (id: string, deny: bigint, allow = 0n, type = OverwriteType.Role): APIOverwrite => ({
  id,
  type,
  deny: deny.toString(),
  allow: allow.toString(),
});
const forMember = (deny: bigint, allow = 0n) => rule('7', deny, allow, OverwriteType.Member);

interface Case {
  roles?: string[];
  userId?: string;
  until?: string | null;
}

/** What a member may do of what the bot needs. */
function may(overwrites: APIOverwrite[], { roles = [], userId = '7', until = null }: Case = {}): bigint {
  const member = { roles, userId, communication_disabled_until: until };
  return permissionsIn(overwrites, guild, member, NOW) & ALL;
}

test.each<[string, APIOverwrite[], Case, bigint]>([
  ['the roles of everyone count', [], {}, ALL],
  ['everyone may be denied', [rule('1', SendMessages)], {}, ViewChannel | ReadMessageHistory],
  [
    'a role allows what everyone is denied',
    [rule('1', SendMessages), rule('2', 0n, SendMessages)],
    { roles: ['2'] },
    ALL,
  ],
  [
    'one role’s allow wins over another’s deny',
    [rule('2', SendMessages), rule('3', 0n, SendMessages)],
    { roles: ['2', '3'] },
    ALL,
  ],
  ['a role that the member has not does not count', [rule('2', SendMessages)], {}, ALL],
  [
    'the member’s own rule comes last',
    [rule('2', 0n, SendMessages), forMember(SendMessages)],
    { roles: ['2'] },
    ViewChannel | ReadMessageHistory,
  ],
  ['who cannot see a channel can do nothing in it', [rule('1', ViewChannel)], {}, 0n],
  ['an administrator may do all', [rule('1', ALL), forMember(ALL)], { roles: ['4'] }, ALL],
  ['the owner may do all', [rule('1', ALL)], { userId: '99' }, ALL],
  [
    'who is timed out only reads',
    [],
    { until: new Date(NOW + 1000).toISOString() },
    ViewChannel | ReadMessageHistory,
  ],
  ['a timeout that is over does not count', [], { until: new Date(NOW - 1000).toISOString() }, ALL],
])('%s', (_, overwrites, member, expected) => {
  expect(may(overwrites, member)).toBe(expected);
});
