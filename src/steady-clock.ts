/** How far the clock may be from where it should be, in ms. */
const TOLERANCE = 60 * 60_000;
/** After so long an absence, in ms, it is not known whether that is how long it was. */
const AWAY = 24 * 60 * 60_000;

interface Known {
  /** Until when the program ran before, ms UTC; null: it never did. */
  seenAt?: number | null;
  /** ms since whenever, by a clock that nobody can set. */
  elapsed?: () => number;
}

/** Tells whether the clock was set anew: what is deleted for its age is gone for good, so it had better be right. */
export class SteadyClock {
  readonly #now: () => number;
  readonly #elapsed: () => number;
  #lead: number;

  #isDoubtful: boolean;

  /** `now`: ms UTC. */
  constructor(now: () => number, { seenAt = null, elapsed = () => performance.now() }: Known = {}) {
    this.#now = now;
    this.#elapsed = elapsed;
    this.#lead = now() - elapsed();
    this.#isDoubtful = seenAt !== null && Math.abs(now() - seenAt) > AWAY;
  }

  /**
   * False when the clock has jumped since this was asked last, or since the start; also when it was a day ago, or tomorrow, that the
   * program ran last. Asked again it is believed: by then, a machine that started with a wrong clock has mostly set it.
   */
  isSteady(): boolean {
    const lead = this.#now() - this.#elapsed();
    const isSteady = Math.abs(lead - this.#lead) < TOLERANCE && !this.#isDoubtful;
    this.#lead = lead;
    this.#isDoubtful = false;
    return isSteady;
  }
}
