import * as fc from 'fast-check';
import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { withOverwrites } from '../../sandbox/permissions.ts';
import type { Guild, Overwrite } from '../../sandbox/world.ts';
import { isAudienceWithin } from '../../src/domain/audience.ts';
import type { ChannelBits, OverwriteBits, ServerBits } from '../../src/domain/audience.ts';

const { Administrator, ViewChannel, ReadMessageHistory, SendMessages } = PermissionFlagsBits;
const READ = ViewChannel | ReadMessageHistory;
const EVERYONE = '1';
const OWNER = '99';

const server = (roles: Record<string, bigint>, members: Record<string, string[]> = {}): ServerBits => ({
  id: EVERYONE,
  ownerId: OWNER,
  roles: new Map(Object.entries(roles)),
  members: new Map(Object.entries(members)),
});
type Said = Record<string, Partial<OverwriteBits>>;
const channel = (roles: Said = {}, members: Said = {}): ChannelBits => ({
  roles: bitsOf(roles),
  members: bitsOf(members),
});
const bitsOf = (said: Said) =>
  new Map(Object.entries(said).map(([id, bits]) => [id, { allow: 0n, deny: 0n, ...bits }]));

const OPEN = server({ [EVERYONE]: READ, '2': 0n, '3': 0n, '4': Administrator }, { '7': ['2'] });
const hidden = (more: Said = {}) => channel({ [EVERYONE]: { deny: ViewChannel }, ...more });

test.each<[string, boolean, ChannelBits, ChannelBits, ServerBits?]>([
  ['two channels that everyone sees', true, channel(), channel()],
  ['one that everyone sees, and a hidden one', false, channel(), hidden()],
  ['a hidden one, and one that everyone sees', true, hidden(), channel()],
  ['two hidden ones: administrators see both', true, hidden(), hidden()],
  ['a role that sees both', true, hidden({ '2': { allow: READ } }), hidden({ '2': { allow: READ } })],
  ['two roles, one for each', false, hidden({ '2': { allow: READ } }), hidden({ '3': { allow: READ } })],
  [
    'a role that sees the outer one without its history',
    false,
    hidden({ '2': { allow: ViewChannel } }),
    channel({ '2': { deny: ReadMessageHistory } }),
  ],
  [
    'a role that sees the inner one, and one that is denied the outer one',
    false,
    hidden({ '2': { allow: ViewChannel } }),
    channel({ '3': { deny: ViewChannel } }),
  ],
  [
    'a person who alone sees the inner one',
    false,
    channel({ [EVERYONE]: { deny: ViewChannel } }, { '7': { allow: ViewChannel } }),
    hidden(),
  ],
  [
    'a person who alone is denied the outer one',
    false,
    channel(),
    channel({}, { '7': { deny: ViewChannel } }),
  ],
  [
    'a person who has left the server',
    true,
    channel({ [EVERYONE]: { deny: ViewChannel } }, { '8': { allow: ViewChannel } }),
    hidden(),
  ],
  [
    'the server’s owner, who sees everything',
    true,
    channel(),
    channel({}, { [OWNER]: { deny: ViewChannel } }),
    server({ [EVERYONE]: READ }, { [OWNER]: [] }),
  ],
  [
    'a person with a role that @everyone’s own overwrite does not weaken',
    false,
    channel(),
    channel({ [EVERYONE]: { allow: READ }, '2': { deny: ViewChannel } }),
    server({ [EVERYONE]: READ, '2': 0n }, { '7': [EVERYONE, '2'] }),
  ],
])('%s: %s', (_, within, inner, outer, of = OPEN) => {
  expect(isAudienceWithin(inner, outer, of)).toBe(within);
});

const ROLES = ['2', '3', '4', '5', '6', '7'];
const PEOPLE = ['50', '51', '52'];
const bits = fc
  .subarray([ViewChannel, ReadMessageHistory, SendMessages])
  .map((some) => some.reduce((all, one) => all | one, 0n));
const overwrite = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.record({ allow: bits, deny: bits }) },
);
const overwrites = (ids: string[]) =>
  fc.tuple(...ids.map(() => overwrite)).map(
    (all) =>
      new Map<string, OverwriteBits>(
        ids.flatMap((id, index) => {
          const one = all[index];
          return one ? [[id, one] as const] : [];
        }),
      ),
  );
const anyChannel = fc.record({ roles: overwrites([EVERYONE, ...ROLES]), members: overwrites(PEOPLE) });
const anyServer = fc
  .record({
    permissions: fc.tuple(
      ...[EVERYONE, ...ROLES].map(() =>
        fc.oneof(
          { weight: 8, arbitrary: bits },
          { weight: 1, arbitrary: fc.constant(Administrator as bigint) },
        ),
      ),
    ),
    people: fc.tuple(...PEOPLE.map(() => fc.option(fc.subarray(ROLES), { nil: null }))),
  })
  .map(({ permissions, people }) => ({
    id: EVERYONE,
    ownerId: OWNER,
    roles: new Map([EVERYONE, ...ROLES].map((id, index) => [id, permissions[index]!])),
    members: new Map(
      PEOPLE.flatMap((id, index) => {
        const roles = people[index];
        return roles ? [[id, roles] as const] : [];
      }),
    ),
  }));

/** Everyone there can be, by the sandbox's own rules: one member for each set of roles, and those whom the overwrites name. */
function byBruteForce(inner: ChannelBits, outer: ChannelBits, of: ServerBits): boolean {
  const anyone = Array.from({ length: 2 ** ROLES.length }, (_, set) => [
    `set ${set}`,
    ROLES.filter((_role, index) => (set >> index) & 1),
  ]) as [string, string[]][];
  const members = new Map([...anyone, ...of.members].map(([id, roles]) => [id, { roles: new Set(roles) }]));
  const roles = new Map([...of.roles].map(([id, permissions]) => [id, { id, permissions }]));
  const guild = { id: of.id, ownerId: of.ownerId, roles, members } as unknown as Guild;
  const rules = ({ roles, members }: ChannelBits) =>
    new Map([...roles, ...members].map(([id, one]) => [id, { id, ...one } as Overwrite]));
  const [in_, out] = [rules(inner), rules(outer)];
  return [...members.keys()].every(
    (id) =>
      (withOverwrites(guild, in_, id) & ViewChannel) === 0n ||
      (withOverwrites(guild, out, id) & READ) === READ,
  );
}

test('is what looking at every set of roles gives', () => {
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(anyChannel, anyChannel, anyServer, fc.boolean(), (inner, outer, of, same) => {
      // Channels that differ in one rule alone are the interesting ones.
      const other = same ? { roles: outer.roles, members: inner.members } : outer;
      const expected = byBruteForce(inner, other, of);
      seen[`${expected}`] += 1;
      expect(isAudienceWithin(inner, other, of)).toBe(expected);
    }),
    { numRuns: 400 },
  );
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(5);
});
