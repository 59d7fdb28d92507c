import { asksOf } from './asks.ts';
import { isBot, sameName } from './author.ts';
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
  /** Of the first of its steps, ms UTC. */
  at: number;
  /** Where on the time axis, of {@link PLACES}. */
  place: number;
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
  place: number;
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
  /** How many authors share the last lane, because they said least; 0: there is none. */
  others: number;
  marks: TimelineMark[];
  arrows: TimelineArrow[];
  /** Quiet hours within the time. */
  quiet: TimeSpan[];
}

/** So many places along the time axis: as many as a thumb's width apart on a phone, about 10 px each. */
export const PLACES = 36;
const LANES_MAX = 10;
const ARROWS_MAX = 60;
const PEOPLE = 'people';
const OTHERS = 'others';

/** Folds entries into a {@link Timeline}; what it keeps does not grow with their number. */
export class TimelineFold {
  readonly #span: TimeSpan;
  /** By the key of the author. */
  readonly #lanes = new Map<string, LaneFold>();
  /** By the key of who asked and the name of who was asked. */
  readonly #arrows: { from: string; to: string; place: number }[] = [];

  constructor(span: TimeSpan) {
    this.#span = { from: span.from, to: Math.max(span.to, span.from + 1) };
  }

  add(entry: Entry): void {
    const { from, to } = this.#span;
    if (entry.at < from || entry.at > to) return;
    const key = isBot(entry.author) ? entry.author.key : PEOPLE;
    const place = Math.min(PLACES - 1, Math.floor(((entry.at - from) / (to - from)) * PLACES));
    this.#lane(key, key === PEOPLE ? PEOPLE : entry.author.name).add(entry, place);
    for (const { to: asked } of asksOf(entry)) this.#addArrow({ from: key, to: asked, place });
  }

  timeline(quiet: readonly TimeSpan[] = []): Timeline {
    const all = [...this.#lanes.values()];
    const own = loudest(all);
    const lanes = all.filter((lane) => own.has(lane));
    const others = all.length - lanes.length;
    const laneOf = (lane: LaneFold | undefined) => {
      if (lane === undefined) return -1;
      return own.has(lane) ? lanes.indexOf(lane) : lanes.length;
    };
    const marks = all.flatMap((lane) => lane.marks().map((mark) => ({ ...mark, lane: laneOf(lane) })));
    const arrows = this.#arrows
      .map(({ from, to, place }) => ({
        from: laneOf(this.#lanes.get(from)),
        to: laneOf(all.find(({ name }) => sameName(name, to))),
        place,
      }))
      .filter(({ from, to }) => from >= 0 && to >= 0 && from !== to);
    const names = [...lanes.map(({ name }) => name), ...(others > 0 ? [OTHERS] : [])];
    return {
      ...this.#span,
      lanes: names,
      others,
      marks: drawingOrder(joined(marks)),
      arrows,
      quiet: this.#within(quiet),
    };
  }

  /** Once for each place: what is asked again at the same place is the same arrow. */
  #addArrow(arrow: { from: string; to: string; place: number }): void {
    if (this.#arrows.length >= ARROWS_MAX) return;
    const isKnown = this.#arrows.some(
      ({ from, to, place }) => from === arrow.from && to === arrow.to && place === arrow.place,
    );
    if (!isKnown) this.#arrows.push(arrow);
  }

  #lane(key: string, name: string): LaneFold {
    const known = this.#lanes.get(key);
    if (known) return known;
    const lane = new LaneFold(name);
    this.#lanes.set(key, lane);
    return lane;
  }

  #within(spans: readonly TimeSpan[]): TimeSpan[] {
    const { from, to } = this.#span;
    return spans
      .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))
      .filter((span) => span.to > span.from);
  }
}

/** Those that get a lane of their own. */
function loudest(all: readonly LaneFold[]): Set<LaneFold> {
  const most = all.length > LANES_MAX ? LANES_MAX - 1 : LANES_MAX;
  return new Set(all.toSorted((a, b) => b.steps - a.steps).slice(0, most));
}

/** Those who share a lane share its marks. */
function joined(marks: readonly TimelineMark[]): TimelineMark[] {
  const all = new Map<string, TimelineMark>();
  for (const mark of marks) {
    const key = `${mark.lane} ${mark.place} ${mark.kind}`;
    const known = all.get(key);
    all.set(key, known ? { ...known, ...sumOf(known, mark) } : mark);
  }
  return [...all.values()];
}

function sumOf(a: Counted, b: Counted): Counted {
  const lowest = Math.min(a.confidence ?? Infinity, b.confidence ?? Infinity);
  return {
    at: Math.min(a.at, b.at),
    count: a.count + b.count,
    confidence: lowest === Infinity ? null : lowest,
  };
}

type Counted = Pick<TimelineMark, 'at' | 'count' | 'confidence'>;

/** What one author did, by place and kind. */
class LaneFold {
  readonly name: string;
  steps = 0;
  readonly #marks = new Map<string, Counted & { place: number; kind: MarkKind }>();

  constructor(name: string) {
    this.name = name;
  }

  add(entry: Entry, place: number): void {
    this.steps += 1;
    const { at, confidence } = entry;
    const kind = kindOf(entry);
    const key = `${place} ${kind}`;
    const known = this.#marks.get(key);
    if (known) Object.assign(known, sumOf(known, { at, count: 1, confidence }));
    else this.#marks.set(key, { place, kind, at, count: 1, confidence });
  }

  marks() {
    return [...this.#marks.values()];
  }
}

function kindOf({ level, escalation, tool }: Pick<Entry, 'level' | 'escalation' | 'tool'>): MarkKind {
  if (escalation) return 'escalation';
  if (level === 'error' || level === 'warning') return 'problem';
  if (tool) return tool.status === 'error' || tool.status === 'timeout' ? 'problem' : 'tool';
  if (level === 'uncertainty') return 'unsure';
  return level === 'info' || level === 'thinking' ? 'talk' : level;
}

function drawingOrder(marks: TimelineMark[]): TimelineMark[] {
  return marks.sort((a, b) => MARKS.indexOf(a.kind) - MARKS.indexOf(b.kind) || a.at - b.at);
}
