import type { TimeSpan } from '../domain/timeline.ts';

const QUARTER = 15 * 60_000;
/** Between two labels, in quarters of an hour; the first that makes few enough labels counts. */
const STEPS = [1, 2, 4, 8, 12, 24, 48, 96, 192, 384, 672, 2688];
const TICKS_MAX = 7;

export interface Tick {
  /** ms UTC. */
  at: number;
  label: string;
}

/** Round times of the day by the clock of a zone (IANA name): those that it shows, also on a day when it changes. */
export function ticksOf({ from, to }: TimeSpan, timeZone: string): Tick[] {
  const step = STEPS.find((quarters) => (to - from) / (quarters * QUARTER) <= TICKS_MAX) ?? STEPS.at(-1)!;
  const clock = clockOf({ from, to }, timeZone);
  const dayClock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const ticks: Tick[] = [];
  // No zone is off by anything but whole quarters, so a round time is one of these.
  for (let at = Math.ceil(from / QUARTER) * QUARTER; at <= to; at += QUARTER) {
    const last = ticks.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    const quarter = quarterOfDay(dayClock.format(at));
    if (quarter % Math.min(step, 96) !== 0 || at - last < (step - 4) * QUARTER) continue;
    ticks.push({ at, label: clock(at) });
  }
  return ticks;
}

/** Of `hh:mm`. */
function quarterOfDay(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return hour! * 4 + Math.floor(minute! / 15);
}

/** The hour for a night, the day for longer times. */
export function clockOf({ from, to }: TimeSpan, timeZone: string): (at: number) => string {
  const isLong = to - from > 36 * 3_600_000;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...(isLong ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit' }),
  });
  return (at) => format.format(at);
}
