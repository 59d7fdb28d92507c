import type { MarkKind } from '../domain/timeline.ts';

/** As Discord's own cards on a dark ground; on a light one it is a card as well. */
export const COLOURS = {
  ground: '#2b2d31',
  /** Guides the eye; it tells nothing. */
  line: '#4e5058',
  edge: '#9499a1',
  text: '#f2f3f5',
  faint: '#b5bac1',
  quiet: '#212227',
} as const;

/** How a mark of a kind looks. Shape and colour tell the kinds apart, for those who see no difference between some colours too. */
export interface Look {
  word: string;
  /** One step of it, in words. */
  counted: string;
  colour: string;
  /** Of the chart library: a name, or an SVG path. */
  symbol: string;
  /** In pixels of the picture. */
  size: number;
  hollow?: boolean;
}

/** Triangles: one that points to where the work goes, one that points down, and one with a hole that is an exclamation mark. */
const ONWARD = 'path://M0 0L10 6L0 12Z';
const BACK = 'path://M0 0H12L6 10Z';
const WARNING = 'path://M9 0L18 16H0Z M7.9 5V10.5H10.1V5Z M7.9 12V14.2H10.1V12Z';
const CROSS = 'path://M2 0L5 3L8 0L10 2L7 5L10 8L8 10L5 7L2 10L0 8L3 5L0 2Z';

export const LOOKS: Readonly<Record<MarkKind, Look>> = {
  talk: { word: 'talk', counted: 'message', colour: '#a7adb5', symbol: 'circle', size: 7 },
  coordination: {
    word: 'coordination',
    counted: 'coordinating step',
    colour: '#b39dff',
    symbol: 'circle',
    size: 9,
    hollow: true,
  },
  tool: { word: 'tool run', counted: 'tool run', colour: '#4fb3ff', symbol: 'rect', size: 8 },
  handoff: { word: 'handoff', counted: 'handoff', colour: '#f2f3f5', symbol: ONWARD, size: 9 },
  decision: { word: 'decision', counted: 'decision', colour: '#3ddc84', symbol: 'diamond', size: 13 },
  correction: { word: 'correction', counted: 'correction', colour: '#ffd166', symbol: BACK, size: 11 },
  unsure: {
    word: 'unsure',
    counted: 'unsure step',
    colour: '#ffa348',
    symbol: 'diamond',
    size: 11,
    hollow: true,
  },
  problem: { word: 'problem', counted: 'problem', colour: '#ff7676', symbol: CROSS, size: 11 },
  escalation: { word: 'escalation', counted: 'escalation', colour: '#ff6b88', symbol: WARNING, size: 17 },
};
