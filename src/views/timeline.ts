import type { EChartsOption, SeriesOption } from 'echarts';
import { MARKS, PLACES } from '../domain/timeline.ts';
import type { Timeline } from '../domain/timeline.ts';
import { laneName, widthOf } from './lane-name.ts';
import { altOf } from './timeline-alt.ts';
import { clockOf, ticksOf } from './timeline-axis.ts';
import { legendOf } from './timeline-legend.ts';
import { COLOURS } from './timeline-looks.ts';
import { placedMarks } from './timeline-marks.ts';
import type { PlacedMark, Places } from './timeline-marks.ts';
import { lines, scatter, SMALL, textAt } from './timeline-parts.ts';
import type { Line } from './timeline-parts.ts';
import { count } from './text.ts';

/** A picture before it is painted: plain data, and what it says for those who cannot see it. */
export interface Chart {
  /** In pixels as a phone counts them: it is painted in as many as the phone has. */
  width: number;
  height: number;
  option: EChartsOption;
  alt: string;
}

export interface TimelineOptions {
  /** IANA name. */
  timezone: string;
  title: string;
}

/** As wide as Discord shows a picture on a phone, so that all sizes are those that people see. */
const WIDTH = 400;
const MARGIN = 22;
const NAME = 13;
const LANE = 40;
/** Of a lane's top: its name, and its marks below that. */
const NAME_Y = 9;
const TRACK_Y = 29;

/** The swim lanes of a timeline, drawn for a phone: each name stands above its lane, so that the lane has all of the width. */
export function timelineChart(timeline: Timeline, { timezone, title }: TimelineOptions): Chart {
  const names = namesOf(timeline);
  const counts = countsOf(timeline);
  const drawn = placedMarks(timeline, (lane) => roomAbove(names[lane]!, counts[lane]!));
  const legend = legendOf(timeline, drawn, { left: MARGIN, right: WIDTH - MARGIN });
  const top = legend.height;
  const bottom = top + Math.max(1, names.length) * LANE + 4;
  const height = bottom + 30;
  const frame: Frame = { timeline, timezone, top, bottom, x: xOf(timeline) };
  return {
    width: WIDTH,
    height,
    alt: altOf(timeline, { title, names, clock: clockOf(timeline, timezone) }),
    option: {
      animation: false,
      backgroundColor: COLOURS.ground,
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: { type: 'value', show: false, min: 0, max: WIDTH },
      yAxis: { type: 'value', show: false, min: 0, max: height, inverse: true },
      series: [...guides(frame), arrows(frame), ...marks(frame, drawn), ...legend.series],
      graphic: {
        elements: [
          ...laneTexts(frame, { names, counts }),
          ...drawn.flatMap((mark) => confidenceText(frame, mark)),
          ...tickTexts(frame),
          ...legend.texts,
        ],
      },
    },
  };
}

interface Frame {
  timeline: Timeline;
  timezone: string;
  /** Where the lanes begin and end, px. */
  top: number;
  bottom: number;
  x(at: number): number;
}

function xOf({ from, to }: Timeline): (at: number) => number {
  return (at) => MARGIN + ((at - from) / (to - from)) * (WIDTH - 2 * MARGIN);
}

const trackY = (top: number, lane: number) => top + lane * LANE + TRACK_Y;
/** Steps stand at the right of the name. */
const COUNT_WIDTH = 84;

function namesOf({ lanes, others }: Timeline): string[] {
  const width = WIDTH - 2 * MARGIN - COUNT_WIDTH;
  return lanes.map((name, lane) =>
    others > 0 && lane === lanes.length - 1
      ? `${others} others`
      : laneName(name, lane, { size: NAME, width }),
  );
}

function countsOf({ lanes, marks }: Timeline): string[] {
  return lanes.map((_, lane) => {
    const own = marks.filter((mark) => mark.lane === lane);
    return count(
      own.reduce((sum, mark) => sum + mark.count, 0),
      'step',
    );
  });
}

