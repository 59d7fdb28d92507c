import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INSIGHT_MAX, SENSITIVE_REASONS } from '../../src/domain/insight.ts';
import type { Insight } from '../../src/domain/insight.ts';
import { insightControls } from '../../src/views/insight-card.ts';
import type { InsightFacts } from '../../src/views/insight-card.ts';
import { insightId, insightsId, readInsightPress, stampOf } from '../../src/views/insight-ids.ts';
import {
  insightList,
  insightReview,
  insightView,
  recalledView,
  REVIEWED_PER_PAGE,
} from '../../src/views/insight-list.ts';
import { TOLD_AT_ONCE } from '../../src/domain/insight-message.ts';
import { parcels, recallPost, sharedPost } from '../../src/views/insight-posts.ts';
import { anInsight } from '../domain/insight-example.ts';
import { faultsOf } from '../support/message-limits.ts';
import { partsOf, workspace } from './support.ts';

const bot = (n: number) => ({
  key: `10990000000000000${10 + n}`,
  name: `bot ${n} ${'*'.repeat(70)}`,
  kind: 'bot' as const,
});
const bots = Array.from({ length: TOLD_AT_ONCE }, (_, n) => bot(n));

const facts = (more: Partial<Insight> = {}, recipients = bots): InsightFacts => ({
  insight: anInsight(more),
  workspace: workspace(),
  log: { query: 'Q*'.repeat(200) },
  recipients,
  had: 3,
  nextAt: 2_000_000,
});

const hostile = fc
  .array(
    fc.constantFrom(
      '```',
      '`',
      '<@1>',
      '@everyone',
      '\u202e',
      '\u200b',
      '"',
      '\\',
      '\n',
      '😀',
      '𝒳',
      'a',
      ' ',
      '*',
      '[x](https://e.vil)',
      '{"type":"x"}',
    ),
    {
      maxLength: 300,
    },
  )
  .map((parts) => parts.join('').slice(0, INSIGHT_MAX).toWellFormed());

/** What stands in the block of a message. */
function blockOf(content: string): unknown {
  expect(content.length).toBeLessThanOrEqual(2000);
  expect(content.match(/```/g)).toHaveLength(2);
  return JSON.parse(/```worklog\n(.*)\n```$/.exec(content)![1]!);
}

describe('a message that hands insights to bots', () => {
  test('is within its limits and keeps to its fence, whatever was learned', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 12 }), (contents) => {
        const insights = contents.map((content, index) =>
          anInsight({ id: index + 1, content, by: bot(index % 5) }),
        );
        const packed = parcels(insights, workspace());
        expect(packed.flat()).toEqual(insights);
        for (const some of packed) {
          const { content, allowed_mentions: pinged } = sharedPost({
            insights: some,
            gone: [],
            bots,
            workspace: workspace(),
          });
          const read = [blockOf(String(content))].flat() as {
            insight: number;
            content: string;
            cut?: string[];
          }[];
          expect(read.map(({ insight }) => insight)).toEqual(some.map(({ id }) => id));
          for (const [index, one] of read.entries()) {
            const { content: whole } = some[index]!;
            expect(one.cut?.includes('content') ? whole.startsWith(one.content) : whole === one.content).toBe(
              true,
            );
          }
          expect(pinged).toEqual({ parse: [], users: bots.map(({ key }) => key), roles: [] });
          expect(String(content).split('```')[0]).not.toMatch(/<@1>|@everyone/);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('does not say again what was taken back, and still says whom it was for', () => {
    const { content, allowed_mentions: pinged } = sharedPost({
      insights: [],
      gone: [7, 8],
      bots,
      workspace: workspace(),
    });
    expect(content).toContain('Taken back since: #7, #8');
    expect(content).not.toContain('```');
    expect(pinged).toEqual({ parse: [], users: bots.map(({ key }) => key), roles: [] });
  });

  test('tells of a recall whatever the reason', () => {
    const reason = '```@everyone<@1>'.repeat(40);
    const post = recallPost({
      insight: anInsight({ state: 'revoked' }),
      reason,
      bots,
      workspace: workspace(),
    });
    expect(blockOf(String(post.content))).toMatchObject({ type: 'insight_revoked', insight: 7 });
  });
});

