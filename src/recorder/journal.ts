import type { JournalStore } from '../store/journal.ts';
import { recordApart } from './apart.ts';
import type { Recorded, Unreadable } from './apart.ts';
import type { Observed } from './observation.ts';
import type { Recorder } from './recorder.ts';

/** A batch that is durable and not recorded yet. */
interface Noted {
  id: number;
  /** JSON, as it came; null: it came before a restart, and is read as it was noted. */
  observed: string | null;
}

/**
 * Makes what comes in a flood durable before it is read: a note of a whole batch costs a fraction of its steps. What a note says is
 * masked, and nothing of people who opted out; while the process lives the batch is recorded as it came, after a crash as it was noted.
 */
export class Journal {
  readonly #store: JournalStore;
  readonly #recorder: Pick<Recorder, 'record' | 'safe'>;
  /** The oldest first. */
  readonly #noted: Noted[] = [];
  /** What had to be left out, until somebody is told. */
  readonly #untold: Unreadable[] = [];
  /** Which batch is to be noted next. */
  #turn = 0;
  /** Ends when what is under way is recorded. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(store: JournalStore, recorder: Pick<Recorder, 'record' | 'safe'>) {
    this.#store = store;
    this.#recorder = recorder;
  }

  /**
   * Makes a batch durable that {@link recordNext} records. `turn`: which one it is, counted from 0; so that they keep their order, a
   * batch is refused until the one before it is noted. `observed`: a JSON array of {@link Observed}.
   *
   * @throws Error when its turn has not come
   */
  async note(turn: number, observed: string): Promise<void> {
    if (turn > this.#turn)
      throw new Error(`Batch ${turn} cannot be noted: batch ${this.#turn} is not noted yet.`);
    if (turn < this.#turn) return;
    const all = JSON.parse(observed) as Observed[];
    const safe = all.flatMap((each) => this.#safe(each));
    const isSafe = safe.length === all.length && safe.every((each, index) => each === all[index]);
    const id = await this.#store.add(isSafe ? observed : JSON.stringify(safe), all.length);
    this.#turn += 1;
    this.#noted.push({ id, observed });
  }

  /** Records the oldest batch that was noted, if there is one, and tells of all that had to be left out since it was told last. */
  async recordNext(): Promise<Recorded> {
    await this.#recordNextInTurn();
    return { unreadable: this.#untold.splice(0) };
  }

  /** Records all that was noted before. */
  async recordAll(): Promise<void> {
    for (let left = this.#noted.length; left > 0; left -= 1) await this.#recordNextInTurn();
  }

  /** Takes over what an earlier process noted and did not come to record. */
  async recover(): Promise<Recorded> {
    for (const id of await this.#store.list()) this.#noted.push({ id, observed: null });
    await this.recordAll();
    return { unreadable: this.#untold.splice(0) };
  }

  /** Nothing for what cannot be read: it could not be masked, and must not hold up the others. Who records it finds out why. */
  #safe(observed: Observed): Observed[] {
    try {
      return [this.#recorder.safe(observed)];
    } catch {
      return [];
    }
  }

  #recordNextInTurn(): Promise<void> {
    const done = this.#before.then(() => this.#recordNext());
    this.#before = done.catch(() => {});
    return done;
  }

  async #recordNext(): Promise<void> {
    const [next] = this.#noted;
    if (!next) return;
    const json = next.observed ?? (await this.#store.read(next.id)) ?? '[]';
    const observed = JSON.parse(json) as Observed[];
    const { unreadable } = await recordApart((some) => this.#recorder.record(some), observed);
    await this.#store.remove(next.id);
    this.#noted.shift();
    this.#untold.push(...unreadable);
  }
}
