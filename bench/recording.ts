import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FLOOD, startFloodedBot } from './flood/recorder.ts';
import type { Flood } from './flood/flood.ts';
import type { Counter } from './recording/counter.ts';
import { cpuTimes, elapsed } from './recording/cpu.ts';
import type { CpuTimes } from './recording/cpu.ts';
import { report, SIDES } from './recording/report.ts';
import type { Measured, Side } from './recording/report.ts';
import { startChild } from './shared/child.ts';
import type { Child } from './shared/child.ts';
import type { PartOptions, PartResult } from './shared/part.ts';
import { showProgress } from './shared/progress.ts';

/** Takes so many messages of a flood of its own; resolves when it is done with the last one. */
interface Taker {
  flood: Child<Flood>;
  pid: number;
  take(count: number): Promise<void>;
  /** Resolves when what was taken can be read. */
  read(): Promise<void>;
  /** Resolves when nothing is left to do in the background. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

/** Messages per second recorded durably, against the same client that only counts them. */
export async function benchRecording({ quick, dir }: PartOptions): Promise<PartResult> {
  const { messages, rounds } = quick ? { messages: 2_000, rounds: 1 } : { messages: 50_000, rounds: 5 };
  const takers: Record<Side, Taker> = {
    drain: await startCounter('drain.ts'),
    count: await startCounter('counter.ts'),
    record: await startRecorder(join(dir, 'plain'), false),
    mask: await startRecorder(join(dir, 'masked'), true),
  };
  const measured: Measured = { drain: [], count: [], record: [], mask: [] };
  const progress = showProgress('recording: rounds', rounds);
  try {
    for (const side of SIDES) await timeFlood(takers[side], Math.ceil(messages / 5));
    for (let round = 0; round < rounds; round += 1) {
      for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed()) {
        measured[side].push(await timeFlood(takers[side], messages));
      }
      progress.update(round + 1);
    }
  } finally {
    progress.stop();
    for (const side of SIDES) await takers[side].stop();
  }
  return report({ messages, rounds, measured });
}

/** The times from the moment the gateway begins to speak: until the taker has the last message, can tell of it, and rests. */
async function timeFlood(
  { flood, pid, take, read, rest }: Taker,
  messages: number,
): Promise<Measured[Side][number]> {
  await flood.call.prepare(messages);
  const taken = take(messages);
  const before = [pid, flood.pid].map(cpuTimes);
  const startedAt = performance.now();
  await Promise.all([flood.call.push(), taken]);
  const takenMs = performance.now() - startedAt;
  const after = [pid, flood.pid].map(cpuTimes);
  await read();
  const readMs = performance.now() - startedAt;
  await rest();
  const [own, sender] = before.map((from, index) => since(from, after[index]));
  return { takenMs, readMs, restedMs: performance.now() - startedAt, own, sender };
}

function since(from: CpuTimes | undefined, to: CpuTimes | undefined): CpuTimes | undefined {
  return from && to && elapsed(from, to);
}

async function startCounter(script: string): Promise<Taker> {
  const flood = startChild<Flood>(FLOOD);
  const counter = startChild<Counter>(join(import.meta.dirname, 'recording', script));
  const { api, token } = await flood.call.address();
  await counter.call.connect(api, token);
  return {
    flood,
    pid: counter.pid,
    take: (count) => counter.call.receive(count),
    read: async () => {},
    rest: async () => {},
    async stop() {
      counter.stop();
      flood.stop();
    },
  };
}

async function startRecorder(dir: string, maskSecrets: boolean): Promise<Taker> {
  mkdirSync(dir);
  const { flood, bot, durable, recorded, searchable, stop } = await startFloodedBot({ dir, maskSecrets });
  let total = 0;
  return {
    flood,
    pid: bot.child.pid!,
    take: (count) => durable((total += count)),
    read: () => recorded(total),
    rest: () => searchable(total),
    stop,
  };
}