describe('what people see', () => {
  test('fits, at its fullest, whatever was learned', () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (content, flagged) => {
        const more = {
          content,
          category: content,
          sensitive: [...SENSITIVE_REASONS],
          by: bot(1),
          addedBy: bot(2),
          count: 9,
          flag: flagged ? ({ kind: 'contradicted', by: 12, at: 5 } as const) : null,
        };
        const cards = Array.from({ length: REVIEWED_PER_PAGE }, (_, id) => facts({ ...more, id }));
        const state = { channelId: null, first: 3 };
        expect(
          faultsOf(
            insightReview({
              state,
              shown: cards,
              total: 500,
              more: true,
              flood: { insight: anInsight(more), count: 9999 },
              done: 'x'.repeat(100),
            }),
          ),
        ).toEqual([]);
        const events = Array.from(
          { length: 30 },
          (_, version) => ({ version, kind: 'revoked', at: 1, by: bot(1), reason: content }) as const,
        );
        const deliveries = bots.map((one) => ({ bot: one, deliveredAt: 1, seenAt: 2 }));
        expect(
          faultsOf(insightView({ ...facts(more), events, deliveries, done: null, decides: true })),
        ).toEqual([]);
        const listed = Array.from({ length: 10 }, () => ({
          insight: anInsight(more),
          workspace: workspace(),
          deliveries,
        }));
        expect(
          faultsOf(
            insightList({ state: { channelId: null, page: 1, state: 'all' }, listed, total: 99, more: true }),
          ),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(faultsOf(recalledView({ insight: anInsight(), told: bots, followers: [] }))).toEqual([]);
  });

  test.each<[string, Partial<Insight>, string[]]>([
    ['what waits', {}, ['Approve', 'Edit and approve…', 'Reject']],
    [
      'what lapsed',
      { sharedAt: 5, flag: { kind: 'lapsed', by: null, at: 5 } },
      ['It still holds', 'Take back…'],
    ],
    ['what is shared', { state: 'shared', sharedAt: 5 }, ['Take back…']],
    [
      'what is doubtful',
      { state: 'shared', sharedAt: 5, flag: { kind: 'corrected', by: 1, at: 5 } },
      ['Keep', 'Take back…'],
    ],
    ['what is rejected', { state: 'rejected' }, []],
    ['what is taken back', { state: 'revoked', sharedAt: 5 }, []],
  ])('has the buttons for %s', (_, more, labels) => {
    const parts = partsOf({ components: insightControls(facts(more), 'one') as never });
    expect(
      parts
        .map((part) => part['label'])
        .filter(Boolean)
        .slice(0, 3),
    ).toEqual(labels);
  });
});

describe('a custom id', () => {
  test('says all that is needed, in what Discord has room for', () => {
    const from = { channelId: '1'.repeat(20), first: 9999 };
    const id = insightId('approve', anInsight({ id: 999_999_999_999_999 }), from);
    expect(id.length).toBeLessThanOrEqual(100);
    expect(readInsightPress(id.split(':').slice(1))).toEqual({
      kind: 'approve',
      id: 999_999_999_999_999,
      stamp: stampOf(anInsight()),
      from,
    });
    expect(readInsightPress(insightsId(from).split(':').slice(1))).toEqual({ kind: 'review', review: from });
  });

  test.each([
    '',
    'approve',
    'approve:x:1:one',
    'approve:1:1',
    'drop:1:1:one',
    'review:x',
    'list:-1:all',
    'approve:1:1:all-x',
  ])('“%s” is none of ours', (id) => {
    expect(readInsightPress(id.split(':'))).toBeUndefined();
  });

  test('of a card differs when what is said, for whom, or its state does', () => {
    const stamps = [
      {},
      { content: 'x' },
      { scope: { within: 'workspace', bots: null } as const },
      { state: 'shared' as const },
    ];
    expect(new Set(stamps.map((more) => stampOf(anInsight(more)))).size).toBe(4);
  });
});
