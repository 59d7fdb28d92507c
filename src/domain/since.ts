import { DateTime } from 'luxon';
import { parseDuration } from './duration.ts';
import { latestDue } from './report-time.ts';

/**
 * The instant from which on somebody wants to know (ms UTC), read as people type it: a length of time (`8h`, `3 days`), a time of day
 * (`22:00`: the last time that the clock showed it), or a date, with a time or without (`2026-02-13`, `2026-02-13T22:00Z`). Without a zone
 * of its own it is by the clock of `timezone` (IANA name). Null when it is none of these, or no earlier than `now`.
 */
export function readSince(text: string, { now, timezone }: { now: number; timezone: string }): number | null {
  const from = instantOf(text.trim(), timezone, now);
  return from !== null && from < now ? from : null;
}

function instantOf(text: string, timezone: string, now: number): number | null {
  const span = parseDuration(text.replace(/\s*(hours?|days?|minutes?)\b/gi, (_, unit: string) => unit[0]!));
  if (span !== null) return now - span;
  if (/^\d{1,2}:\d\d$/.test(text)) return latestDue(text, timezone, now - 1)?.at ?? null;
  if (!/^\d{4}-\d\d-\d\d(?:[T ]\d|$)/.test(text)) return null;
  const date = DateTime.fromISO(text.replace(' ', 'T'), { zone: timezone });
  return date.isValid ? date.toMillis() : null;
}
