import { join } from 'node:path';
import { buildArchive } from './answers/archive.ts';
import type { Archive, ArchiveSize } from './answers/archive.ts';
import { askAs, QUESTIONS } from './answers/asking.ts';
import type { Asking } from './answers/asking.ts';
import type { Check, PartOptions, PartResult } from './shared/part.ts';
import { showProgress } from './shared/progress.ts';
import { quantile, summarize } from './shared/statistics.ts';

const TARGET = 2;

/** Entries of each workspace where there are many; the other databases have all their entries in one workspace. */
const PER_WORKSPACE = 2_000;

/** Prime to the number of questions, so that all of them are asked. */
const IN_ALL_EVERY = 5;

/** One command on one database, again and again. */
interface Series {
  command: string;
  layout: string;
  entries: number;
  /** The n-th call. */
  ask(n: number): Promise<object>;
  /** Called only every so many times, because it takes so long. */
  every: number;
  /** Of each round, in ms. */
  p50: number[];
  p99: number[];
}

/** What an answer costs, from the command's options to the finished view, as the database grows. */
export async function benchAnswers({ quick, dir }: PartOptions): Promise<PartResult> {
  const sizes = quick ? [4_000, 8_000] : [10_000, 100_000, 1_000_000];
  const { rounds, calls } = quick ? { rounds: 3, calls: 24 } : { rounds: 5, calls: 144 };
  const archives = await buildAll(sizes, dir);
  const series = archives.flatMap(({ size, archive }) => seriesOf(size, archive));
  const progress = showProgress('answers: rounds', rounds);
  for (let round = 0; round < rounds; round += 1) {
    await runRound(series, calls, round);
    progress.update(round + 1);
  }
  progress.stop();
  for (const { archive } of archives) await archive.backend.close();
  return report(series, sizes, rounds, calls);
}

async function buildAll(entries: number[], dir: string): Promise<{ size: ArchiveSize; archive: Archive }[]> {
  const sizes = entries.flatMap((count) =>
    [count / PER_WORKSPACE, 1].map((workspaces) => ({ entries: count, workspaces })),
  );
  const progress = showProgress(
    'answers: entries',
    sizes.reduce((sum, size) => sum + size.entries, 0),
  );
  let done = 0;
  const archives = [];
  for (const [index, size] of sizes.entries()) {
    const archive = await buildArchive(join(dir, `answers-${index}.db`), size, (count) =>
      progress.update((done += count)),
    );
    archives.push({ size, archive });
  }
  progress.stop();
  return archives;
}

function seriesOf({ entries }: ArchiveSize, archive: Archive): Series[] {
  const { workspaces } = archive;
  const asking: Asking = askAs({ userId: '1' }, archive);
  const workspaceOf = (n: number) => workspaces[n % workspaces.length]!;
  const questionOf = (n: number) => QUESTIONS[n % QUESTIONS.length]!;
  const of = (command: string, ask: Series['ask'], every = 1): Series => {
    const layout = workspaces.length === 1 ? 'one workspace' : 'many workspaces';
    return { command, layout, entries, ask, every, p50: [], p99: [] };
  };
  const inOne = [
    of('/explain', (n) => asking.explain(workspaceOf(n))),
    of('/how', (n) => asking.how(questionOf(n), [workspaceOf(n)])),
  ];
  if (workspaces.length === 1) return inOne;
  return [...inOne, of('/how in all', (n) => asking.how(questionOf(n), workspaces), IN_ALL_EVERY)];
}

/** The databases take turns call by call, so that a busy machine hits them alike. */
async function runRound(series: Series[], calls: number, round: number): Promise<void> {
  const times = series.map((): number[] => []);
  for (let call = 0; call < calls; call += 1) {
    for (const [index, { ask, every }] of series.entries()) {
      if (call % every !== 0) continue;
      const startedAt = performance.now();
      await ask(round * calls + call);
      times[index]!.push(performance.now() - startedAt);
    }
  }
  for (const [index, one] of series.entries()) {
    one.p50.push(quantile(times[index]!, 0.5));
    one.p99.push(quantile(times[index]!, 0.99));
  }
}

function report(series: Series[], sizes: number[], rounds: number, calls: number): PartResult {
  const rows = series.map(({ command, layout, entries, p50, p99 }) => {
    const [median, tail] = [summarize(p50), summarize(p99)];
    const cells = [command, layout, entries, median.median, tail.median, `${ms(tail.min)}–${ms(tail.max)}`];
    return { cells, figures: { command, layout, entries, p50: median, p99: tail } };
  });
  return {
    title: 'Answers: ms from the options of a command to the finished view',
    notes: [
      `Medians of ${rounds} rounds of ${calls} calls on each database in turn; ${QUESTIONS.length} questions.`,
      `Many workspaces: ${PER_WORKSPACE} entries in each. “In all”: a question that names none of them.`,
      'With the database in its own thread, without the way to Discord.',
    ],
    head: ['command', 'database', 'entries', 'p50', 'p99', 'p99 least–most'],
    rows: rows.map(({ cells }) => cells),
    checks: growth(series, sizes),
    figures: { rounds, calls, series: rows.map(({ figures }) => figures) },
  };
}

/** How much dearer the largest database is than the smallest. */
function growth(series: Series[], sizes: number[]): Check[] {
  const groups = Map.groupBy(series, ({ command, layout }) => `${command}, ${layout}`);
  return [...groups].flatMap(([name, group]) => {
    const of = (entries: number | undefined) => group.find((one) => one.entries === entries)!;
    return (['p50', 'p99'] as const).map((figure) => ({
      name: `${name}: ${figure} of the largest / smallest`,
      value: summarize(of(sizes.at(-1))[figure]).median / summarize(of(sizes[0])[figure]).median,
      sense: '≤' as const,
      target: TARGET,
    }));
  });
}

function ms(value: number): string {
  return value.toPrecision(3);
}
