import type { EChartsOption, SeriesOption } from 'echarts';
import { MARKS } from '../domain/timeline.ts';
import type { MarkKind, TimeSpan, Timeline, TimelineMark } from '../domain/timeline.ts';
import { count } from './text.ts';

/** A picture before it is painted: plain data, and what it says for those who cannot see it. */
export interface Chart {
  /** In pixels. */
  width: number;
  height: number;
  option: EChartsOption;
  /** By place on the x axis: what stands there. A function could not be handed to the thread that paints. */
  labels: Record<number, string>;
  alt: string;
}

/** As Discord's own cards on a dark ground; on a light one it is a card as well. */
const COLOURS = { ground: '#2b2d31', line: '#4e5058', text: '#f2f3f5', faint: '#b5bac1', quiet: '#1e1f22' };

/** Shape and colour tell the kinds apart, for those who see no difference between some colours too. */
const LOOKS: Readonly<
  Record<MarkKind, { word: string; counted: string; colour: string; symbol: string; size: number }>
> = {
  talk: { word: 'talk', counted: 'message', colour: '#949ba4', symbol: 'circle', size: 12 },
  coordination: {
    word: 'coordination',
    counted: 'coordinating step',
    colour: '#9b84ee',
    symbol: 'circle',
    size: 15,
  },
  tool: { word: 'tool run', counted: 'tool run', colour: '#4fb3ff', symbol: 'roundRect', size: 14 },
  handoff: { word: 'handoff', counted: 'handoff', colour: '#f2f3f5', symbol: 'triangle', size: 14 },
  decision: { word: 'decision', counted: 'decision', colour: '#3ddc84', symbol: 'diamond', size: 20 },
  correction: { word: 'correction', counted: 'correction', colour: '#ffd166', symbol: 'diamond', size: 20 },
  unsure: { word: 'unsure', counted: 'unsure step', colour: '#ffa348', symbol: 'emptyDiamond', size: 20 },
  problem: {
    word: 'problem',
    counted: 'problem',
    colour: '#ff6b6b',
    symbol: 'path://M2 0L5 3L8 0L10 2L7 5L10 8L8 10L5 7L2 10L0 8L3 5L0 2Z',
    size: 18,
  },
  escalation: { word: 'escalation', counted: 'escalation', colour: '#ff4d6d', symbol: 'pin', size: 34 },
};

const WIDTH = 900;
const LANE = 52;
const FONT = 22;
const NAME_MAX = 14;
/** Discord's limit for an attachment's description. */
const ALT_MAX = 1024;
/** More numbers than these would cover each other. */
const CONFIDENCES_MAX = 12;

export interface TimelineOptions {
  /** IANA name. */
  timezone: string;
  title: string;
}

/** The swim lanes of a timeline. */
export function timelineChart(timeline: Timeline, { timezone, title }: TimelineOptions): Chart {
  const kinds = MARKS.filter((kind) => timeline.marks.some((mark) => mark.kind === kind));
  const names = timeline.lanes.map((name, index) => laneName(name, index));
  const height = 150 + Math.max(1, names.length) * LANE;
  const labels = ticksOf(timeline, timezone);
  const ticks = Object.keys(labels).map(Number);
  return {
    width: WIDTH,
    height,
    labels,
    alt: altOf(timeline, title, clockOf(timeline, timezone)),
    option: {
      animation: false,
      backgroundColor: COLOURS.ground,
      textStyle: { fontFamily: 'DejaVu Sans', fontSize: FONT, color: COLOURS.text },
      legend: {
        data: kinds.map((kind) => LOOKS[kind].word),
        top: 14,
        left: 16,
        right: 16,
        itemWidth: 16,
        itemHeight: 16,
        itemGap: 18,
        textStyle: { color: COLOURS.text, fontSize: 18, fontFamily: 'DejaVu Sans' },
      },
      grid: { left: 190, right: 42, top: 84, bottom: 56 },
      xAxis: {
        type: 'value',
        min: timeline.from,
        max: timeline.to,
        axisTick: { customValues: ticks },
        axisLabel: { color: COLOURS.faint, fontSize: FONT - 2, hideOverlap: true, customValues: ticks },
        axisLine: { lineStyle: { color: COLOURS.line } },
        splitLine: { show: true, lineStyle: { color: COLOURS.line, type: 'dashed', opacity: 0.5 } },
      },
      yAxis: {
        type: 'category',
        data: names,
        inverse: true,
        axisLabel: { color: COLOURS.text, fontSize: FONT, width: 165, overflow: 'truncate' },
        axisTick: { show: false },
        axisLine: { show: false },
        splitLine: { show: true, lineStyle: { color: COLOURS.line, opacity: 0.5 } },
      },
      series: [...kinds.map((kind) => seriesOf(kind, timeline)), arrowsOf(timeline)],
    },
  };
}

