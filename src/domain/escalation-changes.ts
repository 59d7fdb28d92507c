import type { Author } from './author.ts';
import { ESCALATION_STATES, WAITING } from './escalation.ts';
import type {
  Escalation,
  EscalationAction,
  EscalationEvent,
  EscalationEventKind,
  EscalationRules,
  EscalationState,
} from './escalation.ts';
import { nextReminder } from './escalation-times.ts';

/** All that can happen to an escalation after it was raised: what people want, and what messages and time bring about. */
export type EscalationStep =
  | EscalationAction
  /** Somebody asks the same again. */
  | { kind: 'append' }
  /** Its card is posted; `quietUntil`: without pinging anybody, until then. */
  | { kind: 'announce'; card: { channelId: string; messageId: string }; quietUntil: number | null }
  | { kind: 'remind' }
  | { kind: 'wake' }
  /** Its time-out passed, and it waits on. */
  | { kind: 'hold' }
  | { kind: 'expire' }
  /** The agent has the answer. */
  | { kind: 'resolve' }
  | { kind: 'merge'; into: number }
  /** What it was part of is gone, and it asks by itself. */
  | { kind: 'detach' };

interface Rule {
  from: readonly EscalationState[];
  /** Null: the state stays. */
  to: EscalationState | null;
  event: EscalationEventKind;
}

/** Which step leads from where to where. A decision on its way to the agent cannot be taken back; once it is there, it can be asked anew. */
export const ESCALATION_STEPS: Record<EscalationStep['kind'], Rule> = {
  acknowledge: { from: ['open', 'snoozed'], to: 'acknowledged', event: 'acknowledged' },
  snooze: { from: ['open', 'acknowledged'], to: 'snoozed', event: 'snoozed' },
  decide: { from: WAITING, to: 'decided', event: 'decided' },
  cancel: { from: WAITING, to: 'cancelled', event: 'cancelled' },
  reopen: {
    from: ['acknowledged', 'snoozed', 'resolved', 'expired', 'cancelled'],
    to: 'open',
    event: 'reopened',
  },
  append: { from: WAITING, to: null, event: 'appended' },
  announce: { from: ESCALATION_STATES, to: null, event: 'announced' },
  remind: { from: ['open'], to: null, event: 'reminded' },
  wake: { from: ['snoozed'], to: 'open', event: 'woken' },
  hold: { from: WAITING, to: null, event: 'held' },
  expire: { from: WAITING, to: 'expired', event: 'expired' },
  resolve: { from: ['decided'], to: 'resolved', event: 'resolved' },
  merge: { from: ['open'], to: 'merged', event: 'merged' },
  detach: { from: ['merged'], to: 'open', event: 'reopened' },
};

export interface Occasion {
  at: number;
  /** Null: time, or the bot. */
  by: Author | null;
  reason?: string | null | undefined;
  rules: EscalationRules;
  /** Whether people are told of escalations in this workspace. */
  alerts: boolean;
}

export interface Changed {
  escalation: Escalation;
  event: EscalationEvent;
}

/** The escalation after a step, and the event that tells of it; null when its state does not allow the step. */
export function changed(before: Escalation, step: EscalationStep, occasion: Occasion): Changed | null {
  const rule = ESCALATION_STEPS[step.kind];
  if (!rule.from.includes(before.state) || isForgotten(before, step)) return null;
  const { at, by } = occasion;
  const moved = rule.to === null ? before : { ...before, state: rule.to, stateAt: at, stateBy: by };
  const after = { ...moved, ...effectOf(step, before, occasion), version: before.version + 1 };
  const event = { version: after.version, kind: rule.event, at, by, reason: reasonOf(step, occasion) };
  return { escalation: timed(after, step, occasion), event };
}

export function isWaiting({ state }: Pick<Escalation, 'state'>): boolean {
  return WAITING.includes(state);
}

/** What was deleted in Discord is asked by nobody any more. */
function isForgotten({ reason }: Escalation, { kind }: EscalationStep): boolean {
  return kind === 'reopen' && reason === '';
}

function reasonOf(step: EscalationStep, { reason }: Occasion): string | null {
  return reason ?? ('reason' in step ? step.reason : null);
}

function effectOf(
  step: EscalationStep,
  before: Escalation,
  { at, by, alerts }: Occasion,
): Partial<Escalation> {
  switch (step.kind) {
    case 'decide':
      return { decision: step.decision };
    case 'append':
      return { merged: before.merged + 1 };
    case 'announce':
      return {
        ...announced(before, at),
        card: step.card,
        pings: before.pings + Number(step.quietUntil === null),
      };
    case 'remind':
      return { pings: before.pings + 1 };
    case 'wake':
      return { askedAt: at, pings: before.pings + Number(alerts) };
    case 'reopen':
      // Its time-out has had its say.
      return {
        askedAt: at,
        decision: null,
        timeoutAt: notPast(before.timeoutAt, at),
        pings: before.pings + Number(alerts && by === null),
      };
    case 'hold':
      return { heldAt: at };
    case 'resolve':
      return { stateBy: before.stateBy };
    case 'merge':
      return { mergedInto: step.into };
    case 'detach':
      return { mergedInto: null, timeoutAt: notPast(before.timeoutAt, at) };
    default:
      return {};
  }
}

/** A time-out that passed while the card could not be posted gave nobody a chance. */
function announced(before: Escalation, at: number): Partial<Escalation> {
  const shown = { carded: true, announcedAt: at, askedAt: at };
  const { timeoutAt, heldAt, remark } = before;
  if (timeoutAt === null || timeoutAt > at || heldAt !== null || !isWaiting(before)) return shown;
  const late = 'Its time-out had passed before it could be shown, so it waits.';
  return { ...shown, timeoutAt: null, remark: remark === null ? late : `${remark} ${late}` };
}

function notPast(instant: number | null, at: number): number | null {
  return instant !== null && instant > at ? instant : null;
}

/** When it ceased to wait, and when it is to be looked at again. */
function timed(after: Escalation, step: EscalationStep, occasion: Occasion): Escalation {
  if (!isWaiting(after))
    return { ...after, closedAt: after.closedAt ?? occasion.at, wakeAt: null, nextAt: null };
  const wakeAt = wakeOf(after, step, occasion);
  return { ...after, closedAt: null, wakeAt, nextAt: nextLook({ ...after, wakeAt }) };
}

/** The first of what it waits for: its own time, or the time-out that has not passed yet. */
export function nextLook({ wakeAt, timeoutAt, heldAt }: Escalation): number | null {
  const timeout = heldAt === null ? timeoutAt : null;
  if (wakeAt === null || timeout === null) return wakeAt ?? timeout;
  return Math.min(wakeAt, timeout);
}

function wakeOf(after: Escalation, step: EscalationStep, { at, rules, alerts }: Occasion): number | null {
  if (step.kind === 'snooze') return step.until;
  if (step.kind === 'acknowledge') return at + rules.reopenAfter;
  if (step.kind === 'append' || step.kind === 'hold' || after.state !== 'open') return after.wakeAt;
  if (!alerts) return null;
  if (step.kind === 'announce' && step.quietUntil !== null) return step.quietUntil;
  // Without a card there is nothing to be reminded of: it gets one first.
  if (!after.carded) return at;
  return after.askedAt === null ? null : nextReminder(after.askedAt, at, rules);
}
