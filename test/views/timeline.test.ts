import { expect, test } from 'vitest';
import { TimelineFold } from '../../src/domain/timeline.ts';
import { timelineChart } from '../../src/views/timeline.ts';
import { entry } from './support.ts';

function chartOf(from: number, hours: number, timezone: string, name = 'coder') {
  const fold = new TimelineFold({ from, to: from + hours * 3_600_000 });
  fold.add(
    entry(1, { at: from + 1, author: { key: '1', name, kind: 'bot' }, level: 'decision', confidence: 0 }),
  );
  return timelineChart(fold.timeline(), { timezone, title: '#night' });
}

test('the hours of the axis are those of the reader, also in the night when clocks change', () => {
  const lisbon = chartOf(Date.UTC(2026, 9, 24, 21), 10, 'Europe/Lisbon');
  expect(Object.values(lisbon.labels)).toEqual(['22:00', '00:00', '02:00', '04:00', '06:00']);
  const kathmandu = chartOf(Date.UTC(2026, 9, 24, 21), 3, 'Asia/Kathmandu');
  expect(Object.values(kathmandu.labels)).toEqual(['03:00', '03:30', '04:00', '04:30', '05:00', '05:30']);
});

test('a long time is told in days', () => {
  const days = Object.values(chartOf(Date.UTC(2026, 1, 1), 24 * 6, 'UTC').labels);
  expect(days).toEqual(['1 Feb', '2 Feb', '3 Feb', '4 Feb', '5 Feb', '6 Feb', '7 Feb']);
});

test('the same is said in words, within what Discord takes', () => {
  const { alt } = chartOf(Date.UTC(2026, 1, 1), 1, 'UTC');
  expect(alt).toBe(
    'Timeline of #night, 00:00 to 01:00, 1 lane. coder: 1 decision. decision by coder at 00:00.',
  );
  expect(chartOf(0, 1, 'UTC', 'x'.repeat(5000)).alt.length).toBeLessThanOrEqual(1024);
});

test.each([
  ['coder 🚀', 'coder'],
  ['日本語', 'bot 1'],
  ['מעצבת', 'מעצבת'],
  ['a-very-long-name-of-a-bot', 'a-very-long-n…'],
])('the lane of %s is called %s: only what the font can draw', (name, lane) => {
  const { option } = chartOf(0, 1, 'UTC', name);
  expect(option.yAxis).toMatchObject({ data: [lane] });
});

test('a reported confidence of 0 % is shown', () => {
  expect(JSON.stringify(chartOf(0, 1, 'UTC').option)).toContain('0 %');
});
