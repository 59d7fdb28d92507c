import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FLOOD, startFloodedBot } from './flood/recorder.ts';
import type { Flood } from './flood/flood.ts';
import type { Counter } from './recording/counter.ts';
import { startChild } from './shared/child.ts';
import type { Child } from './shared/child.ts';
import type { PartOptions, PartResult } from './shared/part.ts';
import { showProgress } from './shared/progress.ts';
import { summarize } from './shared/statistics.ts';
import type { Summary } from './shared/statistics.ts';
import { MESSAGE_LENGTHS } from './shared/text.ts';

const TARGET = 0.7;

const SIDES = ['drain', 'count', 'record', 'mask'] as const;
type Side = (typeof SIDES)[number];

/** Takes so many messages of a flood of its own; resolves when it is done with the last one. */
interface Taker {
  flood: Child<Flood>;
  take(count: number): Promise<void>;
  /** Resolves when nothing is left to do in the background. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

type Rates = Record<Side | 'search', number[]>;

/** Messages per second recorded durably, against the same client that only counts them. */
export async function benchRecording({ quick, dir }: PartOptions): Promise<PartResult> {
  const { messages, rounds } = quick ? { messages: 2_000, rounds: 1 } : { messages: 50_000, rounds: 5 };
  const takers: Record<Side, Taker> = {
    drain: await startCounter('drain.ts'),
    count: await startCounter('counter.ts'),
    record: await startRecorder(join(dir, 'plain'), false),
    mask: await startRecorder(join(dir, 'masked'), true),
  };
  const rates: Rates = { drain: [], count: [], record: [], mask: [], search: [] };
  const progress = showProgress('recording: rounds', rounds);
  try {
    for (const side of SIDES) await timeFlood(takers[side], Math.ceil(messages / 5));
    for (let round = 0; round < rounds; round += 1) {
      for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed()) {
        const { takenMs, restedMs } = await timeFlood(takers[side], messages);
        rates[side].push((messages / takenMs) * 1000);
        if (side === 'record') rates.search.push((messages / restedMs) * 1000);
      }
      progress.update(round + 1);
    }
  } finally {
    progress.stop();
    for (const side of SIDES) await takers[side].stop();
  }
  return report(messages, rounds, rates);
}

/** Both from the moment the gateway begins to speak: until the taker is done with the last message, and until it rests. */
async function timeFlood(
  { flood, take, rest }: Taker,
  messages: number,
): Promise<{ takenMs: number; restedMs: number }> {
  await flood.call.prepare(messages);
  const taken = take(messages);
  const startedAt = performance.now();
  await Promise.all([flood.call.push(), taken]);
  const takenMs = performance.now() - startedAt;
  await rest();
  return { takenMs, restedMs: performance.now() - startedAt };
}

async function startCounter(script: string): Promise<Taker> {
  const flood = startChild<Flood>(FLOOD);
  const counter = startChild<Counter>(join(import.meta.dirname, 'recording', script));
  const { api, token } = await flood.call.address();
  await counter.call.connect(api, token);
  return {
    flood,
    take: (count) => counter.call.receive(count),
    rest: async () => {},
    async stop() {
      counter.stop();
      flood.stop();
    },
  };
}

async function startRecorder(dir: string, maskSecrets: boolean): Promise<Taker> {
  mkdirSync(dir);
  const { flood, recorded, searchable, stop } = await startFloodedBot({ dir, maskSecrets });
  let total = 0;
  return { flood, take: (count) => recorded((total += count)), rest: () => searchable(total), stop };
}

const NAMES: Record<keyof Rates, string> = {
  drain: 'a socket that only reads (the flood’s own rate)',
  count: 'discord.js client that only counts',
  record: 'the bot without masking, until the last message is durable',
  mask: 'the bot with masking, until the last message is durable',
  search: 'the bot without masking, until it is in the search index as well',
};

function report(messages: number, rounds: number, rates: Rates): PartResult {
  const { median, longest } = MESSAGE_LENGTHS;
  const against = (side: Side) => summarize(rates[side].map((rate, round) => rate / rates.count[round]!));
  const [ratio, maskedRatio] = [against('record'), against('mask')];
  const row = (name: string, values: Summary) => [name, values.median, values.min, values.max];
  const summaries = ([...SIDES, 'search'] as const).map((side) => [side, summarize(rates[side])] as const);
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
    ],
    checks: [
      { name: 'durable / counting, without masking', value: ratio.median, sense: '≥', target: TARGET },
    ],
    figures: {
      messages,
      rounds,
      messageLengths: MESSAGE_LENGTHS,
      ...Object.fromEntries(summaries),
      ratio,
      maskedRatio,
    },
  };
}
