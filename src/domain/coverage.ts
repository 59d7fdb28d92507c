/**
 * Why it is not known what was said. `catching_up`: it is being read, or will be as soon as Discord can be reached.
 */
export type GapReason =
  | 'no_history_permission'
  | 'channel_hidden'
  | 'too_many_messages'
  | 'history_unavailable'
  | 'catching_up';

/** A time of which it is not known what was said. */
export interface Gap {
  reason: GapReason;
  /** ms UTC. */
  from: number;
  /** ms UTC; null: it lasts. */
  to: number | null;
}

/** Where a gap is: in a channel or one thread of it, or in the channel with all its threads. */
export interface PlacedGap extends Gap {
  workspaceId: number;
  threadId: string | null;
  privateThread: boolean;
  whole: boolean;
}

/** A time without a connection to Discord. */
export interface Interruption {
  /** `stopped`: the bot did not run. */
  cause: 'stopped' | 'connection';
  from: number;
  /** Null: it lasts. */
  to: number | null;
  /** When what was said meanwhile had been read, as far as it can be; null: not yet. */
  caughtUpAt: number | null;
}

/** From and to, both in ms UTC and both included. */
export interface Period {
  from: number;
  to: number;
}

/** What is known to be missing in a period, and when the connection was lost without anything being missed. */
export interface Coverage {
  gaps: Gap[];
  caughtUp: Interruption[];
}

/** An interruption this short is nothing to speak of: Discord asks bots to connect anew several times a day. In ms. */
const BLINK = 30_000;

/** What is to be said of a period, in order of time. Gaps for one reason that touch are one. */
export function coverageOf(
  period: Period,
  gaps: readonly Gap[],
  interruptions: readonly Interruption[],
): Coverage {
  const isWithin = ({ from, to }: { from: number; to: number | null }) =>
    from <= period.to && (to === null || to >= period.from);
  const pending = interruptions.filter(({ caughtUpAt }) => caughtUpAt === null);
  const unread = pending.map(({ from }): Gap => ({ reason: 'catching_up', from, to: null }));
  const merged = mergeGaps([...gaps, ...unread].filter(isWithin));
  const caughtUp = interruptions.filter(
    (one) => one.caughtUpAt !== null && isWithin(one) && (one.to ?? one.caughtUpAt) - one.from >= BLINK,
  );
  return { gaps: merged, caughtUp: [...caughtUp].sort((a, b) => a.from - b.from) };
}

/** Nothing is missing. */
export const SEEN: Coverage = { gaps: [], caughtUp: [] };

/** The gaps that concern a channel itself, or one thread of it. */
export function gapsOfPlace(gaps: readonly PlacedGap[], threadId: string | null): PlacedGap[] {
  return gaps.filter((gap) => gap.whole || gap.threadId === threadId);
}

/** As files and other programs get it. The names are public; instants are ISO 8601, UTC; null: it lasts. */
export function coverageRecord({ gaps, caughtUp }: Coverage) {
  const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    gaps: gaps.map(({ reason, from, to }) => ({ reason, from: instant(from), to: instant(to) })),
    caught_up: caughtUp.map(({ cause, from, to }) => ({ cause, from: instant(from), to: instant(to) })),
  };
}

/** In order of their beginning; those for one reason that overlap or touch become one. */
export function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const merged: Gap[] = [];
  for (const { reason, from, to } of [...gaps].sort((a, b) => a.from - b.from)) {
    const before = merged.find((gap) => gap.reason === reason && from <= (gap.to ?? Infinity));
    if (before) before.to = before.to === null || to === null ? null : Math.max(before.to, to);
    else merged.push({ reason, from, to });
  }
  return merged;
}

/** The time to which a session's answer speaks: while it runs, until now; what ended it by silence belongs to it too. */
export function periodOf(
  log: { startedAt: number; lastAt: number; endedAt: number | null; endReason: string | null },
  idleMs: number,
  now: number,
): Period {
  const { startedAt, lastAt, endedAt, endReason } = log;
  if (endedAt === null) return { from: startedAt, to: now };
  return { from: startedAt, to: endReason === 'idle' ? Math.min(now, lastAt + idleMs) : endedAt };
}
