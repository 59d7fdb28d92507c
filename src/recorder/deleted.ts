/** So many of the latest deletions are remembered: they fit into a few megabytes. */
const KEPT = 50_000;

/**
 * Which messages were deleted lately. Discord may tell of a deletion before it tells of the message, and a page of history may have been
 * read just before it: what is heard of then is not to be recorded. It need not outlast the process, because the next one reads
 * history anew.
 */
export class Deleted {
  readonly #ids = new Set<string>();
  readonly #kept: number;

  constructor(kept = KEPT) {
    this.#kept = kept;
  }

  add(messageIds: readonly string[]): void {
    for (const id of messageIds) {
      this.#ids.delete(id);
      this.#ids.add(id);
      if (this.#ids.size > this.#kept) this.#ids.delete(this.#ids.values().next().value!);
    }
  }

  has(messageId: string): boolean {
    return this.#ids.has(messageId);
  }
}
