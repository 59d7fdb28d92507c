import { afterAll, expect, test } from 'vitest';
import { TimelineFold } from '../src/domain/timeline.ts';
import { PIXELS } from '../src/picture-svg.ts';
import { createPainter } from '../src/picture.ts';
import { timelineChart } from '../src/views/timeline.ts';
import { entry } from './views/support.ts';

const painter = createPainter(50);
afterAll(() => painter.close());

const fold = new TimelineFold({ from: 0, to: 3_600_000 });
fold.add(entry(1, { at: 1000, level: 'decision' }));
const chart = timelineChart(fold.timeline(), { timezone: 'UTC', title: '#night' });

test('a chart becomes a PNG in as many pixels as a phone has, the same each time', async () => {
  const picture = await painter.paint(chart);
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([
    chart.width * PIXELS,
    chart.height * PIXELS,
  ]);
  expect(picture.equals(await painter.paint(chart))).toBe(true);
});

test('after a while without pictures the next one is painted all the same', async () => {
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await painter.paint(chart)).length).toBeGreaterThan(1000);
});

test('what cannot be painted is an error, and the painter goes on', async () => {
  const broken = { ...chart, option: { series: [{ type: 'scatter', data: 5 }] } as never, width: -1 };
  await expect(painter.paint(broken)).rejects.toThrow(/invalid|width|size|not/i);
  expect((await painter.paint(chart)).length).toBeGreaterThan(1000);
});
