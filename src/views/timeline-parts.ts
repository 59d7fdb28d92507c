import type { SeriesOption } from 'echarts';
import { MARKS } from '../domain/timeline.ts';
import type { MarkKind } from '../domain/timeline.ts';
import { COLOURS, LOOKS } from './timeline-looks.ts';

/** Of most texts, in px of the picture. On the narrowest of phones, 360 px wide, it is still 11 px. */
export const SMALL = 12.5;

export interface Text {
  x: number;
  y: number;
  text: string;
  size?: number;
  fill?: string;
  align?: 'left' | 'center' | 'right';
}

/** With an edge of the ground's colour, where a line runs behind it. */
export function textAt({ x, y, text, size = SMALL, fill = COLOURS.text, align = 'left' }: Text) {
  return {
    type: 'text' as const,
    silent: true,
    z: 20,
    style: {
      x,
      y,
      text,
      fill,
      fontSize: size,
      fontFamily: 'DejaVu Sans',
      textAlign: align,
      textVerticalAlign: 'middle' as const,
      stroke: COLOURS.ground,
      lineWidth: 3,
    },
  };
}

export type Line = [from: [x: number, y: number], to: [x: number, y: number]];

export function lines(all: readonly Line[], lineStyle: object): SeriesOption {
  return {
    type: 'lines',
    coordinateSystem: 'cartesian2d',
    silent: true,
    z: 2,
    lineStyle: { opacity: 1, curveness: 0, ...lineStyle },
    data: all.map((coords) => ({ coords })),
  };
}

/** Marks of one kind, at points in px. */
export function scatter(kind: MarkKind, data: object[]): SeriesOption {
  const { colour, symbol, size, hollow = false } = LOOKS[kind];
  const filled = { color: colour, opacity: 1, borderColor: COLOURS.ground, borderWidth: 0 };
  const ring = { color: COLOURS.ground, opacity: 1, borderColor: colour, borderWidth: 2 };
  return {
    type: 'scatter',
    silent: true,
    z: 4 + MARKS.indexOf(kind),
    symbol,
    symbolSize: hollow ? size - 2 : size,
    itemStyle: hollow ? ring : filled,
    data,
  };
}