/** Between the name of a lane and its steps. */
function roomAbove(name: string, steps: string): Places {
  const placesOf = (text: string, size: number) => Math.ceil(widthOf(text, size) / (placeX(1) - placeX(0)));
  return { from: placesOf(name, NAME), to: PLACES - placesOf(steps, SMALL) };
}

function laneTexts(
  { top }: Frame,
  { names, counts }: { names: readonly string[]; counts: readonly string[] },
) {
  return names.flatMap((name, lane) => {
    const y = top + lane * LANE + NAME_Y;
    return [
      textAt({ x: MARGIN, y, text: name, size: NAME }),
      textAt({ x: WIDTH - MARGIN, y, text: counts[lane]!, fill: COLOURS.faint, align: 'right' }),
    ];
  });
}

function tickTexts({ timeline, timezone, bottom, x }: Frame) {
  return ticksOf(timeline, timezone).map(({ at, label }) =>
    textAt({ x: x(at), y: bottom + 15, text: label, fill: COLOURS.faint, align: 'center' }),
  );
}

/** What lies behind the marks: quiet hours, the hours of the axis, and a line for each lane. */
function guides({ timeline, timezone, top, bottom, x }: Frame): SeriesOption[] {
  const upright = (at: number): Line => [
    [x(at), top],
    [x(at), bottom],
  ];
  const lanes = timeline.lanes.map((_, lane): Line => [
    [MARGIN, trackY(top, lane)],
    [WIDTH - MARGIN, trackY(top, lane)],
  ]);
  const hours = ticksOf(timeline, timezone).map(({ at }) => upright(at));
  const edges = timeline.quiet.flatMap(({ from, to }) => [upright(from), upright(to)]);
  const areas = timeline.quiet.map(({ from, to }): [object, object] => [
    { coord: [x(from), top] },
    { coord: [x(to), bottom] },
  ]);
  return [
    {
      ...lines(
        [
          ...lanes,
          [
            [MARGIN, bottom],
            [WIDTH - MARGIN, bottom],
          ],
        ],
        { color: COLOURS.line, width: 1 },
      ),
      markArea: { silent: true, itemStyle: { color: COLOURS.quiet }, data: areas },
    } as SeriesOption,
    lines(hours, { color: COLOURS.line, width: 1, type: 'dashed' }),
    lines(edges, { color: COLOURS.edge, width: 1 }),
  ];
}

/** The middle of a place on the time axis, px. */
const placeX = (place: number) => MARGIN + ((place + 0.5) / PLACES) * (WIDTH - 2 * MARGIN);

/** From lane to lane; they end short of the mark that they point to. */
function arrows({ timeline, top }: Frame): SeriesOption {
  const all = timeline.arrows.map(({ from, to, place }): Line => {
    const short = to > from ? -7 : 7;
    return [
      [placeX(place), trackY(top, from)],
      [placeX(place), trackY(top, to) + short],
    ];
  });
  const series = lines(all, { color: COLOURS.edge, width: 1.25 });
  return { ...series, z: 3, symbol: ['none', 'triangle'], symbolSize: 6 } as SeriesOption;
}

function marks({ top }: Frame, drawn: readonly PlacedMark[]): SeriesOption[] {
  return MARKS.map((kind) => {
    const own = drawn.filter((mark) => mark.kind === kind);
    const points = own.map(({ place, lane }) => ({
      value: [placeX(place), trackY(top, lane)],
    }));
    return scatter(kind, points);
  });
}

/** Beside a mark, or over it in the row of the lane's name. */
function confidenceText({ top }: Frame, { place, lane, label }: PlacedMark) {
  if (label === null) return [];
  const [x, y] = [placeX(place), trackY(top, lane)];
  const { text, side } = label;
  if (side === 'above') return [textAt({ x, y: y - TRACK_Y + NAME_Y, text, align: 'center' })];
  return [textAt({ y, text, ...(side === 'right' ? { x: x + 9 } : { x: x - 9, align: 'right' }) })];
}
