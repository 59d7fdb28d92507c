import { describe, expect, test } from 'vitest';
import type { Owner } from '../../src/domain/workspace.ts';
import { LIMITS } from '../../src/views/limits.ts';
import { mappedNotice } from '../../src/views/mapped-notice.ts';

const everyOwner = Array.from({ length: 60 }, (_, n): Owner => `user:10990000000000000${10 + n}`);

describe('the notice in a mapped channel', () => {
  test.each([
    [[], true, "The server's owner can read the log"],
    [
      ['role:1099000000000000007', 'user:1099000000000000008'],
      true,
      '<@&1099000000000000007>, <@1099000000000000008> can',
    ],
    [['everyone'], true, 'Everyone who can read the channel can'],
    [['user:1099000000000000008'], false, 'Everyone who can read the channel can'],
    [everyOwner, true, ', 50 more can read'],
  ] as const)('says who reads, for owners %j where only owners may: %s', (owners, ownersOnly, words) => {
    const { content, allowed_mentions } = mappedNotice(
      { channelId: '1', type: 'project', owners: [...owners], settings: {} },
      { ownersOnly, retentionDays: { open: 7, project: 90, direct: 30, coordination: 90 } },
    );
    expect(content).toContain(words);
    expect(content).toContain('a project workspace');
    expect(content).toContain('`/workspace unmap`');
    expect(content.length).toBeLessThanOrEqual(LIMITS.content);
    expect(allowed_mentions).toEqual({ parse: [] });
  });
});

test('the notice in a mapped channel names other channels than its own alone', () => {
  const notice = (id: string) =>
    mappedNotice(
      {
        channelId: '1',
        type: 'project',
        owners: [],
        settings: { escalationChannelId: id, summaryChannelId: id },
      },
      { ownersOnly: true, retentionDays: { open: 7, project: 90, direct: 30, coordination: 90 } },
    ).content;
  expect(notice('2')).toMatch(/Decisions are asked for in <#2>[^]*Reports are posted in <#2>/);
  expect(notice('1')).not.toContain('<#1>');
});
