import type { Clock } from './clock.ts';

/** First instant of 2015, ms UTC: https://docs.discord.com/developers/reference#snowflakes */
export const DISCORD_EPOCH = 1_420_070_400_000;

/** The lower 22 bits of a snowflake count within one millisecond. */
const COUNTER_BITS = 22n;

export interface Snowflakes {
  /** A new id, larger than every one before it. 17–19 digits for any instant from 2015-02 on. */
  next(): string;
}

/** Snowflakes from a clock; strictly increasing even when the clock stands still or goes back. */
export function createSnowflakes(clock: Clock): Snowflakes {
  let at = 0;
  let counter = 0;
  return {
    next() {
      const now = clock.now();
      if (now > at) {
        at = now;
        counter = 0;
      } else {
        counter += 1;
      }
      return ((BigInt(at - DISCORD_EPOCH) << COUNTER_BITS) + BigInt(counter)).toString();
    },
  };
}

/** The instant a snowflake was made, ms UTC. */
export function createdAt(id: string): number {
  return Number(BigInt(id) >> COUNTER_BITS) + DISCORD_EPOCH;
}

/** Orders ids by age without turning them into big integers: a longer one is younger. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function isSnowflake(value: unknown): value is string {
  return typeof value === 'string' && /^\d{15,20}$/.test(value);
}
