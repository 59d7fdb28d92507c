import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changed, ESCALATION_STEPS, isWaiting } from '../../src/domain/escalation-changes.ts';
import type { EscalationStep } from '../../src/domain/escalation-changes.ts';
import { DEFAULT_ESCALATION_RULES } from '../../src/domain/escalation-times.ts';
import { ESCALATION_STATES } from '../../src/domain/escalation.ts';
import type { Escalation, EscalationState } from '../../src/domain/escalation.ts';
import { ana, escalation, RAISED } from './escalation-example.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const rules = DEFAULT_ESCALATION_RULES;
const at = RAISED + 10 * MINUTE;
const occasion = { at, by: ana, rules, alerts: true };

const STEPS: Record<EscalationStep['kind'], EscalationStep> = {
  acknowledge: { kind: 'acknowledge' },
  snooze: { kind: 'snooze', until: at + HOUR },
  decide: { kind: 'decide', decision: { option: 'a', note: null } },
  cancel: { kind: 'cancel', reason: 'not needed' },
  reopen: { kind: 'reopen', reason: 'still needed' },
  append: { kind: 'append' },
  announce: { kind: 'announce', card: { channelId: '10', messageId: '71' }, quietUntil: null },
  remind: { kind: 'remind' },
  wake: { kind: 'wake' },
  hold: { kind: 'hold' },
  expire: { kind: 'expire' },
  resolve: { kind: 'resolve' },
  merge: { kind: 'merge', into: 9 },
  detach: { kind: 'detach' },
};
const KINDS = Object.keys(STEPS) as EscalationStep['kind'][];

/** Where each step leads from each state; a dot: it is refused. */
const TABLE: Record<EscalationStep['kind'], string> = {
  //             open         acknowledged snoozed      decided   resolved expired cancelled merged
  acknowledge: 'acknowledged .            acknowledged .         .        .       .         .',
  snooze: '     snoozed      snoozed      .            .         .        .       .         .',
  decide: '     decided      decided      decided      .         .        .       .         .',
  cancel: '     cancelled    cancelled    cancelled    .         .        .       .         .',
  reopen: '     .            open         open         .         open     open    open      .',
  append: '     open         acknowledged snoozed      .         .        .       .         .',
  announce: '   open         acknowledged snoozed      decided   resolved expired cancelled merged',
  remind: '     open         .            .            .         .        .       .         .',
  wake: '       .            .            open         .         .        .       .         .',
  hold: '       open         acknowledged snoozed      .         .        .       .         .',
  expire: '     expired      expired      expired      .         .        .       .         .',
  resolve: '    .            .            .            resolved  .        .       .         .',
  merge: '      merged       .            .            .         .        .       .         .',
  detach: '     .            .            .            .         .        .       .         open',
};

const inState = (state: EscalationState): Escalation => {
  const closedAt = isWaiting({ state }) ? null : RAISED;
  return escalation({ state, closedAt });
};

const rows = KINDS.flatMap((kind) =>
  ESCALATION_STATES.map((state, index) => {
    const to = TABLE[kind].trim().split(/\s+/)[index]!;
    return [kind, state, to === '.' ? null : to] as const;
  }),
);

test.each(rows)('%s from %s leads to %s', (kind, state, to) => {
  const before = inState(state);
  const result = changed(before, STEPS[kind], occasion);
  expect(result?.escalation.state ?? null).toBe(to);
  if (!result) return;
  expect(result.event).toMatchObject({ version: 3, kind: ESCALATION_STEPS[kind].event, at, by: ana });
  expect(result.escalation.version).toBe(3);
  expect(result.escalation.closedAt === null).toBe(isWaiting(result.escalation));
  expect(before).toEqual(inState(state));
});

