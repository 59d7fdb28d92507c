import { expect, test } from 'vitest';
import { TimelineFold } from '../../src/domain/timeline.ts';
import { laneName } from '../../src/views/lane-name.ts';
import { ticksOf } from '../../src/views/timeline-axis.ts';
import { placedMarks } from '../../src/views/timeline-marks.ts';
import { timelineChart } from '../../src/views/timeline.ts';
import { entry } from './support.ts';

const HOUR = 3_600_000;

function chartOf(from: number, hours: number, timezone: string, name = 'coder') {
  const fold = new TimelineFold({ from, to: from + hours * HOUR });
  fold.add(
    entry(1, { at: from + 1, author: { key: '1', name, kind: 'bot' }, level: 'decision', confidence: 0 }),
  );
  return timelineChart(fold.timeline(), { timezone, title: '#night' });
}

const labels = (from: number, hours: number, timezone: string) =>
  ticksOf({ from, to: from + hours * HOUR }, timezone).map(({ label }) => label);

test('the hours of the axis are those of the reader, also in the night when clocks change', () => {
  const lisbon = labels(Date.UTC(2026, 9, 24, 21), 10, 'Europe/Lisbon');
  expect(lisbon).toEqual(['22:00', '00:00', '02:00', '04:00', '06:00']);
  const kathmandu = labels(Date.UTC(2026, 9, 24, 21), 3, 'Asia/Kathmandu');
  expect(kathmandu).toEqual(['03:00', '03:30', '04:00', '04:30', '05:00', '05:30']);
  expect(JSON.stringify(chartOf(Date.UTC(2026, 9, 24, 21), 3, 'Asia/Kathmandu').option)).toContain('05:30');
});

test('a long time is told in days', () => {
  const days = labels(Date.UTC(2026, 1, 1), 24 * 6, 'UTC');
  expect(days).toEqual(['1 Feb', '2 Feb', '3 Feb', '4 Feb', '5 Feb', '6 Feb', '7 Feb']);
});

test('the same is said in words, within what Discord takes', () => {
  const { alt } = chartOf(Date.UTC(2026, 1, 1), 1, 'UTC');
  expect(alt).toBe(
    'Timeline of #night, 00:00 to 01:00, 1 lane. coder: 1 decision. decision by coder at 00:00 (0 %).',
  );
  expect(chartOf(0, 1, 'UTC', 'x'.repeat(5000)).alt.length).toBeLessThanOrEqual(1024);
  expect(chartOf(0, 1, 'UTC', '日本語').alt).toContain('日本語 (bot 1): 1 decision');
});

test.each([
  ['coder 🚀', 'coder'],
  ['日本語', 'bot 1'],
  ['מעצבת', 'מעצבת'],
  ['specialist-for-databases-17', 'specialist-for-d…bases-17'],
])('the lane of %s is called %s: only what the font can draw, and the end of a long name', (name, lane) => {
  expect(laneName(name, 0, { size: 13, width: 180 })).toBe(lane);
});

test('a reported confidence of 0 % is shown', () => {
  expect(JSON.stringify(chartOf(0, 1, 'UTC').option)).toContain('0 %');
});

/** The marks of one bot that took these steps at these minutes of an hour. */
function marksOf(
  ...steps: [minute: number, level: 'info' | 'decision' | 'error' | 'tool', confidence?: number][]
) {
  const fold = new TimelineFold({ from: 0, to: HOUR });
  for (const [minute, level, confidence = null] of steps)
    fold.add(entry(1, { at: minute * 60_000, level, confidence, tool: null }));
  return placedMarks(fold.timeline(), () => ({ from: 8, to: 30 }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ place, kind, label }) => [place, kind, ...(label ? [label.text, label.side] : [])]);
}

test('a place shows the gravest of what happened there, and another beside it', () => {
  expect(marksOf([0, 'info'], [0, 'decision'], [0, 'error'])).toEqual([
    [0, 'problem'],
    [1, 'decision'],
  ]);
});

test('a confidence stands where nothing else does', () => {
  expect(marksOf([10, 'decision', 0.9])).toEqual([[6, 'decision', '90 %', 'right']]);
  expect(marksOf([10, 'decision', 0.9], [13, 'info'])).toEqual([
    [6, 'decision', '90 %', 'left'],
    [7, 'talk'],
  ]);
  expect(marksOf([7, 'info'], [10, 'decision', 0.9], [13, 'info'])[1]).toEqual([6, 'decision']);
  expect(marksOf([27, 'info'], [30, 'decision', 0.9], [33, 'info'])[1]).toEqual([
    18,
    'decision',
    '90 %',
    'above',
  ]);
  expect(marksOf([59, 'decision', 0.9])).toEqual([[35, 'decision', '90 %', 'left']]);
});
