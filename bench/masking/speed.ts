import type { Masker } from '../../src/masking/mask.ts';
import { showProgress } from '../shared/progress.ts';
import { quantile } from '../shared/statistics.ts';
import { hostileTexts } from './hostile.ts';
import type { Line } from './lines.ts';

export interface Speed {
  /** Microseconds for a message of 500 characters. */
  message: { median: number; p99: number };
  /** Microseconds for a line of chat of 130 characters with nothing to hide. */
  chatLine: { median: number; p99: number };
  /** Milliseconds for the slowest of the hostile texts of 16 KiB. */
  hostile: { name: string; ms: number; texts: number };
}

const ROUNDS = 20;
const HOSTILE_SIZE = 16 * 1024;
/** The quickest of so many counts: whatever else runs on the machine makes single ones slow. */
const TRIES = 5;

/** What masking costs, on natural lines of the data put together to messages and on texts made to be slow. */
export function measureSpeed(masker: Masker, lines: readonly Line[]): Speed {
  const natural = lines.filter(({ sort }) => sort === 'natural').map(({ text }) => text);
  const messages = cut(natural.join('\n'), 500);
  const chatLines = cut(natural.join(' '), 130).filter((text) => masker.mask(text).masked === 0);
  return { message: time(masker, messages), chatLine: time(masker, chatLines), hostile: slowest(masker) };
}

function cut(text: string, length: number): string[] {
  const count = Math.floor(text.length / length);
  return Array.from({ length: count }, (_, index) => text.slice(index * length, (index + 1) * length));
}

/** By text the median over the rounds after the first ones, then over all texts. */
function time(masker: Masker, texts: readonly string[]): { median: number; p99: number } {
  const rounds = Array.from({ length: ROUNDS }, () => texts.map((text) => microseconds(masker, text)));
  const warm = rounds.slice(ROUNDS / 4);
  const each = texts.map((_, index) =>
    quantile(
      warm.map((round) => round[index]!),
      0.5,
    ),
  );
  return { median: quantile(each, 0.5), p99: quantile(each, 0.99) };
}

function slowest(masker: Masker): Speed['hostile'] {
  const texts = hostileTexts(HOSTILE_SIZE);
  const progress = showProgress('masking: hostile texts', texts.length);
  let [name, ms] = ['', 0];
  for (const [index, text] of texts.entries()) {
    const tries = Array.from({ length: TRIES }, () => microseconds(masker, text.text) / 1000);
    if (Math.min(...tries) > ms) [name, ms] = [text.name, Math.min(...tries)];
    progress.update(index + 1);
  }
  progress.stop();
  return { name, ms, texts: texts.length };
}

function microseconds(masker: Masker, text: string): number {
  const startedAt = performance.now();
  masker.mask(text);
  return (performance.now() - startedAt) * 1000;
}
