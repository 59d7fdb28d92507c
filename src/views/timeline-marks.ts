import { MARKS, PLACES } from '../domain/timeline.ts';
import type { Timeline, TimelineMark } from '../domain/timeline.ts';
import { percent } from './text.ts';

export type Side = 'left' | 'right' | 'above';

/** A mark where it is drawn. */
export interface PlacedMark extends TimelineMark {
  /** What stands beside it; null: nothing does, or there is no room. */
  label: { text: string; side: Side } | null;
}

/** A stretch of places, `to` not included. */
export interface Places {
  from: number;
  to: number;
}

/**
 * Which marks of a timeline are drawn, and where. A place holds one, the gravest; one that lost its place moves to the next if that is free,
 * but for mere talk. So no mark hides another, and a confidence stands where nothing else does. `above`: where there is room over a lane.
 */
export function placedMarks(timeline: Timeline, above: (lane: number) => Places): PlacedMark[] {
  return timeline.lanes.flatMap((_, lane) => {
    const own = timeline.marks.filter((mark) => mark.lane === lane);
    return labelled(settled(own), above(lane));
  });
}

function settled(marks: readonly TimelineMark[]): TimelineMark[] {
  const taken = new Map<number, TimelineMark>();
  for (const mark of marks.toSorted((a, b) => gravity(b) - gravity(a) || a.at - b.at)) {
    const { kind, place } = mark;
    const wanted = kind === 'talk' ? [place] : [place, place + 1, place - 1];
    const free = wanted.find((one) => one >= 0 && one < PLACES && !taken.has(one));
    if (free !== undefined) taken.set(free, { ...mark, place: free });
  }
  return [...taken.values()].sort((a, b) => a.place - b.place);
}

function gravity({ kind }: TimelineMark): number {
  return MARKS.indexOf(kind);
}

/** So many places a confidence needs beside its mark, and over it to both sides. */
const BESIDE = 4;
const OVER = 2;

function labelled(marks: readonly TimelineMark[], above: Places): PlacedMark[] {
  const lane = new Room({ from: 0, to: PLACES });
  const over = new Room(above);
  for (const { place } of marks) lane.claim({ from: place, to: place + 1 });
  const sideOf = (place: number): Side | null => {
    if (lane.claim({ from: place + 1, to: place + 1 + BESIDE })) return 'right';
    if (lane.claim({ from: place - BESIDE, to: place })) return 'left';
    return over.claim({ from: place - OVER, to: place + 1 + OVER }) ? 'above' : null;
  };
  return marks.map((mark) => {
    const side = tellsConfidence(mark) ? sideOf(mark.place) : null;
    return { ...mark, label: side && { text: percent(mark.confidence!), side } };
  });
}

function tellsConfidence({ kind, confidence }: TimelineMark): boolean {
  return confidence !== null && (kind === 'decision' || kind === 'unsure');
}

/** Places, each of which is given away once. */
class Room {
  readonly #all: Places;
  readonly #taken = new Set<number>();

  constructor(all: Places) {
    this.#all = all;
  }

  /** All of a stretch, or nothing. */
  claim({ from, to }: Places): boolean {
    const places = Array.from({ length: to - from }, (_, index) => from + index);
    if (from < this.#all.from || to > this.#all.to || places.some((place) => this.#taken.has(place)))
      return false;
    for (const place of places) this.#taken.add(place);
    return true;
  }
}
