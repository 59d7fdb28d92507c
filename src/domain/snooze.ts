import { DateTime } from 'luxon';

/** For how long an escalation can be put off. */
export const SNOOZES = ['15m', '1h', '4h', 'tomorrow'] as const;
export type Snooze = (typeof SNOOZES)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MORNING = 8;

/** Until when, in ms UTC; tomorrow begins in that time zone (IANA name), at eight. */
export function snoozedUntil(snooze: Snooze, now: number, timezone: string): number {
  if (snooze === '15m') return now + 15 * MINUTE;
  if (snooze === '1h') return now + HOUR;
  if (snooze === '4h') return now + 4 * HOUR;
  const tomorrow = DateTime.fromMillis(now, { zone: timezone }).plus({ days: 1 });
  return tomorrow.startOf('day').set({ hour: MORNING }).toMillis();
}
