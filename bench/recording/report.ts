import type { PartResult } from '../shared/part.ts';
import { summarize } from '../shared/statistics.ts';
import type { Summary } from '../shared/statistics.ts';
import { MESSAGE_LENGTHS } from '../shared/text.ts';
import type { CpuTimes } from './cpu.ts';

const TARGET = 0.7;

export const SIDES = ['drain', 'count', 'record', 'mask'] as const;
export type Side = (typeof SIDES)[number];

/** By side the rounds: how long the flood took until it was taken, could be read and until the taker rested, and the processor time until it was taken. */
export type Measured = Record<
  Side,
  {
    takenMs: number;
    readMs: number;
    restedMs: number;
    own: CpuTimes | undefined;
    sender: CpuTimes | undefined;
  }[]
>;

interface Run {
  messages: number;
  rounds: number;
  measured: Measured;
}

const NAMES: Record<Side | 'steps' | 'search', string> = {
  drain: 'a socket that only reads (the flood’s own rate)',
  count: 'discord.js client that only counts',
  record: 'the bot without masking, until the last message is durable',
  mask: 'the bot with masking, until the last message is durable',
  steps: 'the bot with masking, until it is a step that people can read',
  search: 'the bot without masking, until it is in the search index as well',
};

export function report(run: Run): PartResult {
  const { messages, rounds } = run;
  const { median, longest } = MESSAGE_LENGTHS;
  const rates = ratesOf(run);
  const against = (side: Side) => summarize(rates[side].map((rate, round) => rate / rates.count[round]!));
  const [ratio, maskedRatio] = [against('record'), against('mask')];
  const row = (name: string, values: Summary) => [name, values.median, values.min, values.max];
  const summaries = ([...SIDES, 'steps', 'search'] as const).map(
    (side) => [side, summarize(rates[side])] as const,
  );
  const cpu = cpuOf(run);
  return {
    title: 'Recording: messages per second, gateway to disk',
    notes: [
      `${messages} messages of 8 bots in 10 channels; medians of ${rounds} rounds, the sides in turn.`,
      `Messages of ${median} characters in the median, log-normal, up to ${longest}; made beforehand and pushed at once.`,
    ],
    head: ['', 'median', 'least', 'most'],
    rows: [
      ...summaries.map(([side, summary]) => row(NAMES[side], summary)),
      row('durable / counting, without masking', ratio),
      row('durable / counting, with masking', maskedRatio),
      ...cpu.map(([name, summary]) => row(`µs of processor for each message: ${name}`, summary)),
    ],
    checks: [
      // Masking is on unless somebody switches it off.
      { name: 'durable / counting, with masking', value: maskedRatio.median, sense: '≥', target: TARGET },
    ],
    figures: {
      messages,
      rounds,
      messageLengths: MESSAGE_LENGTHS,
      ...Object.fromEntries(summaries),
      ratio,
      maskedRatio,
      cpuMicroseconds: Object.fromEntries(cpu),
    },
  };
}

/** Messages per second. */
function ratesOf({ messages, measured }: Run): Record<Side | 'steps' | 'search', number[]> {
  const perSecond = (ms: number) => (messages / ms) * 1000;
  const taken = (side: Side) => measured[side].map(({ takenMs }) => perSecond(takenMs));
  return {
    drain: taken('drain'),
    count: taken('count'),
    record: taken('record'),
    mask: taken('mask'),
    steps: measured.mask.map(({ readMs }) => perSecond(readMs)),
    search: measured.record.map(({ restedMs }) => perSecond(restedMs)),
  };
}

/** Where the system tells: on a machine that others use as well it says more than the clock. */
function cpuOf({ messages, measured }: Run): [name: string, Summary][] {
  const spent = (
    side: Side,
    whose: 'own' | 'sender',
    of: (times: CpuTimes) => number,
  ): Summary | undefined => {
    const times = measured[side].map((round) => round[whose]).filter((each) => each !== undefined);
    return times.length > 0 ? summarize(times.map((each) => of(each) / messages)) : undefined;
  };
  const all = ({ main, worker, others }: CpuTimes) => main + worker + others;
  const rows = [
    ['counting client', spent('count', 'own', all)],
    ...(['record', 'mask'] as const).flatMap((side) => {
      const bot = side === 'record' ? 'bot without masking' : 'bot with masking';
      return [
        [`${bot}, main thread`, spent(side, 'own', ({ main }) => main)],
        [`${bot}, database thread`, spent(side, 'own', ({ worker }) => worker)],
        [`${bot}, V8’s helpers`, spent(side, 'own', ({ others }) => others)],
        [`${bot}, the flood itself`, spent(side, 'sender', all)],
      ] as const;
    }),
  ] as const;
  return rows.flatMap(([name, summary]) => (summary ? [[name, summary]] : []));
}
