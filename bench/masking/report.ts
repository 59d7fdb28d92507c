import type { PartResult } from '../shared/part.ts';
import type { Heap } from './heap.ts';
import { share } from './quality.ts';
import type { Quality, Tally } from './quality.ts';
import type { Speed } from './speed.ts';

/** What the targets are: shares of lines, microseconds, milliseconds, MiB. */
const TARGETS = {
  secrets: 0.95,
  pii: 0.93,
  natural: 0.005,
  message: 120,
  chatLine: 10,
  hostile: 20,
  heap: 1,
};

export function report(quality: Quality, speed: Speed, heap: Heap): PartResult {
  const { secrets, pii, natural, fakes } = quality;
  const { message, chatLine, hostile } = speed;
  const row = (name: string, tally: Tally) => [name, tally.count, tally.of, percent(share(tally))];
  return {
    title: 'Masking: what is hidden, what is altered, what it costs',
    notes: [
      'Found: nothing of what is secret in the line survives. Fakes: what other detectors take for fake keys; hiding them does no harm.',
      `500 characters: median ${message.median.toFixed(1)} µs, 99 % ${message.p99.toFixed(1)} µs; lines of 130 with nothing to hide: ` +
        `${chatLine.median.toFixed(1)} µs, ${chatLine.p99.toFixed(1)} µs.`,
      `Slowest of ${hostile.texts} hostile texts of 16 KiB: ${hostile.name}, ${hostile.ms.toFixed(1)} ms.`,
      `Heap after ${heap.messages / 10} messages: ${heap.first.toFixed(1)} MiB, after ${heap.messages}: ${heap.last.toFixed(1)} MiB.`,
    ],
    head: ['lines', 'count', 'of', 'share'],
    rows: [
      row('secrets found', secrets),
      row('personal data found', pii),
      row('natural lines altered', natural),
      row('fakes altered', fakes),
    ],
    checks: [
      { name: 'secrets found', value: share(secrets), sense: '≥', target: TARGETS.secrets },
      { name: 'personal data found', value: share(pii), sense: '≥', target: TARGETS.pii },
      { name: 'natural lines altered', value: share(natural), sense: '≤', target: TARGETS.natural },
      { name: 'µs per 500 characters', value: message.median, sense: '≤', target: TARGETS.message },
      { name: 'µs per harmless line', value: chatLine.median, sense: '≤', target: TARGETS.chatLine },
      { name: 'ms for the slowest hostile text', value: hostile.ms, sense: '≤', target: TARGETS.hostile },
      { name: 'MiB the heap grew by', value: heap.last - heap.first, sense: '≤', target: TARGETS.heap },
    ],
    figures: {
      secrets_found: share(secrets),
      pii_found: share(pii),
      natural_altered: share(natural),
      fakes_altered: fakes.of === 0 ? null : share(fakes),
      lines: { secrets: secrets.of, pii: pii.of, natural: natural.of, fakes: fakes.of },
      microseconds_per_500_characters: message,
      microseconds_per_harmless_130_characters: chatLine,
      slowest_hostile_16_kib: hostile,
      heap_mib: heap,
    },
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
