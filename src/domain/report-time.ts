import { CronExpressionParser } from 'cron-parser';
import { DateTime } from 'luxon';

/** When a report should come: at an instant, for a day. */
export interface DueReport {
  /** ms UTC. */
  at: number;
  /** When that day began, ms UTC: a day has one report, however often its clock shows the time. */
  dayFrom: number;
}

/**
 * The latest time at or before `now` at which a report was due; null: there was none within a good four years.
 *
 * @param when `HH:MM` or a cron expression of five fields, by the clock of `timezone` (IANA name). A time that the clock passes over
 * when summer begins is due when it goes on; one that it shows twice when summer ends is due the first time
 */
export function latestDue(when: string, timezone: string, now: number): DueReport | null {
  const clock = parseClock(when);
  return clock ? latestAt(clock, timezone, now) : latestByCron(when, timezone, now);
}

/** The next one after `now`; null: none within a good four years. */
export function nextDue(when: string, timezone: string, now: number): DueReport | null {
  const clock = parseClock(when);
  if (clock) {
    const today = DateTime.fromMillis(now, { zone: timezone });
    return [0, 1].map((days) => dueOn(today.plus({ days }), clock)).find(({ at }) => at > now) ?? null;
  }
  return cronStep(when, timezone, now, 'next');
}

/** The next one after `now` for a day that has no report yet: the latest reaches up to `told` (ms UTC; null: there is none). */
export function nextReport(when: string, timezone: string, now: number, told: number | null): number | null {
  const next = nextDue(when, timezone, now);
  if (next === null || told === null || told < next.dayFrom) return next?.at ?? null;
  const tomorrow = DateTime.fromMillis(next.dayFrom, { zone: timezone }).plus({ days: 1 }).startOf('day');
  return nextDue(when, timezone, tomorrow.toMillis() - 1)?.at ?? null;
}

/** Whether `when` can be understood. */
export function isReportTime(when: string): boolean {
  if (parseClock(when)) return true;
  if (when.trim().split(/\s+/).length !== 5) return false;
  try {
    CronExpressionParser.parse(when, { currentDate: 0, tz: 'UTC' }).next();
    return true;
  } catch {
    return false;
  }
}

interface Clock {
  hour: number;
  minute: number;
}

function parseClock(when: string): Clock | null {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(when.trim()) ?? [];
  return hour === undefined ? null : { hour: Number(hour), minute: Number(minute) };
}

function latestAt(clock: Clock, timezone: string, now: number): DueReport {
  const today = DateTime.fromMillis(now, { zone: timezone });
  const due = dueOn(today, clock);
  return due.at <= now ? due : dueOn(today.minus({ days: 1 }), clock);
}

function dueOn(day: DateTime, { hour, minute }: Clock): DueReport {
  const due = day.set({ hour, minute, second: 0, millisecond: 0 });
  // Of a time that comes twice, luxon may give either.
  const earlier = due.minus({ hours: 1 });
  const first = earlier.hour === hour && earlier.minute === minute ? earlier : due;
  return { at: first.toMillis(), dayFrom: day.startOf('day').toMillis() };
}

function latestByCron(when: string, timezone: string, now: number): DueReport | null {
  // One is at `now` itself, when it is.
  return cronStep(when, timezone, now + 1, 'prev');
}

function cronStep(when: string, tz: string, from: number, step: 'prev' | 'next'): DueReport | null {
  try {
    const at = CronExpressionParser.parse(when, { currentDate: from, tz })[step]().getTime();
    return { at, dayFrom: DateTime.fromMillis(at, { zone: tz }).startOf('day').toMillis() };
  } catch {
    return null;
  }
}
