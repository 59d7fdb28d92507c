import { describe, expect, test } from 'vitest';
import {
  concernsSecondOwner,
  DEFAULT_ESCALATION_RULES,
  heldUntil,
  nextReminder,
  quietUntil,
} from '../../src/domain/escalation-times.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 5, 9);

const rules = (timezone: string, from: string, to: string) => ({
  ...DEFAULT_ESCALATION_RULES,
  timezone,
  quietHours: { fromMinute: minute(from), toMinute: minute(to) },
});
const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe('quiet hours', () => {
  test.each([
    // The clock in Lisbon is UTC in winter and an hour ahead in summer; it changes on 29 March and 25 October 2026 at 01:00 UTC.
    ['Europe/Lisbon', '22:00', '07:00', '2026-01-05T21:59:59Z', null],
    ['Europe/Lisbon', '22:00', '07:00', '2026-01-05T22:00:00Z', '2026-01-06T07:00:00Z'],
    ['Europe/Lisbon', '22:00', '07:00', '2026-01-06T06:59:59Z', '2026-01-06T07:00:00Z'],
    ['Europe/Lisbon', '22:00', '07:00', '2026-01-06T07:00:00Z', null],
    ['Europe/Lisbon', '22:00', '07:00', '2026-07-05T21:00:00Z', '2026-07-06T06:00:00Z'],
    ['Europe/Lisbon', '22:00', '07:00', '2026-03-28T23:00:00Z', '2026-03-29T06:00:00Z'],
    ['Europe/Lisbon', '22:00', '07:00', '2026-10-24T23:00:00Z', '2026-10-25T07:00:00Z'],
    // At 01:00 the clock jumps to 02:00: what ends at 01:30 ends half an hour after the jump.
    ['Europe/Lisbon', '22:00', '01:30', '2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z'],
    // 01:00–02:00 comes twice: quiet ends the first time that it is 01:30, and does not come back.
    ['Europe/Lisbon', '22:00', '01:30', '2026-10-25T00:10:00Z', '2026-10-25T00:30:00Z'],
    ['Europe/Lisbon', '22:00', '01:30', '2026-10-25T01:10:00Z', null],
    // New York is 5 hours behind in winter, 4 in summer; it changes on 8 March and 1 November 2026.
    ['America/New_York', '23:00', '06:30', '2026-03-08T05:00:00Z', '2026-03-08T10:30:00Z'],
    ['America/New_York', '23:00', '06:30', '2026-03-09T03:00:00Z', '2026-03-09T10:30:00Z'],
    ['America/New_York', '23:00', '06:30', '2026-11-01T04:00:00Z', '2026-11-01T11:30:00Z'],
    ['America/New_York', '12:00', '13:00', '2026-11-01T17:30:00Z', '2026-11-01T18:00:00Z'],
    ['America/New_York', '12:00', '13:00', '2026-11-01T16:30:00Z', null],
  ])('in %s from %s to %s hold at %s until %s', (timezone, from, to, at, until) => {
    const end = quietUntil(Date.parse(at), rules(timezone, from, to));
    expect(end === null ? null : new Date(end).toISOString()).toBe(until?.replace('Z', '.000Z') ?? null);
  });

  test('do not hold what is critical, and there may be none', () => {
    const night = Date.parse('2026-01-05T23:00:00Z');
    expect(heldUntil(night, { severity: 'high' }, rules('UTC', '22:00', '07:00'))).not.toBeNull();
    expect(heldUntil(night, { severity: 'critical' }, rules('UTC', '22:00', '07:00'))).toBeNull();
    expect(quietUntil(night, DEFAULT_ESCALATION_RULES)).toBeNull();
  });
});

test.each([
  [0, 15 * MINUTE],
  [15 * MINUTE, HOUR],
  [20 * MINUTE, HOUR],
  [HOUR, 4 * HOUR],
  [4 * HOUR, 24 * HOUR],
  [24 * HOUR, 48 * HOUR],
  [100 * HOUR, 120 * HOUR],
])('%d ms after people were asked the next reminder is after %d ms', (waited, next) => {
  expect(nextReminder(START, START + waited, DEFAULT_ESCALATION_RULES)).toBe(START + next);
});

test('a first reminder after more than a day is followed by one each day', () => {
  const late = { remindAfter: [30 * HOUR], remindEvery: 24 * HOUR };
  expect(nextReminder(0, 0, late)).toBe(30 * HOUR);
  expect(nextReminder(0, 30 * HOUR, late)).toBe(48 * HOUR);
  expect(nextReminder(0, 0, { remindAfter: [], remindEvery: 24 * HOUR })).toBe(24 * HOUR);
});

test('the second owner is told with the first reminder of a day', () => {
  const of = (announcedAt: number | null, at: number) =>
    concernsSecondOwner({ announcedAt }, at, DEFAULT_ESCALATION_RULES);
  expect([of(START, START + 4 * HOUR), of(START, START + 24 * HOUR), of(null, START)]).toEqual([
    false,
    true,
    false,
  ]);
});
