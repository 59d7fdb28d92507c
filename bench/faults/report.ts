import type { Check, PartResult } from '../shared/part.ts';
import { quantile } from '../shared/statistics.ts';
import type { Outcome, Round } from './run.ts';

const COUNTED = ['lost', 'doubled', 'stale', 'inGaps', 'broken'] as const;

export function report({ rounds, ownEnds }: Outcome, seed: number): PartResult {
  const kinds = [...new Set(rounds.map(({ fault }) => fault))].sort();
  const rows = kinds.map((kind) =>
    rowOf(
      kind,
      rounds.filter(({ fault }) => fault === kind),
    ),
  );
  const all = rowOf('all', rounds);
  const sum = sumOf(rounds);
  const checks: Check[] = (['lost', 'doubled', 'stale', 'broken'] as const).map((name) => ({
    name,
    value: sum[name],
    sense: '≤',
    target: 0,
  }));
  return {
    title: 'Faults: what is lost or doubled when things go wrong under way',
    notes: [
      `The bot as a process of its own, killed with SIGKILL where the fault says so, while ${sum.messages} messages were posted. Seed ${seed}.`,
      'Lost: neither recorded nor in a gap that is told of. Stale: recorded, but not as it reads now. Broken: sessions with missing steps, damage.',
    ],
    head: ['fault', 'rounds', 'median s', 'messages', 'lost', 'doubled', 'stale', 'in gaps', 'broken'],
    rows: [...rows, all],
    checks,
    figures: {
      seed,
      rounds: rounds.length,
      ...sum,
      ended_by_itself: ownEnds.length,
      kinds: rounds.map(figuresOf),
    },
  };
}

function rowOf(name: string, rounds: readonly Round[]) {
  const { messages, lost, doubled, stale, inGaps, broken } = sumOf(rounds);
  const median =
    quantile(
      rounds.map(({ ms }) => ms),
      0.5,
    ) / 1000;
  return [name, rounds.length, median, messages, lost, doubled, stale, inGaps, broken];
}

function sumOf(rounds: readonly Round[]) {
  const sum = { messages: 0, lost: 0, doubled: 0, stale: 0, inGaps: 0, broken: 0 };
  for (const { messages, findings } of rounds) {
    sum.messages += messages;
    for (const name of COUNTED) sum[name] += findings[name].length;
  }
  return sum;
}

function figuresOf({ fault, messages, ms, findings }: Round) {
  return { fault, messages, ms: Math.round(ms), ...findings };
}
