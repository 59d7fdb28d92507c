import type { Check, PartResult } from '../shared/part.ts';
import { quantile } from '../shared/statistics.ts';
import type { ExchangeFigures } from './exchange-figures.ts';
import type { Outcome, Round } from './run.ts';

const COUNTED = ['lost', 'doubled', 'leaked', 'stale', 'inGaps', 'broken'] as const;
const ALLOWED_NONE = ['lost', 'doubled', 'leaked', 'stale', 'broken'] as const;

export function report({ rounds, exchange, ownEnds }: Outcome, seed: number): PartResult {
  const kinds = [...new Set(rounds.map(({ fault }) => fault))].sort();
  const rows = kinds.map((kind) =>
    rowOf(
      kind,
      rounds.filter(({ fault }) => fault === kind),
    ),
  );
  const all = rowOf('all', rounds);
  const sum = sumOf(rounds);
  const checks: Check[] = ALLOWED_NONE.map((name) => ({
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
      taughtLine(exchange),
      'Of these, lost: a hand-over, its artifact or message, a recall or a decision that is missing. Leaked: to an agent that it is not for.',
    ],
    head: [
      'fault',
      'rounds',
      'median s',
      'messages',
      'lost',
      'doubled',
      'leaked',
      'stale',
      'in gaps',
      'broken',
    ],
    rows: [...rows, all],
    checks,
    figures: {
      seed,
      rounds: rounds.length,
      ...sum,
      exchange,
      ended_by_itself: ownEnds.length,
      kinds: rounds.map(figuresOf),
    },
  };
}

function taughtLine(said: ExchangeFigures): string {
  const { taught, insights, decided_by_people, hand_overs, messages, recalled, told_of_recalls, seen } = said;
  return (
    `Agents taught ${taught} things, which became ${insights} insights; people decided ${decided_by_people} times. ` +
    `${hand_overs} hand-overs in ${messages} messages, ${seen} seen; ${recalled} taken back, ${told_of_recalls} times told.`
  );
}

function rowOf(name: string, rounds: readonly Round[]) {
  const { messages, lost, doubled, leaked, stale, inGaps, broken } = sumOf(rounds);
  const median =
    quantile(
      rounds.map(({ ms }) => ms),
      0.5,
    ) / 1000;
  return [name, rounds.length, median, messages, lost, doubled, leaked, stale, inGaps, broken];
}

function sumOf(rounds: readonly Round[]) {
  const sum = { messages: 0, lost: 0, doubled: 0, leaked: 0, stale: 0, inGaps: 0, broken: 0 };
  for (const { messages, findings } of rounds) {
    sum.messages += messages;
    for (const name of COUNTED) sum[name] += findings[name].length;
  }
  return sum;
}

function figuresOf({ fault, messages, ms, findings }: Round) {
  return { fault, messages, ms: Math.round(ms), ...findings };
}
