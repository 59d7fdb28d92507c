import { DateTime } from 'luxon';
import { leapingClock } from '../clock.ts';
import type { Clock } from '../clock.ts';

/** Before the agents' first word. */
const BEGINNING = '21:45';

/** What is due on the way to a far time is not all due at once, ms. */
const LONGEST_LEAP = 30 * 60_000;

/** Hears that the clock has leapt; the leap is over when it resolves. */
export type LeapListener = () => Promise<void>;

/**
 * The time of the demo: from an evening on it goes as the machine's does, and leaps to where the story goes on. The evening is one to
 * come, so that whoever looks at the machine's clock all the same finds nothing that is still to happen.
 */
export class Night {
  readonly clock: Clock;
  readonly listeners = new Set<LeapListener>();
  readonly #begin: DateTime;
  readonly #leap: (ms: number) => void;

  /** `now` is ms UTC; `timezone` an IANA name, by whose clock all times of day are meant. */
  constructor(now: number, timezone: string) {
    this.#begin = nextTime(DateTime.fromMillis(now, { zone: timezone }), BEGINNING);
    const clock = leapingClock(this.#begin.toMillis());
    this.clock = clock;
    this.#leap = (ms) => clock.leap(ms);
  }

  /** The time of day, `07:39`. */
  get time(): string {
    return DateTime.fromMillis(this.clock.now(), { zone: this.#begin.zoneName! }).toFormat('HH:mm');
  }

  isBefore(time: string): boolean {
    return this.clock.now() < nextTime(this.#begin, time).toMillis();
  }

  /** Leaps to a time of this night, unless it is later already. */
  async leapTo(time: string): Promise<void> {
    const end = nextTime(this.#begin, time).toMillis();
    for (let ms = end - this.clock.now(); ms > 0; ms = end - this.clock.now()) {
      this.#leap(Math.min(ms, LONGEST_LEAP));
      await Promise.all([...this.listeners].map((listener) => listener()));
    }
  }
}

/** The first instant from `from` on at which the clock shows `time`. */
function nextTime(from: DateTime, time: string): DateTime {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const today = from.set({ hour, minute, second: 0, millisecond: 0 });
  return today < from ? today.plus({ days: 1 }) : today;
}
