import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { gatherDigest } from '../src/discord/digest.ts';
import type { Gathered } from '../src/discord/digest.ts';
import { createPainter } from '../src/picture.ts';
import type { Painter } from '../src/picture.ts';
import { timelineChart } from '../src/views/timeline.ts';
import { buildArchive } from './answers/archive.ts';
import type { Archive } from './answers/archive.ts';
import type { PartOptions, PartResult } from './shared/part.ts';
import { showProgress } from './shared/progress.ts';
import { summarize } from './shared/statistics.ts';

/** In ms. */
const BUILD_TARGET = 200;
const HELD_TARGET = 50;
const PICTURE_TARGET = 500;

const CONFIG = { workLogs: { confidenceThreshold: 0.7 } };
/** Before and after all that the archive holds. */
const PERIOD = { from: Date.UTC(2026, 0, 5), to: Date.UTC(2026, 1, 5) };

interface Round {
  buildMs: number;
  /** The longest time that nothing else could run. */
  heldMs: number;
  pictureMs: number;
}

/** How long the report of a night takes, how long it holds up all else, and how long its picture takes. */
export async function benchReports({ quick, dir }: PartOptions): Promise<PartResult> {
  const sizes = quick ? [1000] : [10_000, 50_000];
  const rounds = quick ? 2 : 7;
  const painter = createPainter();
  try {
    const results: [size: number, rounds: Round[]][] = [];
    for (const entries of sizes) {
      const archive = await buildArchive(join(dir, `${entries}.db`), { entries, workspaces: 1 }, () => {});
      const progress = showProgress(`reports of ${entries} entries: rounds`, rounds);
      const measured: Round[] = [];
      for (let round = 0; round < rounds; round += 1) {
        measured.push(await measure(archive, painter));
        progress.update(round + 1);
      }
      progress.stop();
      await archive.backend.close();
      results.push([entries, measured]);
    }
    return report(results);
  } finally {
    await painter.close();
  }
}

async function measure({ backend, workspaces }: Archive, painter: Painter): Promise<Round> {
  const [workspace] = workspaces;
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await sleep(20);
  delays.reset();
  const startedAt = performance.now();
  const gathered: Gathered = await gatherDigest({ store: backend.store, config: CONFIG }, workspace!, PERIOD);
  const builtAt = performance.now();
  await painter.paint(timelineChart(gathered.timeline, { timezone: 'UTC', title: '#night' }));
  const paintedAt = performance.now();
  delays.disable();
  return { buildMs: builtAt - startedAt, heldMs: delays.max / 1e6, pictureMs: paintedAt - builtAt };
}

function report(results: readonly [size: number, rounds: Round[]][]): PartResult {
  const figures = results.map(([entries, rounds]) => {
    const of = (key: keyof Round) => summarize(rounds.map((round) => round[key]));
    const build = of('buildMs').median;
    return {
      entries,
      build_ms: build,
      build_ms_per_10k: (build / entries) * 10_000,
      held_ms: of('heldMs').median,
      // The first one starts the thread.
      first_picture_ms: rounds[0]!.pictureMs,
      picture_ms: of('pictureMs').median,
    };
  });
  const worst = (key: keyof (typeof figures)[number]) => Math.max(...figures.map((each) => each[key]));
  return {
    title: 'Reports: a night of so many entries, and its picture',
    notes: [
      'Medians in ms; one workspace with seven bots, its database in a thread of its own, as the bot has it.',
      'Held: the longest time in which the thread that talks to Discord could do nothing else.',
    ],
    head: ['entries', 'report', 'per 10 000', 'held', 'first picture', 'picture'],
    rows: figures.map((each) => [
      each.entries,
      ...[each.build_ms, each.build_ms_per_10k, each.held_ms, each.first_picture_ms, each.picture_ms].map(
        Math.round,
      ),
    ]),
    checks: [
      {
        name: 'report, ms per 10 000 entries',
        value: worst('build_ms_per_10k'),
        sense: '≤',
        target: BUILD_TARGET,
      },
      { name: 'held, ms', value: worst('held_ms'), sense: '≤', target: HELD_TARGET },
      { name: 'picture, ms', value: worst('picture_ms'), sense: '≤', target: PICTURE_TARGET },
    ],
    figures: { nights: figures },
  };
}
