import type { Masker } from '../../src/masking/mask.ts';
import { showProgress } from '../shared/progress.ts';
import type { Line } from './lines.ts';

export interface Heap {
  messages: number;
  /** MiB in use after the first tenth and after all messages, garbage collected. */
  first: number;
  last: number;
}

const MESSAGES = 100_000;

/**
 * Masks many messages, all lines of the data in turn, and tells what the heap has grown by since the first tenth.
 * @throws Error where Node was started without `--expose-gc`
 */
export function measureHeap(masker: Masker, lines: readonly Line[]): Heap {
  const progress = showProgress('masking: messages', MESSAGES);
  let first = 0;
  for (let count = 1; count <= MESSAGES; count += 1) {
    masker.mask(`${count} ${lines[count % lines.length]!.text}`);
    if (count === MESSAGES / 10) first = mebibytes();
    if (count % 1000 === 0) progress.update(count);
  }
  progress.stop();
  return { messages: MESSAGES, first, last: mebibytes() };
}

function mebibytes(): number {
  if (globalThis.gc === undefined)
    throw new Error('Start this with `node --expose-gc`, as the npm script does.');
  globalThis.gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
