/** Counts what arrives, and tells when enough has. */
export class Tally {
  #expected = 0;
  #received = 0;
  #complete: () => void = () => {};

  add(): void {
    this.#received += 1;
    if (this.#received === this.#expected) this.#complete();
  }

  /** Resolves when `count` more than at the end of the last wait have arrived. */
  receive(count: number): Promise<void> {
    this.#expected += count;
    return new Promise((resolve) => {
      this.#complete = resolve;
      if (this.#received >= this.#expected) resolve();
    });
  }
}
