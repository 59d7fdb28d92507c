import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { isReportTime, latestDue, nextDue, nextReport } from '../../src/domain/report-time.ts';

const LOOKS_EVERY = 2 * 3_600_000;
const START = Date.UTC(2026, 0, 1);
const YEAR_AND_A_DAY = START + 366 * 24 * 3_600_000;

const dayOf = (at: number | undefined, zone = 'UTC') => DateTime.fromMillis(at ?? 0, { zone }).toISODate()!;

/** What somebody who looks every two hours of a year sees become due. */
function dueInAYear(when: string, zone: string) {
  const days: string[] = [];
  const clocks = new Set<string>();
  let last = latestDue(when, zone, START)?.dayFrom;
  for (let now = START; now < YEAR_AND_A_DAY; now += LOOKS_EVERY) {
    const due = latestDue(when, zone, now);
    if (!due || due.dayFrom === last) continue;
    expect(now - due.at).toBeLessThan(LOOKS_EVERY);
    last = due.dayFrom;
    days.push(dayOf(due.dayFrom, zone));
    clocks.add(DateTime.fromMillis(due.at, { zone }).toFormat('HH:mm'));
  }
  return { days, clocks: [...clocks].sort() };
}

/** Zones with and without summer time, north and south, one off by half an hour. */
const YEARS: [when: string, zone: string, clocks: string[]][] = [
  ['08:00', 'Europe/Lisbon', ['08:00']],
  ['08:00', 'America/New_York', ['08:00']],
  ['08:00', 'Australia/Lord_Howe', ['08:00']],
  ['00:00', 'Asia/Kolkata', ['00:00']],
  // Passed over on one day, shown twice on another.
  ['02:30', 'America/New_York', ['02:30', '03:30']],
  ['01:30', 'Europe/Lisbon', ['01:30', '02:30']],
  ['0 8 * * *', 'Europe/Lisbon', ['08:00']],
];

test.each(YEARS)('%s in %s is due once on each day of a year', (when, zone, clocks) => {
  const year = dueInAYear(when, zone);
  expect(new Set(year.days).size).toBe(year.days.length);
  expect(year.days.length).toBeGreaterThanOrEqual(365);
  expect(year.days.length).toBeLessThanOrEqual(366);
  expect(year.clocks).toEqual(clocks);
});

test('a cron expression may name days of the week, and a day that comes every four years', () => {
  const monday = Date.UTC(2026, 1, 16, 9);
  expect(latestDue('0 8 * * 1-5', 'UTC', monday - 24 * 3_600_000)).toEqual({
    at: Date.UTC(2026, 1, 13, 8),
    dayFrom: Date.UTC(2026, 1, 13),
  });
  expect(dayOf(latestDue('0 8 29 2 *', 'UTC', monday)?.at)).toBe('2024-02-29');
  expect(dayOf(nextDue('0 8 29 2 *', 'UTC', monday)?.at)).toBe('2028-02-29');
});

test('what is due at this very moment is due', () => {
  const eight = Date.UTC(2026, 1, 13, 8);
  expect(latestDue('08:00', 'UTC', eight)).toEqual({ at: eight, dayFrom: Date.UTC(2026, 1, 13) });
  expect(latestDue('0 8 * * *', 'UTC', eight)).toEqual({ at: eight, dayFrom: Date.UTC(2026, 1, 13) });
  expect(nextDue('08:00', 'UTC', eight)?.at).toBe(eight + 24 * 3_600_000);
});

test.each(['08:00', '8:05', '23:59', '0 8 * * 1-5', '0 8 29 2 *'])('%s is a time', (when) => {
  expect(isReportTime(when)).toBe(true);
});

test.each(['', '24:00', '8', '08:60', 'morning', '* * *', '0 8 31 2 *', '0 0 8 * * *', '61 8 * * *'])(
  '%j is none',
  (when) => {
    expect(isReportTime(when)).toBe(false);
  },
);

test('a day that has had its report, by whatever clock, is passed over', () => {
  const noon = Date.UTC(2026, 1, 13, 12);
  const [today, tomorrow] = [Date.UTC(2026, 1, 13, 18), Date.UTC(2026, 1, 14, 18)];
  const next = (told: number | null) => nextReport('18:00', 'UTC', noon, told);
  expect([next(null), next(Date.UTC(2026, 1, 12, 23)), next(Date.UTC(2026, 1, 13, 8))]).toEqual([
    today,
    today,
    tomorrow,
  ]);
});
