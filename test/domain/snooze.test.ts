import { expect, test } from 'vitest';
import { snoozedUntil } from '../../src/domain/snooze.ts';
import type { Snooze } from '../../src/domain/snooze.ts';

test.each<[Snooze, string, string, string]>([
  ['15m', 'UTC', '2026-01-05T09:00:00Z', '2026-01-05T09:15:00Z'],
  ['1h', 'UTC', '2026-01-05T09:00:00Z', '2026-01-05T10:00:00Z'],
  ['4h', 'UTC', '2026-01-05T09:00:00Z', '2026-01-05T13:00:00Z'],
  ['tomorrow', 'UTC', '2026-01-05T09:00:00Z', '2026-01-06T08:00:00Z'],
  // It is the 6th in Tokyo already.
  ['tomorrow', 'Asia/Tokyo', '2026-01-05T16:00:00Z', '2026-01-06T23:00:00Z'],
  // Summer time begins in the night between.
  ['tomorrow', 'Europe/Lisbon', '2026-03-28T12:00:00Z', '2026-03-29T07:00:00Z'],
])('%s in %s, from %s', (snooze, zone, now, until) => {
  expect(snoozedUntil(snooze, Date.parse(now), zone)).toBe(Date.parse(until));
});
