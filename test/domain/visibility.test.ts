import { describe, expect, test } from 'vitest';
import { mayReadPrivateThread, mayReadWorkspace, visibleFrom } from '../../src/domain/visibility.ts';
import type { Viewer } from '../../src/domain/visibility.ts';
import type { Owner } from '../../src/domain/workspace.ts';

const member: Viewer = {
  userId: '1',
  roleIds: ['10', '11'],
  guildOwner: false,
  canView: true,
  canReadHistory: true,
};
const guildOwner: Viewer = { ...member, userId: '2', roleIds: ['10'], guildOwner: true };

describe('where only owners read', () => {
  test.each<[string, Viewer, Owner[], boolean]>([
    ['a member does not', member, [], false],
    ['the server’s owner does when nobody else is named', guildOwner, [], true],
    ['the server’s owner does not when others are named', guildOwner, ['user:1'], false],
    ['a named person does', member, ['user:9', 'user:1'], true],
    ['a person with a named role does', member, ['role:11'], true],
    ['a person without the role does not', guildOwner, ['role:11'], false],
    ['an id is not taken for a role’s', member, ['user:11'], false],
    ['everyone does when everyone is named', member, ['everyone'], true],
  ])('%s', (_, viewer, owners, expected) => {
    expect(mayReadWorkspace(viewer, owners, true)).toBe(expected);
  });
});

describe('where all who see the channel read', () => {
  test.each<[string, Partial<Viewer>, boolean]>([
    ['a member does', {}, true],
    ['one who cannot see it does not', { canView: false }, false],
    ['one who cannot read its history does not', { canReadHistory: false }, false],
    ['nor does the server’s owner without the right', { guildOwner: true, canView: false }, false],
  ])('%s', (_, overrides, expected) => {
    expect(mayReadWorkspace({ ...member, ...overrides }, [], false)).toBe(expected);
    expect(mayReadWorkspace({ ...member, ...overrides }, ['everyone'], true)).toBe(expected);
  });
});

test.each([
  [true, false, true],
  [false, true, true],
  [false, false, false],
])('a private thread: member %s, manages threads %s: %s', (isMember, canManageThreads, expected) => {
  expect(mayReadPrivateThread({ member: isMember, canManageThreads })).toBe(expected);
});

describe('what an answer draws on where no workspace is named', () => {
  const [one, two] = [{ channelId: '1' }, { channelId: '2' }];
  test.each([
    ['isolated, in a workspace: that one', '1', true, [one]],
    ['isolated, elsewhere: all', '9', true, [one, two]],
    ['isolated, nobody knows where: all', undefined, true, [one, two]],
    ['not isolated: all, wherever it is', '1', false, [one, two]],
  ])('%s', (_, here, isolated, expected) => {
    expect(visibleFrom(here, [one, two], isolated)).toEqual(expected);
  });
});
