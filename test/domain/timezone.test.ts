import { expect, test } from 'vitest';
import { clockIn, isTimezone, timezoneNamed, timezonesLike } from '../../src/domain/timezone.ts';

const NAMED: [typed: string, name: string | null][] = [
  ['Europe/Berlin', 'Europe/Berlin'],
  [' europe/berlin ', 'Europe/Berlin'],
  ['america/new york', 'America/New_York'],
  ['utc', 'UTC'],
  ['Etc/UTC', 'Etc/UTC'],
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['Europe/Kiev', 'Europe/Kiev'],
  ['asia/kathmandu', 'Asia/Kathmandu'],
  ['asia/calcutta', 'Asia/Calcutta'],
  ['US/Pacific', 'US/Pacific'],
  ['Etc/GMT+3', 'Etc/GMT+3'],
  ['Berlin', null],
  ['Europe/Berlinn', null],
  ['+01:00', null],
  ['UTC+1', null],
  ['', null],
  ['local', null],
  ['SYSTEM', null],
];

test.each(NAMED)('%j is the time zone %j', (typed, name) => {
  expect(timezoneNamed(typed)).toBe(name);
  expect(isTimezone(typed.trim().replace(' ', '_'))).toBe(name !== null);
});

const LIKE: [typed: string, first: string][] = [
  ['berlin', 'Europe/Berlin'],
  ['New York', 'America/New_York'],
  ['São p', 'America/Sao_Paulo'],
  ['kath', 'Asia/Kathmandu'],
  ['kolk', 'Asia/Kolkata'],
  ['auckland', 'Pacific/Auckland'],
  ['utc', 'UTC'],
  ['europe/li', 'Europe/Lisbon'],
];

test.each(LIKE)('whoever types %j is offered %s first', (typed, first) => {
  expect(timezonesLike(typed)[0]).toBe(first);
});

test('every zone that is offered is one, and each is offered once', () => {
  const all = timezonesLike('');
  expect(all.filter((name) => timezoneNamed(name) !== name)).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
  expect(timezonesLike('nowhere')).toEqual([]);
});

test('a clock shows the local time', () => {
  const at = Date.UTC(2026, 6, 1, 12, 5);
  expect([clockIn('UTC', at), clockIn('Asia/Kathmandu', at), clockIn('America/New_York', at)]).toEqual([
    '12:05',
    '17:50',
    '08:05',
  ]);
});
