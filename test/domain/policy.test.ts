import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/domain/entry.ts';
import { KEEP_ALL, dropReason, weighed } from '../../src/domain/policy.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { entry } from '../views/support.ts';

const quiet = { logBotConversations: false, logCoordination: false };

describe('what is kept', () => {
  it.each<[string, Partial<Policy>, Partial<Entry>, string | null]>([
    ['everything by default', {}, { level: 'thinking', category: 'made-up' }, null],
    ['a listed level', { levels: ['info'] }, { level: 'info' }, null],
    ['no level that is not listed', { levels: ['info'] }, { level: 'thinking' }, 'level'],
    ['a listed category', { categories: ['tool'] }, { category: 'tool' }, null],
    ['no category that is not listed', { categories: ['tool'] }, { category: 'memory' }, 'category'],
    [
      'escalations, whatever the lists say',
      { levels: ['info'], categories: [] },
      { level: 'coordination', escalation: true },
      null,
    ],
    ['nothing at a share of 0', { sampling: { info: 0 } }, { level: 'info' }, 'sampling'],
    ['other levels whole', { sampling: { info: 0 } }, { level: 'error' }, null],
  ])('%s', (_, policy, overrides, reason) => {
    expect(dropReason(entry(1, overrides), 'project', { ...KEEP_ALL, ...policy })).toBe(reason);
  });

  it.each<[Partial<Entry>, string | null]>([
    [{ category: 'bot_conversation' }, 'bot_conversation'],
    [{ level: 'handoff', category: 'bot_conversation' }, 'bot_conversation'],
    [{ level: 'coordination', category: 'coordination' }, 'coordination'],
    [{ category: 'general' }, null],
    [{ category: 'escalation', level: 'coordination', escalation: true }, null],
  ])('follows the type of the workspace: %o', (overrides, reason) => {
    const policy = { ...KEEP_ALL, types: { ...KEEP_ALL.types, open: quiet } };
    expect(dropReason(entry(1, overrides), 'open', policy)).toBe(reason);
    expect(dropReason(entry(1, overrides), 'project', policy)).toBeNull();
  });

  it('is the same share of any messages, and the same ones each time', () => {
    const policy = { ...KEEP_ALL, sampling: { info: 0.1 } };
    const kept = () =>
      Array.from({ length: 20_000 }, (_, n) =>
        String(1_200_000_000_000_000_000n + BigInt(n) * 4_194_304n),
      ).filter((messageId) => dropReason(entry(1, { messageId }), 'open', policy) === null);
    expect(kept().length / 20_000).toBeCloseTo(0.1, 2);
    expect(kept()).toEqual(kept());
  });
});

describe('confidence', () => {
  const policy: Policy = {
    ...KEEP_ALL,
    confidenceThreshold: 0.7,
    insights: { minConfidence: 0.85, categories: ['user_preference'] },
  };

  it.each<[Partial<Entry>, Partial<Entry>]>([
    [
      { level: 'decision', confidence: 0.5, details: { tier: 1 } },
      { level: 'uncertainty', details: { tier: 1, reported_level: 'decision' } },
    ],
    [{ level: 'decision', confidence: 0 }, { level: 'uncertainty' }],
    [
      { level: 'decision', confidence: 0.7 },
      { level: 'decision', details: null },
    ],
    [{ level: 'decision', confidence: null }, { level: 'decision' }],
    [
      { level: 'info', confidence: 0.1 },
      { level: 'info', details: null },
    ],
    [{ category: 'user_preference', confidence: 0.85 }, { insightCategory: 'user_preference' }],
    [{ category: 'user_preference', confidence: 0.84 }, { insightCategory: null }],
    [{ category: 'user_preference', confidence: null }, { insightCategory: null }],
    [{ category: 'general', confidence: 1 }, { insightCategory: null }],
    [{ insightCategory: 'tool_pattern', confidence: 0.1 }, { insightCategory: 'tool_pattern' }],
  ])('makes of %o %o', (overrides, expected) => {
    expect(weighed(entry(1, overrides), policy)).toMatchObject(expected);
  });

  it('makes no insights when nothing is to be shared', () => {
    const one = entry(1, { category: 'user_preference', confidence: 1 });
    expect(weighed(one, { ...policy, insights: null }).insightCategory).toBeNull();
  });
});
