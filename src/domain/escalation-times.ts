import { DateTime } from 'luxon';
import type { Escalation, EscalationRules } from './escalation.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The rules where nothing else is set. */
export const DEFAULT_ESCALATION_RULES: EscalationRules = {
  alerts: { open: false, project: true, direct: false, coordination: true },
  timezone: 'UTC',
  quietHours: null,
  maxPingsPerHour: 10,
  remindAfter: [15 * MINUTE, HOUR, 4 * HOUR],
  remindEvery: 24 * HOUR,
  reopenAfter: 4 * HOUR,
};

/** The span over which pings are counted, in ms. */
export const PING_WINDOW = HOUR;

/**
 * When the quiet hours that hold at `at` end, in ms UTC; null when none hold. They are hours of the local clock, so they last an hour
 * more or less in the night when the clock changes; an end that the clock passes twice is the first one.
 */
export function quietUntil(
  at: number,
  { quietHours, timezone }: Pick<EscalationRules, 'quietHours' | 'timezone'>,
): number | null {
  if (quietHours === null) return null;
  const { fromMinute, toMinute } = quietHours;
  const today = DateTime.fromMillis(at, { zone: timezone }).startOf('day');
  for (const day of [today.minus({ days: 1 }), today]) {
    const start = clock(day, fromMinute);
    const end = clock(fromMinute < toMinute ? day : day.plus({ days: 1 }), toMinute);
    if (start <= at && at < end) return end;
  }
  return null;
}

/** The quiet hours within a time, as far as they fall into it. */
export function quietSpans(
  { from, to }: { from: number; to: number },
  rules: Pick<EscalationRules, 'quietHours' | 'timezone'>,
): { from: number; to: number }[] {
  const { quietHours, timezone } = rules;
  if (quietHours === null) return [];
  const spans = [];
  const last = DateTime.fromMillis(to, { zone: timezone });
  let day = DateTime.fromMillis(from, { zone: timezone }).startOf('day').minus({ days: 1 });
  for (; day <= last; day = day.plus({ days: 1 })) {
    const start = clock(day, quietHours.fromMinute);
    const end = quietUntil(start, rules) ?? start;
    if (start < to && end > from) spans.push({ from: Math.max(start, from), to: Math.min(end, to) });
  }
  return spans;
}

/** When the clock of that day shows so many minutes after midnight; a time that the clock skips is the one after the gap. */
function clock(day: DateTime, minute: number): number {
  return day.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toMillis();
}

/** Until when people may not be pinged for this one; null: they may. What is critical does not wait for the morning. */
export function heldUntil(
  at: number,
  { severity }: Pick<Escalation, 'severity'>,
  rules: EscalationRules,
): number | null {
  return severity === 'critical' ? null : quietUntil(at, rules);
}

/**
 * The first reminder after `after`, of those that follow when people were asked at `askedAt`. What was missed while nobody looked is
 * not made up for.
 */
export function nextReminder(
  askedAt: number,
  after: number,
  { remindAfter, remindEvery }: Pick<EscalationRules, 'remindAfter' | 'remindEvery'>,
): number {
  const early = remindAfter.map((wait) => askedAt + wait).find((at) => at > after);
  if (early !== undefined) return early;
  const waited = Math.max(after - askedAt, ...remindAfter);
  return askedAt + (Math.floor(waited / remindEvery) + 1) * remindEvery;
}

/** True once it has waited for so long that the second owner is told, too. */
export function concernsSecondOwner(
  { announcedAt }: Pick<Escalation, 'announcedAt'>,
  at: number,
  { remindEvery }: Pick<EscalationRules, 'remindEvery'>,
): boolean {
  return announcedAt !== null && at - announcedAt >= remindEvery;
}
