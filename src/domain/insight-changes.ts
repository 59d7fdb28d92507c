import type { Author } from './author.ts';
import { tidied } from './insight-content.ts';
import { IN_FORCE } from './insight.ts';
import type {
  Insight,
  InsightAction,
  InsightEvent,
  InsightEventKind,
  InsightFlag,
  InsightRules,
  InsightState,
} from './insight.ts';

/** All that can happen to an insight after it was learned: what people want, and what messages and time bring about. */
export type InsightStep =
  | InsightAction
  /** The same was learned again. */
  | { kind: 'repeat' }
  /** The first bot has it. */
  | { kind: 'share' }
  | { kind: 'flag'; flag: InsightFlag }
  /** Its time is over: somebody has to confirm it. */
  | { kind: 'lapse' }
  /** Its time is over, and nobody confirmed it. */
  | { kind: 'expire' }
  /** What it was learned from is deleted. */
  | { kind: 'forget' };

interface Rule {
  from: readonly InsightState[];
  /** Null: the state stays. */
  to: InsightState | null;
  event: InsightEventKind;
}

/** Which step leads from where to where. */
export const INSIGHT_STEPS: Record<InsightStep['kind'], Rule> = {
  approve: { from: ['pending'], to: 'approved', event: 'approved' },
  reject: { from: ['pending'], to: 'rejected', event: 'rejected' },
  narrow: { from: ['pending'], to: null, event: 'narrowed' },
  keep: { from: IN_FORCE, to: null, event: 'kept' },
  revoke: { from: ['pending', ...IN_FORCE], to: 'revoked', event: 'revoked' },
  repeat: { from: ['pending', 'rejected', ...IN_FORCE], to: null, event: 'repeated' },
  share: { from: ['approved'], to: 'shared', event: 'shared' },
  flag: { from: ['pending', ...IN_FORCE], to: null, event: 'flagged' },
  lapse: { from: IN_FORCE, to: 'pending', event: 'lapsed' },
  expire: { from: ['pending'], to: 'expired', event: 'expired' },
  forget: {
    from: ['pending', 'rejected', 'revoked', 'expired', ...IN_FORCE],
    to: 'revoked',
    event: 'forgotten',
  },
};

export interface InsightOccasion {
  at: number;
  /** Null: the rules, or time. */
  by: Author | null;
  reason?: string | null | undefined;
  rules: InsightRules;
}

/** The insight after a step, and the event that tells of it; null when its state does not allow the step. */
export function changedInsight(
  before: Insight,
  step: InsightStep,
  { at, by, reason = null, rules }: InsightOccasion,
): { insight: Insight; event: InsightEvent } | null {
  const rule = INSIGHT_STEPS[step.kind];
  if (!rule.from.includes(before.state) || !makesSense(before, step)) return null;
  const moved = rule.to === null ? before : { ...before, state: rule.to, stateAt: at, stateBy: by };
  const version = before.version + 1;
  const insight = { ...moved, ...effectOf(step, before, { at, by, rules }), version };
  const kind = step.kind === 'approve' && step.content !== undefined ? 'edited' : rule.event;
  return { insight, event: { version, kind, at, by, reason: reason ?? reasonOf(step) } };
}

/** What bots have is taken back, not rejected, and cannot be worded anew behind their backs; what is over needs no second end. */
function makesSense(before: Insight, step: InsightStep): boolean {
  const wasShared = before.sharedAt !== null;
  if (step.kind === 'reject') return !wasShared;
  if (step.kind === 'revoke') return before.state !== 'pending' || wasShared;
  if (step.kind === 'approve')
    return before.content !== '' && (step.content === undefined || (!wasShared && step.content !== ''));
  if (step.kind === 'keep') return before.flag !== null;
  if (step.kind === 'forget') return before.content !== '';
  return true;
}

function effectOf(
  step: InsightStep,
  before: Insight,
  { at, by, rules }: Pick<InsightOccasion, 'at' | 'by' | 'rules'>,
): Partial<Insight> {
  switch (step.kind) {
    case 'approve':
      return {
        state: before.sharedAt === null ? 'approved' : 'shared',
        content: step.content === undefined ? before.content : tidied(step.content),
        approvedBy: by,
        flag: null,
        expiresAt: at + rules.expireAfter,
      };
    case 'narrow':
      return { scope: step.scope };
    case 'keep':
      return { flag: null };
    case 'repeat':
      return { count: before.count + 1 };
    case 'share':
      return { sharedAt: at, stateBy: before.stateBy };
    case 'flag':
      return { flag: step.flag };
    case 'lapse':
      return { flag: { kind: 'lapsed', by: null, at }, expiresAt: at + rules.confirmWithin };
    case 'forget':
      return {
        content: '',
        ...(IN_FORCE.includes(before.state) || before.sharedAt !== null ? {} : unshared(before)),
      };
    default:
      return {};
  }
}

/** Nobody had it: what is gone was never taken back from anybody. */
function unshared({ state, stateAt, stateBy }: Insight): Partial<Insight> {
  return state === 'pending' ? { state: 'rejected' } : { state, stateAt, stateBy };
}

function reasonOf(step: InsightStep): string | null {
  return step.kind === 'revoke' ? step.reason : null;
}

/** Its time came, at `now`: in force it lapses; pending, for the second time or from the start, it is over. */
export function timeStep({ state }: Insight): Extract<InsightStep, { kind: 'lapse' | 'expire' }> {
  return IN_FORCE.includes(state) ? { kind: 'lapse' } : { kind: 'expire' };
}

/** Whether a person should look at it. */
export function wantsReview({ state, flag }: Pick<Insight, 'state' | 'flag'>): boolean {
  return state === 'pending' || (flag !== null && IN_FORCE.includes(state));
}
