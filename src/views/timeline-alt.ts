import { MARKS } from '../domain/timeline.ts';
import type { Timeline, TimelineMark } from '../domain/timeline.ts';
import { count, percent } from './text.ts';
import { LOOKS } from './timeline-looks.ts';

/** Discord's limit for an attachment's description. */
const ALT_MAX = 1024;

/**
 * A timeline in words: who did how much of what, when nobody was to be woken, and when the decisions fell. `names`: what the lanes are
 * called in the picture. `clock` tells an instant.
 */
export function altOf(
  timeline: Timeline,
  { title, names, clock }: { title: string; names: readonly string[]; clock: (at: number) => string },
): string {
  const { marks, lanes, from, to, quiet } = timeline;
  const who = lanes.map((_, lane) => {
    const own = marks.filter((mark) => mark.lane === lane);
    return `${calledIn(timeline, lane, names[lane]!)}: ${doneBy(own)}`;
  });
  const moments = marks
    .filter(({ kind }) => kind === 'escalation' || kind === 'decision')
    .toSorted((a, b) => a.at - b.at)
    .map((mark) => momentOf(mark, timeline, clock));
  const shared = timeline.others > 0 ? `, the last of ${timeline.others} who said least` : '';
  const text = [
    `Timeline of ${title}, ${clock(from)} to ${clock(to)}, ${count(lanes.length, 'lane')}${shared}.`,
    `${who.join('; ')}.`,
    moments.length > 0 ? `${moments.join('; ')}.` : '',
    quiet.length > 0
      ? `Quiet hours: ${quiet.map((span) => `${clock(span.from)} to ${clock(span.to)}`).join(', ')}.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
  return text.length > ALT_MAX ? `${text.slice(0, ALT_MAX - 1)}…` : text;
}

/** With what stands in the picture where that says less: for a name that it cannot show, and for those who share a lane. */
function calledIn({ lanes, others }: Timeline, lane: number, shown: string): string {
  const name = lanes[lane]!;
  if (others > 0 && lane === lanes.length - 1) return shown;
  return /^bot \d+$/.test(shown) && shown !== name ? `${name} (${shown})` : name;
}

function doneBy(marks: readonly TimelineMark[]): string {
  const done = MARKS.toReversed().flatMap((kind) => {
    const steps = marks.filter((mark) => mark.kind === kind).reduce((sum, mark) => sum + mark.count, 0);
    return steps > 0 ? [count(steps, LOOKS[kind].counted)] : [];
  });
  return done.join(', ');
}

function momentOf(
  { kind, lane, at, confidence }: TimelineMark,
  { lanes }: Timeline,
  clock: (at: number) => string,
): string {
  const how = confidence === null ? '' : ` (${percent(confidence)})`;
  return `${LOOKS[kind].word} by ${lanes[lane]} at ${clock(at)}${how}`;
}
