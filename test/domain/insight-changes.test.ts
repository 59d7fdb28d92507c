import { expect, test } from 'vitest';
import { changedInsight, INSIGHT_STEPS } from '../../src/domain/insight-changes.ts';
import type { InsightStep } from '../../src/domain/insight-changes.ts';
import { DEFAULT_INSIGHT_RULES, INSIGHT_STATES } from '../../src/domain/insight.ts';
import type { Insight, InsightState } from '../../src/domain/insight.ts';
import { anInsight } from './insight-example.ts';

const ana = { key: '100', name: 'Ana', kind: 'person' as const };
const AT = 2_000_000;
const take = (before: Partial<Insight>, step: InsightStep) =>
  changedInsight(anInsight(before), step, { at: AT, by: ana, rules: DEFAULT_INSIGHT_RULES });

const STEPS: Record<InsightStep['kind'], InsightStep> = {
  approve: { kind: 'approve' },
  reject: { kind: 'reject' },
  narrow: { kind: 'narrow', scope: { within: 'workspace', bots: ['1'] } },
  keep: { kind: 'keep' },
  revoke: { kind: 'revoke', reason: 'wrong' },
  repeat: { kind: 'repeat' },
  share: { kind: 'share' },
  flag: { kind: 'flag', flag: { kind: 'corrected', by: 3, at: AT } },
  lapse: { kind: 'lapse' },
  expire: { kind: 'expire' },
  forget: { kind: 'forget' },
};
const flag = { kind: 'corrected', by: 3, at: 1 } as const;

/** What a step leads to from each state, for one that no bot has and one that bots have. */
const LEADS: Record<InsightStep['kind'], Partial<Record<InsightState, InsightState>>> = {
  approve: { pending: 'approved' },
  reject: { pending: 'rejected' },
  narrow: { pending: 'pending' },
  keep: { approved: 'approved', shared: 'shared' },
  revoke: { approved: 'revoked', shared: 'revoked' },
  repeat: { pending: 'pending', rejected: 'rejected', approved: 'approved', shared: 'shared' },
  share: { approved: 'shared' },
  flag: { pending: 'pending', approved: 'approved', shared: 'shared' },
  lapse: { approved: 'pending', shared: 'pending' },
  expire: { pending: 'expired' },
  forget: {
    pending: 'rejected',
    rejected: 'rejected',
    approved: 'revoked',
    shared: 'revoked',
    revoked: 'revoked',
    expired: 'expired',
  },
};

test.each(Object.keys(INSIGHT_STEPS) as InsightStep['kind'][])(
  '%s is possible where it makes sense, and nowhere else',
  (kind) => {
    for (const state of INSIGHT_STATES) {
      const sharedAt = state === 'shared' ? 5 : null;
      expect([state, take({ state, sharedAt, flag }, STEPS[kind])?.insight.state]).toEqual([
        state,
        LEADS[kind][state],
      ]);
    }
  },
);

test('every change is the next version, and one event tells of it', () => {
  const { insight, event } = take({ version: 4 }, STEPS.approve)!;
  expect(insight).toMatchObject({
    state: 'approved',
    version: 5,
    stateAt: AT,
    stateBy: ana,
    approvedBy: ana,
  });
  expect(event).toEqual({ version: 5, kind: 'approved', at: AT, by: ana, reason: null });
  expect(insight.expiresAt).toBe(AT + DEFAULT_INSIGHT_RULES.expireAfter);
});

test('a person may say it better, as long as no bot has it', () => {
  const reworded = take({}, { kind: 'approve', content: '  Short first  ' })!;
  expect(reworded.insight.content).toBe('Short first');
  expect(reworded.event.kind).toBe('edited');
  expect(take({ sharedAt: 5 }, { kind: 'approve', content: 'Short first' })).toBeNull();
  expect(take({}, { kind: 'approve', content: '' })).toBeNull();
});

test('what lapsed is confirmed or taken back, not rejected', () => {
  const lapsed = take({ state: 'shared', sharedAt: 5 }, STEPS.lapse)!.insight;
  expect(lapsed).toMatchObject({ state: 'pending', flag: { kind: 'lapsed' } });
  const rules = { at: AT, by: ana, rules: DEFAULT_INSIGHT_RULES };
  expect(changedInsight(lapsed, STEPS.reject, rules)).toBeNull();
  expect(changedInsight(lapsed, STEPS.revoke, rules)!.insight.state).toBe('revoked');
  expect(changedInsight(lapsed, STEPS.approve, rules)!.insight).toMatchObject({
    state: 'shared',
    flag: null,
  });
});
