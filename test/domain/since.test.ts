import { expect, test } from 'vitest';
import { readSince } from '../../src/domain/since.ts';

const now = Date.parse('2026-02-13T12:00:00Z');
const timezone = 'Europe/Berlin';

test.each([
  ['8h', '2026-02-13T04:00:00Z'],
  ['3 days', '2026-02-10T12:00:00Z'],
  ['1 hour 30 minutes', '2026-02-13T10:30:00Z'],
  ['9:00', '2026-02-13T08:00:00Z'],
  ['22:00', '2026-02-12T21:00:00Z'],
  ['2026-02-12', '2026-02-11T23:00:00Z'],
  ['2026-02-12 08:15', '2026-02-12T07:15:00Z'],
  ['2026-02-12T08:15', '2026-02-12T07:15:00Z'],
  ['2026-02-12T08:15:00Z', '2026-02-12T08:15:00Z'],
])('%s is from %s on', (text, from) => {
  expect(readSince(text, { now, timezone })).toBe(Date.parse(from));
});

test.each(['soon', '', '-3h', '0m', '25:00', '2026-02-30', '2026-02-14', '2026-02-13T13:01', 'last look'])(
  '“%s” is no time before now',
  (text) => {
    expect(readSince(text, { now, timezone })).toBeNull();
  },
);