function seriesOf(kind: MarkKind, timeline: Timeline): SeriesOption {
  const { word, colour, symbol, size } = LOOKS[kind];
  const marks = timeline.marks.filter((mark) => mark.kind === kind);
  const told = new Set(marks.filter(tellsConfidence).slice(0, CONFIDENCES_MAX));
  return {
    type: 'scatter',
    name: word,
    symbol,
    z: 3 + MARKS.indexOf(kind),
    itemStyle: { color: colour, opacity: 1 },
    data: marks.map((mark) => ({
      value: [mark.at, mark.lane],
      symbolSize: sizeOf(size, mark.count),
      ...(told.has(mark) && { label: confidenceLabel(mark.confidence!) }),
    })),
    ...(kind === MARKS.find((one) => timeline.marks.some((mark) => mark.kind === one)) && {
      markArea: {
        silent: true,
        itemStyle: { color: COLOURS.quiet, opacity: 0.85 },
        data: timeline.quiet
          .map(({ from, to }) => [{ xAxis: from }, { xAxis: to }] as const)
          .map(([a, b]) => [a, b]),
      },
    }),
  };
}

function tellsConfidence({ kind, confidence }: TimelineMark): boolean {
  return confidence !== null && (kind === 'decision' || kind === 'unsure');
}

function confidenceLabel(confidence: number) {
  return {
    show: true,
    position: 'top' as const,
    distance: 1,
    formatter: `${Math.round(confidence * 100)} %`,
    color: COLOURS.text,
    fontSize: 16,
  };
}

/** Many steps on one place make a larger mark, but never one that hides its neighbours. */
function sizeOf(size: number, steps: number): number {
  return Math.round(size * Math.min(1.6, 1 + Math.log10(steps) * 0.4));
}

function arrowsOf({ arrows }: Timeline): SeriesOption {
  return {
    type: 'lines',
    coordinateSystem: 'cartesian2d',
    z: 2,
    symbol: ['none', 'arrow'],
    symbolSize: 13,
    lineStyle: { color: COLOURS.text, width: 2, opacity: 0.8, curveness: 0 },
    data: arrows.map(({ from, to, at }) => ({
      coords: [
        [at, from],
        [at, to],
      ],
    })),
  };
}

/** Letters that the font of the pictures has; others would be empty boxes. */
const DRAWABLE =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Arabic}\p{N}\p{P}\p{M} ]/gu;

function laneName(name: string, index: number): string {
  const drawable = name.normalize('NFC').replace(DRAWABLE, '').trim();
  const characters = [...(/[\p{L}\p{N}]/u.test(drawable) ? drawable : `bot ${index + 1}`)];
  const short =
    characters.length > NAME_MAX ? `${characters.slice(0, NAME_MAX - 1).join('')}…` : characters.join('');
  return short;
}

const QUARTER = 15 * 60_000;
/** Between two labels, in quarters of an hour; the first that makes few enough labels counts. */
const STEPS = [1, 2, 4, 8, 12, 24, 48, 96, 192, 384, 672, 2688];
const TICKS_MAX = 7;

/** Round times of the day in the zone of the reader: those of a clock, also on a day when it changes. */
function ticksOf({ from, to }: Timeline, timeZone: string): Record<number, string> {
  const step = STEPS.find((quarters) => (to - from) / (quarters * QUARTER) <= TICKS_MAX) ?? STEPS.at(-1)!;
  const clock = clockOf({ from, to }, timeZone);
  const dayClock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const labels: Record<number, string> = {};
  let last = Number.NEGATIVE_INFINITY;
  // No zone is off by anything but whole quarters, so a round time is one of these.
  for (let at = Math.ceil(from / QUARTER) * QUARTER; at <= to; at += QUARTER) {
    const quarter = quarterOfDay(dayClock.format(at));
    if (quarter % Math.min(step, 96) !== 0 || at - last < (step - 4) * QUARTER) continue;
    labels[at] = clock(at);
    last = at;
  }
  return labels;
}

/** Of `hh:mm`. */
function quarterOfDay(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return hour! * 4 + Math.floor(minute! / 15);
}

/** The hour for a night, the day for longer times. */
function clockOf({ from, to }: TimeSpan, timeZone: string): (at: number) => string {
  const isLong = to - from > 36 * 3_600_000;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...(isLong ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit' }),
  });
  return (at) => format.format(at);
}

/** The same in words: who did how much of what, and when the decisions fell. */
function altOf(timeline: Timeline, title: string, clock: (at: number) => string): string {
  const { lanes, marks, from, to } = timeline;
  const who = lanes.map((name, lane) => {
    const own = MARKS.toReversed().flatMap((kind) => {
      const steps = marks
        .filter((mark) => mark.lane === lane && mark.kind === kind)
        .reduce((sum, mark) => sum + mark.count, 0);
      return steps > 0 ? [count(steps, LOOKS[kind].counted)] : [];
    });
    return `${name}: ${own.join(', ')}`;
  });
  const moments = marks
    .filter(({ kind }) => kind === 'escalation' || kind === 'decision')
    .map(({ kind, lane, at }) => `${LOOKS[kind].word} by ${lanes[lane]} at ${clock(at)}`);
  const text = [
    `Timeline of ${title}, ${clock(from)} to ${clock(to)}, ${count(lanes.length, 'lane')}.`,
    `${who.join('; ')}.`,
    moments.length > 0 ? `${moments.join('; ')}.` : '',
  ]
    .join(' ')
    .trim();
  return text.length > ALT_MAX ? `${text.slice(0, ALT_MAX - 1)}…` : text;
}