describe('when it is looked at again', () => {
  const next = (before: Escalation, step: EscalationStep, more = {}) => {
    const { wakeAt, nextAt } = changed(before, step, { ...occasion, ...more })!.escalation;
    return { wakeAt, nextAt };
  };

  test.each<[string, Escalation, EscalationStep, number | null]>([
    ['a card is reminded of after 15 minutes', escalation(), STEPS.announce, at + 15 * MINUTE],
    [
      'one posted quietly when the quiet ends',
      escalation(),
      { ...STEPS.announce, quietUntil: at + 5 } as EscalationStep,
      at + 5,
    ],
    [
      'after a reminder comes the next one',
      escalation({ askedAt: at - 15 * MINUTE }),
      STEPS.remind,
      at + 45 * MINUTE,
    ],
    ['what is acknowledged opens again after a while', escalation(), STEPS.acknowledge, at + 4 * HOUR],
    ['a snooze ends when it was said to', escalation(), STEPS.snooze, at + HOUR],
    ['asked anew, it is reminded of anew', inState('snoozed'), STEPS.wake, at + 15 * MINUTE],
    ['without a card it gets one first', escalation({ state: 'snoozed', carded: false }), STEPS.wake, at],
    [
      'a part that asks by itself gets a card',
      escalation({ state: 'merged', carded: false, closedAt: 1 }),
      STEPS.detach,
      at,
    ],
    ['asking the same again changes nothing', escalation({ wakeAt: at + 7 }), STEPS.append, at + 7],
    ['a decision ends all that', escalation({ wakeAt: at + 7, timeoutAt: at + 9 }), STEPS.decide, null],
  ])('%s', (_, before, step, wakeAt) => {
    expect(next(before, step)).toEqual({ wakeAt, nextAt: wakeAt });
  });

  test('a time-out that is earlier comes first, and only once', () => {
    const before = escalation({ timeoutAt: at + MINUTE });
    expect(next(before, STEPS.acknowledge)).toMatchObject({ nextAt: at + MINUTE });
    expect(next({ ...before, wakeAt: at + HOUR }, STEPS.hold)).toMatchObject({ nextAt: at + HOUR });
  });

  test('where nobody is told of escalations nobody is reminded', () => {
    expect(next(inState('snoozed'), STEPS.wake, { alerts: false })).toEqual({ wakeAt: null, nextAt: null });
  });

  test('a time-out that passed before the card was there gave nobody a chance', () => {
    const before = escalation({ timeoutAt: at - 1, onTimeout: 'proceed' });
    expect(changed(before, STEPS.announce, occasion)?.escalation).toMatchObject({
      timeoutAt: null,
      remark: 'Its time-out had passed before it could be shown, so it waits.',
    });
  });
});

test('who decided is known when the agent has the answer', () => {
  const decided = changed(escalation(), STEPS.decide, occasion)!.escalation;
  const resolved = changed(decided, STEPS.resolve, { ...occasion, at: at + 1, by: null })!.escalation;
  expect(resolved).toMatchObject({ state: 'resolved', stateBy: ana, closedAt: at, stateAt: at + 1 });
});

test('reopened, it has no decision and no time-out that has passed', () => {
  const before = escalation({
    state: 'resolved',
    decision: { option: 'a', note: null },
    timeoutAt: at - 1,
    closedAt: 1,
  });
  expect(changed(before, STEPS.reopen, occasion)?.escalation).toMatchObject({
    decision: null,
    timeoutAt: null,
    closedAt: null,
    askedAt: at,
  });
  expect(changed({ ...before, reason: '' }, STEPS.reopen, occasion)).toBeNull();
});

test('whatever happens in whatever order: versions without gaps, one answer for each decision, nothing asked once it is closed', () => {
  const happening = fc.record({
    kind: fc.constantFrom(...KINDS),
    wait: fc.integer({ min: 0, max: 5 * HOUR }),
  });
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), fc.boolean(), (happenings, alerts) => {
      let now = RAISED;
      let current = escalation({ version: 1, carded: false, announcedAt: null, askedAt: null, card: null });
      let answers = 0;
      for (const { kind, wait } of happenings) {
        now += wait;
        const step = kind === 'snooze' ? { kind, until: now + HOUR } : STEPS[kind];
        const result = changed(current, step, { at: now, by: null, rules, alerts });
        if (!result) continue;
        expect(result.event.version).toBe(current.version + 1);
        expect(result.escalation.version).toBe(current.version + 1);
        answers += answersBy(step, current);
        expect(kind === 'remind' ? current.state : 'open').toBe('open');
        current = result.escalation;
        expect(ESCALATION_STATES).toContain(current.state);
        expect(answers).toBe(current.decision === null ? 0 : 1);
        const { wakeAt, nextAt, closedAt } = current;
        const isAsked = wakeAt !== null || nextAt !== null;
        expect(closedAt === null).toBe(isWaiting(current));
        expect(isAsked && !isWaiting(current)).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

/** A decision is one answer; one that is asked anew once the agent has it can be answered again. */
function answersBy({ kind }: EscalationStep, { state }: Escalation): number {
  if (kind === 'decide') return 1;
  return kind === 'reopen' && state === 'resolved' ? -1 : 0;
}
