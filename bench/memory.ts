import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startFloodedBot } from './flood/recorder.ts';
import type { FloodedBot } from './flood/recorder.ts';
import type { GcHook } from './memory/gc-hook.ts';
import { callChild } from './shared/calls.ts';
import type { PartOptions, PartResult } from './shared/part.ts';
import { showProgress } from './shared/progress.ts';

const TARGET = 1.3;

/** The bot may be so many messages behind: what waits for it is not what is measured. */
const CHUNK = 2_500;

const HOOK = pathToFileURL(join(import.meta.dirname, 'memory', 'gc-hook.ts')).href;

/** Resident memory of the bot after many messages against after few. */
export async function benchMemory({ quick, dir }: PartOptions): Promise<PartResult> {
  const marks = quick ? [2_500, 7_500] : [10_000, 100_000, 1_000_000];
  const flooded = await startFloodedBot({ dir, maskSecrets: true, hook: HOOK });
  const hook = callChild<GcHook>(flooded.bot.child);
  const progress = showProgress('memory: messages', marks.at(-1)!);
  const megabytes: number[] = [];
  let sent = 0;
  for (const mark of marks) {
    await record(flooded, sent, mark, (count) => progress.update(count));
    await flooded.searchable(mark);
    sent = mark;
    megabytes.push((await hook.residentBytes()) / 2 ** 20);
  }
  progress.stop();
  await flooded.stop();
  return report(marks, megabytes);
}

async function record(
  { flood, recorded }: FloodedBot,
  from: number,
  to: number,
  onRecorded: (count: number) => void,
): Promise<void> {
  for (let sent = from; sent < to;) {
    const count = Math.min(CHUNK, to - sent);
    await flood.call.send(count);
    sent += count;
    await recorded(sent);
    onRecorded(sent);
  }
}

function report(marks: number[], megabytes: number[]): PartResult {
  const ratios = megabytes.map((value) => value / megabytes[0]!);
  return {
    title: 'Memory: the bot’s process after so many recorded messages',
    notes: ['Resident memory after collecting the garbage of all threads; one process, one run.'],
    head: ['messages', 'MiB', 'ratio to the first'],
    rows: marks.map((mark, index) => [mark, megabytes[index]!, ratios[index]!]),
    checks: [{ name: 'last / first', value: ratios.at(-1)!, sense: '≤', target: TARGET }],
    figures: { points: marks.map((messages, index) => ({ messages, mebibytes: megabytes[index]! })) },
  };
}
