import { asksOf } from './asks.ts';
import { isBot } from './author.ts';
import type { Entry } from './entry.ts';

/** What a mark stands for; where several fall on one place, the later of this list is drawn over the earlier. */
export const MARKS = [
  'talk',
  'coordination',
  'tool',
  'handoff',
  'decision',
  'correction',
  'unsure',
  'problem',
  'escalation',
] as const;
export type MarkKind = (typeof MARKS)[number];

export interface TimelineMark {
  /** Index of a lane. */
  lane: number;
  /** ms UTC, the middle of its place on the time axis. */
  at: number;
  kind: MarkKind;
  /** How many steps it stands for. */
  count: number;
  /** The lowest reported with them; null when none was. */
  confidence: number | null;
}

/** Work that one lane handed to another. */
export interface TimelineArrow {
  from: number;
  to: number;
  at: number;
}

export interface TimeSpan {
  from: number;
  to: number;
}

/** Who did what when, small enough to be drawn: one lane per author, time across. */
export interface Timeline {
  from: number;
  to: number;
  /** Names, those that came first above. People share one lane, and so do those who said least when there are many. */
  lanes: string[];
  /** How many authors share the lane of those who said least; 0: there is none. */
  others: number;
  marks: TimelineMark[];
  arrows: TimelineArrow[];
  /** Quiet hours within the time. */
  quiet: TimeSpan[];
}

/** So many places along the time axis: as many as a phone can tell apart. */
const PLACES = 120;
const LANES_MAX = 10;
const ARROWS_MAX = 60;
const PEOPLE = 'people';
const OTHERS = 'others';

/** Folds entries into a {@link Timeline}; what it keeps does not grow with their number. */
export class TimelineFold {
  readonly #span: TimeSpan;
  readonly #lanes = new Map<string, LaneFold>();
  readonly #arrows: { from: string; to: string; at: number }[] = [];

  constructor(span: TimeSpan) {
    this.#span = { from: span.from, to: Math.max(span.to, span.from + 1) };
  }

  add(entry: Entry): void {
    const { from, to } = this.#span;
    if (entry.at < from || entry.at > to) return;
    const name = isBot(entry.author) ? entry.author.name : PEOPLE;
    const place = Math.min(PLACES - 1, Math.floor(((entry.at - from) / (to - from)) * PLACES));
    this.#lane(name).add(entry, place);
    if (this.#arrows.length >= ARROWS_MAX) return;
    for (const { to: asked } of asksOf(entry))
      this.#arrows.push({ from: name, to: asked, at: this.#middle(place) });
  }

  timeline(quiet: readonly TimeSpan[] = []): Timeline {
    const all = [...this.#lanes];
    const loudest = new Set(
      all
        .toSorted(([, a], [, b]) => b.steps - a.steps)
        .slice(0, all.length > LANES_MAX ? LANES_MAX - 1 : LANES_MAX)
        .map(([name]) => name),
    );
    const lanes = [...this.#lanes.keys()].filter((name) => loudest.has(name));
    const others = all.length - lanes.length;
    if (others > 0) lanes.push(OTHERS);
    const laneOf = (name: string) => (loudest.has(name) ? lanes.indexOf(name) : lanes.indexOf(OTHERS));
    const marks = all.flatMap(([name, lane]) =>
      lane.marks().map(({ place, ...mark }) => ({ ...mark, lane: laneOf(name), at: this.#middle(place) })),
    );
    const arrows = this.#arrows
      .map(({ from, to, at }) => ({ from: laneOf(from), to: laneOf(to), at }))
      .filter(({ from, to }) => from >= 0 && to >= 0 && from !== to);
    return { ...this.#span, lanes, others, marks: drawingOrder(marks), arrows, quiet: this.#within(quiet) };
  }

  #lane(name: string): LaneFold {
    const known = this.#lanes.get(name);
    if (known) return known;
    const lane = new LaneFold();
    this.#lanes.set(name, lane);
    return lane;
  }

  #middle(place: number): number {
    const { from, to } = this.#span;
    return Math.round(from + ((place + 0.5) / PLACES) * (to - from));
  }

  #within(spans: readonly TimeSpan[]): TimeSpan[] {
    const { from, to } = this.#span;
    return spans
      .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))
      .filter((span) => span.to > span.from);
  }
}

/** What one author did, by place and kind. */
class LaneFold {
  steps = 0;
  readonly #marks = new Map<
    string,
    { place: number; kind: MarkKind; count: number; confidence: number | null }
  >();

  add(entry: Entry, place: number): void {
    this.steps += 1;
    const kind = kindOf(entry);
    const key = `${place} ${kind}`;
    const known = this.#marks.get(key);
    if (!known) {
      this.#marks.set(key, { place, kind, count: 1, confidence: entry.confidence });
      return;
    }
    known.count += 1;
    if (entry.confidence !== null)
      known.confidence = Math.min(entry.confidence, known.confidence ?? entry.confidence);
  }

  marks() {
    return [...this.#marks.values()];
  }
}

function kindOf({ level, escalation, tool }: Entry): MarkKind {
  if (escalation) return 'escalation';
  if (level === 'error' || level === 'warning') return 'problem';
  if (tool) return tool.status === 'error' || tool.status === 'timeout' ? 'problem' : 'tool';
  if (level === 'uncertainty') return 'unsure';
  return level === 'info' || level === 'thinking' ? 'talk' : level;
}

function drawingOrder(marks: TimelineMark[]): TimelineMark[] {
  return marks.sort((a, b) => MARKS.indexOf(a.kind) - MARKS.indexOf(b.kind) || a.at - b.at);
}
