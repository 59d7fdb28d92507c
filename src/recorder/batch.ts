import type { Observed } from './observation.ts';

/**
 * What happened, in its order: JSON in UTF-8, a line for each, in memory that threads share. So nothing of it is copied on its way to
 * the disk, and what waits is nothing that V8 has to look through.
 */
export type Batch = Uint8Array;

/** Room for a message or two, which is what most batches hold; one that gets more grows. */
const FEW_BYTES = 4096;
/** Of a UTF-16 code unit in UTF-8. */
const MOST_BYTES = 3;
const NEWLINE = 10;

/** Collects a batch. */
export class BatchWriter {
  #bytes: Buffer;
  #end = 0;
  #size = 0;

  /** `before`: as much as it held will come again, so that this one need not grow. */
  constructor(before?: BatchWriter) {
    this.#bytes = shared(before ? before.#bytes.length : FEW_BYTES);
  }

  /** How much has happened. */
  get size(): number {
    return this.#size;
  }

  add(observed: Observed): void {
    this.addLine(JSON.stringify(observed));
  }

  /** `line`: JSON as {@link linesOf} gives it. */
  addLine(line: string): void {
    this.#makeRoom(line.length * MOST_BYTES + 1);
    this.#end += this.#bytes.write(line, this.#end);
    this.#bytes[this.#end] = NEWLINE;
    this.#end += 1;
    this.#size += 1;
  }

  /** All of it until now. */
  batch(): Batch {
    return this.#bytes.subarray(0, this.#end);
  }

  #makeRoom(bytes: number): void {
    const needed = this.#end + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = shared(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

export function batchOf(observed: Iterable<Observed>): Batch {
  const writer = new BatchWriter();
  for (const each of observed) writer.add(each);
  return writer.batch();
}

export function* linesOf(batch: Batch): Generator<string> {
  const bytes = Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength);
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, from);
    // A batch that was cut off ends in its last line.
    const end = newline === -1 ? bytes.length : newline;
    yield bytes.toString('utf8', from, end);
    from = end + 1;
  }
}

export function observedOf(line: string): Observed {
  return JSON.parse(line) as Observed;
}

export function observedIn(batch: Batch): Observed[] {
  return Array.from(linesOf(batch), observedOf);
}

function shared(bytes: number): Buffer {
  return Buffer.from(new SharedArrayBuffer(bytes));
}
