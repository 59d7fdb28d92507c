import { describe, expect, test } from 'vitest';
import { changeFor, orderedMapping } from '../../src/domain/mapping.ts';
import type { Order } from '../../src/domain/mapping.ts';
import { settingsOf } from '../../src/domain/workspace.ts';
import type { Workspace, WorkspaceRule } from '../../src/domain/workspace.ts';

const rule: WorkspaceRule = {
  match: 'project-*',
  type: 'project',
  coordinator: 'nanobot',
  owners: ['everyone'],
};

const mapped: Workspace = {
  id: 1,
  guildId: '1099000000000000001',
  channelId: '1099000000000000002',
  name: 'project-site',
  type: 'project',
  coordinator: 'nanobot',
  owners: ['everyone'],
  mappedBy: 'rule',
  mappedAt: 1,
  unmappedAt: null,
  settings: {},
};

describe('changeFor', () => {
  test.each([
    ['maps a channel that a rule matches', undefined],
    ['maps again what a rule had unmapped', { ...mapped, unmappedAt: 2 }],
    ['follows a rule whose type has changed', { ...mapped, type: 'direct' }],
    ['follows a rule whose coordinator has changed', { ...mapped, coordinator: null }],
    ['follows a rule whose owners have changed', { ...mapped, owners: [] }],
  ] as const)('%s', (_, existing) => {
    const change = changeFor({ rule, readable: true }, existing as Workspace | undefined);
    expect(change).toEqual({ kind: 'map', rule });
  });

  test('stops recording a channel that no rule matches any longer', () => {
    expect(changeFor({ rule: undefined, readable: true }, mapped)).toEqual({ kind: 'unmap' });
  });

  test.each([
    ['a channel that is mapped as its rule says', { rule, readable: true }, mapped],
    ['a workspace that cannot be read at the moment', { rule, readable: false }, mapped],
    ['a channel without a rule', { rule: undefined, readable: true }, undefined],
    ['a channel that cannot be read', { rule, readable: false }, undefined],
    [
      'a workspace a person mapped',
      { rule, readable: true },
      { ...mapped, mappedBy: 'command', type: 'open' },
    ],
    [
      'a workspace a person unmapped',
      { rule, readable: true },
      { ...mapped, mappedBy: 'command', unmappedAt: 2 },
    ],
    [
      'an unmapped one that no rule matches',
      { rule: undefined, readable: true },
      { ...mapped, unmappedAt: 2 },
    ],
  ] as const)('leaves alone %s', (_, channel, existing) => {
    expect(changeFor(channel, existing as Workspace | undefined)).toBeNull();
  });
});

test('what a rule sets holds until a person sets it, and holds again when they take that back', () => {
  const sets = { ...rule, settings: { escalationChannelId: '1', secondOwner: 'user:2' } } as const;
  expect(settingsOf({}, undefined)).toEqual({});
  expect(settingsOf({ secondOwner: 'role:3' }, sets)).toEqual({
    escalationChannelId: '1',
    secondOwner: 'role:3',
  });
  expect(settingsOf({ secondOwner: undefined }, sets).secondOwner).toBe('user:2');
});

describe('orderedMapping', () => {
  const byPerson = {
    ...mapped,
    type: 'open',
    coordinator: 'coder',
    owners: ['user:1'],
    mappedBy: 'command',
  } as const;
  const set = { summaryAt: '09:00', retentionDays: 0 };
  const existing = { ...byPerson, owners: [...byPerson.owners], settings: set };
  const { type, coordinator, owners } = existing;

  test('leaves what is not named, and begins with the rule where nothing is recorded', () => {
    expect(orderedMapping({}, existing, rule)).toEqual({
      type,
      coordinator,
      owners,
      mappedBy: 'command',
      settings: set,
    });
    const anew = { type: 'project', coordinator: 'nanobot', owners: ['everyone'], mappedBy: 'command' };
    expect(orderedMapping({}, undefined, rule)).toEqual({ ...anew, settings: {} });
    expect(orderedMapping({}, { ...existing, unmappedAt: 2 }, rule)).toEqual({ ...anew, settings: {} });
  });

  test('lets a hold outlive that it was unmapped', () => {
    const held = { ...existing, unmappedAt: 2, settings: { ...set, hold: true } };
    expect(orderedMapping({ settings: { summaryAt: 'off' } }, held, rule)?.settings).toEqual({
      hold: true,
      summaryAt: 'off',
    });
  });

  test.each([
    [{ settings: { summaryAt: '10:00' } }, 'rule'],
    [{}, 'rule'],
    [{ type: 'project' }, 'command'],
    [{ coordinator: null }, 'command'],
    [{ owners: [] }, 'command'],
    [{ owners: undefined }, 'rule'],
    [{ owners: undefined, coordinator: null }, 'command'],
  ] as const)('of a channel that a rule maps, %j leaves it to the %s', (order, by) => {
    expect(orderedMapping(order as Order, mapped, rule)?.mappedBy).toBe(by);
  });

  test('takes from the rule what is given back, or else what is usual', () => {
    const back = { coordinator: undefined, owners: undefined, settings: { retentionDays: undefined } };
    expect(orderedMapping(back, existing, rule)).toMatchObject({
      coordinator: 'nanobot',
      owners: ['everyone'],
    });
    expect(orderedMapping(back, existing, undefined)).toMatchObject({ coordinator: null, owners: [] });
    expect(orderedMapping(back, existing, rule)?.settings.retentionDays).toBeUndefined();
    expect(orderedMapping({ coordinator: null }, existing, rule)?.coordinator).toBeNull();
  });

  test('is none where nobody says what type it is', () => {
    expect(orderedMapping({ owners: ['everyone'] }, undefined, undefined)).toBeNull();
  });
});
