import { describe, expect, test } from 'vitest';
import { changeFor } from '../../src/domain/mapping.ts';
import type { Workspace, WorkspaceRule } from '../../src/domain/workspace.ts';

const rules: WorkspaceRule[] = [
  { match: 'project-*', type: 'project', coordinator: 'nanobot', owners: ['everyone'] },
  { match: '*-site', type: 'open' },
];
const readable = (name: string) => ({ name, readable: true });

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
};

describe('changeFor', () => {
  test.each([
    ['maps a channel that a rule matches', 'project-site', undefined, 'project'],
    ['matches without regard to case', 'PROJECT-site', undefined, 'project'],
    ['takes the first rule that matches', 'a-site', undefined, 'open'],
    ['maps again what a rule had unmapped', 'project-site', { ...mapped, unmappedAt: 2 }, 'project'],
    ['follows a rule whose type has changed', 'project-site', { ...mapped, type: 'direct' }, 'project'],
    [
      'follows a rule whose coordinator has changed',
      'project-site',
      { ...mapped, coordinator: null },
      'project',
    ],
    ['follows a rule whose owners have changed', 'project-site', { ...mapped, owners: [] }, 'project'],
  ] as const)('%s', (_, name, existing, type) => {
    expect(changeFor(readable(name), rules, existing as Workspace | undefined)).toMatchObject({
      kind: 'map',
      rule: { type },
    });
  });

  test('stops recording a channel that no rule matches any longer', () => {
    expect(changeFor(readable('done'), rules, mapped)).toEqual({ kind: 'unmap' });
  });

  test.each([
    ['a channel that is mapped as its rule says', readable('project-site'), mapped],
    ['a channel without a rule', readable('general'), undefined],
    ['a channel that cannot be read', { name: 'project-site', readable: false }, undefined],
    [
      'a workspace a person mapped',
      readable('project-site'),
      { ...mapped, mappedBy: 'command', type: 'open' },
    ],
    [
      'a workspace a person unmapped',
      readable('project-x'),
      { ...mapped, mappedBy: 'command', unmappedAt: 2 },
    ],
    ['an unmapped one that no rule matches', readable('done'), { ...mapped, unmappedAt: 2 }],
  ] as const)('leaves alone %s', (_, channel, existing) => {
    expect(changeFor(channel, rules, existing as Workspace | undefined)).toBeNull();
  });
});
