/** Where the sandbox gets its time from, so that a test can own it. Instants are integer ms UTC. */
export interface Clock {
  now(): number;
  /** Runs `task` once, `delayMs` from now; returns what cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

/** The machine's clock. Its timers never keep the process alive. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    after(delayMs, task) {
      const timer = setTimeout(task, delayMs).unref();
      return () => clearTimeout(timer);
    },
  };
}

/** A clock whose waiting tasks can all be given up at once, so that nothing outlives its owner. */
export function ownClock(clock: Clock): Clock & { cancelAll(): void } {
  const waiting = new Set<() => void>();
  return {
    now: clock.now,
    after(delayMs, task) {
      const cancel = clock.after(delayMs, () => {
        waiting.delete(cancel);
        task();
      });
      waiting.add(cancel);
      return () => {
        waiting.delete(cancel);
        cancel();
      };
    },
    cancelAll() {
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}

export interface LeapingClock extends Clock {
  leap(ms: number): void;
}

/** A clock that goes as the machine's, but from `startAt` on, and can leap ahead; what waits then, waits as long as it would anyway. */
export function leapingClock(startAt: number): LeapingClock {
  let ahead = startAt - Date.now();
  return {
    ...systemClock(),
    now: () => Date.now() + ahead,
    leap(ms) {
      ahead += ms;
    },
  };
}

export interface ManualClock extends Clock {
  /** Moves time forward and runs what falls due on the way, in order of its instant. */
  advance(ms: number): void;
}

/** A clock that stands still until it is told to move. */
export function manualClock(startAt = Date.now()): ManualClock {
  let now = startAt;
  const timers = new Set<{ at: number; task: () => void }>();
  const nextDueBy = (limit: number) =>
    [...timers].filter((timer) => timer.at <= limit).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    after(delayMs, task) {
      const timer = { at: now + delayMs, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (let due = nextDueBy(end); due !== undefined; due = nextDueBy(end)) {
        timers.delete(due);
        now = due.at;
        due.task();
      }
      now = end;
    },
  };
}
