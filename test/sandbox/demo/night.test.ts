import { expect, test } from 'vitest';
import { Night } from '../../../sandbox/demo/night.ts';

const at = (text: string) => Date.parse(text);
const iso = (night: Night) => new Date(night.clock.now()).toISOString().slice(0, 16);

test.each([
  ['UTC', '2026-03-01T12:00Z', '2026-03-01T21:45'],
  ['UTC', '2026-03-01T21:46Z', '2026-03-02T21:45'],
  ['Europe/Lisbon', '2026-07-01T12:00Z', '2026-07-01T20:45'],
  ['Asia/Kolkata', '2026-03-01T12:00Z', '2026-03-01T16:15'],
])('in %s, the night after %s begins at %s UTC', (timezone, now, begin) => {
  expect(iso(new Night(at(now), timezone))).toBe(begin);
});

test('it leaps to times of this night, after midnight too, and never back', async () => {
  const night = new Night(at('2026-03-01T12:00Z'), 'UTC');
  await night.leapTo('23:10');
  expect(night.time).toBe('23:10');
  await night.leapTo('22:00');
  expect(night.time).toBe('23:10');
  expect(night.isBefore('08:00')).toBe(true);
  await night.leapTo('08:00');
  expect(iso(night)).toBe('2026-03-02T08:00');
  expect(night.isBefore('08:00')).toBe(false);
});

test('who listens hears of a leap when it has happened, and the leap is over when they are done', async () => {
  const night = new Night(at('2026-03-01T12:00Z'), 'UTC');
  const log: string[] = [];
  night.listeners.add(async () => {
    log.push(night.time);
    await Promise.resolve();
    log.push('done');
  });
  await night.leapTo('22:10');
  log.push('over');
  await night.leapTo('22:10');
  expect(log).toEqual(['22:10', 'done', 'over']);
});

test('a far time is reached in half hours, each of them heard of', async () => {
  const night = new Night(at('2026-03-01T12:00Z'), 'UTC');
  const times: string[] = [];
  night.listeners.add(async () => void times.push(night.time));
  await night.leapTo('23:20');
  expect(times).toEqual(['22:15', '22:45', '23:15', '23:20']);
});
