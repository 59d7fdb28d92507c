/** How far the clock may be from where it should be, in ms. */
const TOLERANCE = 60 * 60_000;

/** Tells whether the clock was set anew: what is deleted for its age is gone for good, so it had better be right. */
export class SteadyClock {
  readonly #now: () => number;
  readonly #elapsed: () => number;
  #lead: number;

  /** `now`: ms UTC. `elapsed`: ms since whenever, by a clock that nobody can set. */
  constructor(now: () => number, elapsed: () => number = () => performance.now()) {
    this.#now = now;
    this.#elapsed = elapsed;
    this.#lead = now() - elapsed();
  }

  /** False when the clock has jumped since this was asked last, or since the start. Asked again it is believed. */
  isSteady(): boolean {
    const lead = this.#now() - this.#elapsed();
    const isSteady = Math.abs(lead - this.#lead) < TOLERANCE;
    this.#lead = lead;
    return isSteady;
  }
}
