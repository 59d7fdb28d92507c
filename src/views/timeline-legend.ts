import type { SeriesOption } from 'echarts';
import { MARKS } from '../domain/timeline.ts';
import type { Timeline } from '../domain/timeline.ts';
import { widthOf } from './lane-name.ts';
import { COLOURS, LOOKS } from './timeline-looks.ts';
import type { PlacedMark } from './timeline-marks.ts';
import { scatter, SMALL, textAt } from './timeline-parts.ts';

export interface Legend {
  /** How tall it is, px. */
  height: number;
  series: SeriesOption[];
  texts: ReturnType<typeof textAt>[];
}

const ROW = 21;
const ICON = 20;
const GAP = 14;

/** What the marks mean, row by row, of those kinds that are drawn. */
export function legendOf(
  { quiet }: Pick<Timeline, 'quiet'>,
  drawn: readonly PlacedMark[],
  { left, right }: { left: number; right: number },
): Legend {
  const kinds = MARKS.filter((kind) => drawn.some((mark) => mark.kind === kind));
  const words = [...kinds.map((kind) => LOOKS[kind].word), ...(quiet.length > 0 ? ['quiet hours'] : [])];
  const spots: { x: number; y: number }[] = [];
  let [x, row] = [left, 0];
  for (const word of words) {
    const width = ICON + widthOf(word, SMALL);
    if (x + width > right && x > left) [x, row] = [left, row + 1];
    spots.push({ x, y: 18 + row * ROW });
    x += width + GAP;
  }
  const icon = (index: number) => ({ value: [spots[index]!.x + 8, spots[index]!.y] });
  const night: SeriesOption = {
    type: 'scatter',
    silent: true,
    symbol: 'rect',
    symbolSize: [12, 11],
    itemStyle: { color: COLOURS.quiet, opacity: 1, borderColor: COLOURS.edge, borderWidth: 1 },
    data: quiet.length > 0 ? [icon(kinds.length)] : [],
  };
  return {
    height: 14 + (row + 1) * ROW,
    series: [...kinds.map((kind, index) => scatter(kind, [icon(index)])), night],
    texts: spots.map(({ x, y }, index) => textAt({ x: x + ICON, y, text: words[index]! })),
  };
}
