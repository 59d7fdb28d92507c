import type { JournalStore, KeptBatch } from '../store/journal.ts';
import { recordApart } from './apart.ts';
import type { Recorded, Unreadable } from './apart.ts';
import { BatchWriter, linesOf, observedIn, observedOf } from './batch.ts';
import type { Batch } from './batch.ts';
import type { Observed } from './observation.ts';
import type { Recorder } from './recorder.ts';

/** A batch that is durable and not recorded yet. */
interface Noted extends KeptBatch {
  /** As it came; null: as it was noted, because there was nothing to hide or it came before a restart. */
  batch: Batch | null;
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
   * batch is refused until the one before it is noted.
   *
   * @throws Error when its turn has not come
   */
  async note(turn: number, batch: Batch): Promise<void> {
    if (turn > this.#turn)
      throw new Error(`Batch ${turn} cannot be noted: batch ${this.#turn} is not noted yet.`);
    if (turn < this.#turn) return;
    const { messages, note } = this.#safe(batch);
    const kept = await this.#store.add(note, messages);
    this.#turn += 1;
    this.#noted.push({ ...kept, batch: note === batch ? null : batch });
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
    for (const kept of await this.#store.list()) this.#noted.push({ ...kept, batch: null });
    await this.recordAll();
    return { unreadable: this.#untold.splice(0) };
  }

  /** The batch as it may lie on the disk: the very same when there is nothing to hide in it. */
  #safe(batch: Batch): { messages: number; note: Batch } {
    const unsafe = new Map<number, Observed | null>();
    let messages = 0;
    for (const line of linesOf(batch)) {
      const observed = observedOf(line);
      const safe = this.#safeOne(observed);
      if (safe !== observed) unsafe.set(messages, safe);
      messages += 1;
    }
    return { messages, note: unsafe.size === 0 ? batch : withOthers(batch, unsafe) };
  }

  /** Null for what cannot be read: it could not be masked, and must not hold up the others. Who records it finds out why. */
  #safeOne(observed: Observed): Observed | null {
    try {
      return this.#recorder.safe(observed);
    } catch {
      return null;
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
    const observed = next.batch ? observedIn(next.batch) : leftIn(await this.#store.read(next.id));
    const { unreadable } = await recordApart((some) => this.#recorder.record(some), observed);
    await this.#store.remove(next.id);
    this.#noted.shift();
    this.#untold.push(...unreadable, ...lostOf(next, observed.length));
  }
}

/** What can be read of a note: one that the disk has damaged, or lost, must not hold up the others. */
function leftIn(note: Batch | null): Observed[] {
  return Array.from(note ? linesOf(note) : []).flatMap((line) => {
    try {
      return [observedOf(line)];
    } catch {
      return [];
    }
  });
}

function lostOf({ id, messages }: KeptBatch, left: number): Unreadable[] {
  if (left === messages) return [];
  return [{ ids: [], reason: `Of note ${id} only ${left} of ${messages} messages can be read.` }];
}

/** The batch with other lines in the place of some, by their number; null: without that one. */
function withOthers(batch: Batch, others: ReadonlyMap<number, Observed | null>): Batch {
  const writer = new BatchWriter();
  let at = 0;
  for (const line of linesOf(batch)) {
    const other = others.get(at);
    if (other) writer.add(other);
    else if (other === undefined) writer.addLine(line);
    at += 1;
  }
  return writer.batch();
}
