import { expect, test } from 'vitest';
import type { Entry } from '../../src/domain/entry.ts';
import { TimelineFold } from '../../src/domain/timeline.ts';
import { entry } from '../views/support.ts';

const FROM = Date.UTC(2026, 1, 12, 22);
const TO = FROM + 10 * 3_600_000;

function timelineOf(entries: readonly Partial<Entry>[]) {
  const fold = new TimelineFold({ from: FROM, to: TO });
  for (const each of entries) fold.add(entry(1, { at: FROM + 1, ...each }));
  return fold.timeline([{ from: FROM - 1, to: FROM + 3_600_000 }]);
}

const bot = (name: string) => ({ author: { key: name, name, kind: 'bot' as const } });

test('each bot has a lane in the order of its first step, and people share one', () => {
  const { lanes, marks } = timelineOf([
    { ...bot('nanobot'), level: 'decision', confidence: 0.6 },
    { author: { key: '1', name: 'Ana', kind: 'person' } },
    { author: { key: '2', name: 'Ben', kind: 'person' } },
    { ...bot('coder'), level: 'error' },
  ]);
  expect(lanes).toEqual(['nanobot', 'people', 'coder']);
  expect(marks.map(({ lane, kind, count, confidence }) => [lane, kind, count, confidence])).toEqual([
    [1, 'talk', 2, null],
    [0, 'decision', 1, 0.6],
    [2, 'problem', 1, null],
  ]);
});

test('a handoff is an arrow to each bot that was asked, as far as it has a lane', () => {
  const { lanes, arrows } = timelineOf([
    { ...bot('nanobot'), level: 'handoff', handoffTo: ['@coder', '@nobody', '@nanobot'] },
    bot('coder'),
  ]);
  expect(arrows.map(({ from, to }) => [lanes[from], lanes[to]])).toEqual([['nanobot', 'coder']]);
});

test('of very many bots those that said most have a lane of their own', () => {
  const entries = Array.from({ length: 200 }, (_, index) =>
    Array.from({ length: index < 9 ? 3 : 1 }, () => bot(`bot${index}`)),
  ).flat();
  const { lanes, others, marks } = timelineOf(entries);
  expect([lanes.length, lanes.at(-1), others]).toEqual([10, 'others', 191]);
  expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(9 * 3 + 191);
});

test('however many steps there are, the marks stay few enough to be drawn', () => {
  const entries = Array.from({ length: 20_000 }, (_, index) => ({
    ...bot(`bot${index % 5}`),
    at: FROM + (index / 20_000) * (TO - FROM),
  }));
  expect(timelineOf(entries).marks.length).toBeLessThanOrEqual(5 * 36);
});

test('quiet hours are shown as far as they fall into the time, and what is outside of it is not', () => {
  const { quiet, marks } = timelineOf([
    { ...bot('a'), at: FROM - 1 },
    { ...bot('a'), at: TO + 1 },
  ]);
  expect([quiet, marks]).toEqual([[{ from: FROM, to: FROM + 3_600_000 }], []]);
});
