import { schedule } from 'node-cron';
import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { nextRun } from './next-run.ts';

/** Work that recurs. It may run twice safely: its progress lives in the database. */
export interface Job {
  name: string;
  /** Cron expression, seconds first where there are six fields, in the time zone of the configuration; or what says it there. */
  schedule: string | ((config: Pick<Config, 'exchange'>) => string);
  /** A run that fell due while the bot was away is made up: the next may be far off. */
  isMadeUp?: boolean;
  /** `now` is ms UTC. */
  run(app: App, now: number): Promise<void>;
}

export interface RunningJobs {
  /** Runs each job now, as is due when the clock has leapt; resolves when all have ended. */
  runAll(): Promise<void>;
  /** Runs each job now that is made up and fell due since then (ms UTC; null: never); resolves when all have ended. */
  makeUp(since: number | null): Promise<void>;
  /** No further run starts; resolves when those under way have ended. */
  stop(): Promise<void>;
}

/** Runs each job by its schedule. A job never overlaps itself; a failed run is logged and the next still happens. */
export function startJobs(jobs: readonly Job[], app: App): RunningJobs {
  const running = new Set<Promise<void>>();
  const runs = jobs.map((job) => withoutOverlap(() => runOnce(job, app), running));
  const tasks = jobs.map((job, index) =>
    schedule(scheduleOf(job, app.config), runs[index]!, { name: job.name, timezone: app.config.timezone }),
  );
  return {
    async runAll() {
      // Those under way may have begun before the leap.
      await Promise.all(running);
      for (const run of runs) run();
      await Promise.all(running);
    },
    async makeUp(since) {
      const isMissed = (job: Job) => job.isMadeUp === true && since !== null && fellDue(job, since, app);
      for (const [index, job] of jobs.entries()) if (isMissed(job)) runs[index]!();
      await Promise.all(running);
    },
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()));
      await Promise.all(running);
    },
  };
}

function fellDue(job: Job, since: number, { config, now }: App): boolean {
  return nextRun(scheduleOf(job, config), since, config.timezone) <= now();
}

/** The cron expression of a job. */
export function scheduleOf({ schedule }: Pick<Job, 'schedule'>, config: Pick<Config, 'exchange'>): string {
  return typeof schedule === 'string' ? schedule : schedule(config);
}

/** One run of a job; it never rejects. */
export async function runOnce(job: Job, app: App): Promise<void> {
  try {
    await job.run(app, app.now());
  } catch (err) {
    app.log.error({ err, job: job.name }, 'A job failed; its next run is as scheduled.');
  }
}

/** `work`, but a call while it is still running does nothing. */
export function withoutOverlap(work: () => Promise<void>, running: Set<Promise<void>>): () => void {
  let current: Promise<void> | null = null;
  return () => {
    if (current) return;
    const run = work().finally(() => {
      running.delete(run);
      current = null;
    });
    current = run;
    running.add(run);
  };
}
