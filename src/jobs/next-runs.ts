import type { Config } from '../config.ts';
import { nextRun } from './next-run.ts';
import { scheduleOf } from './job.ts';
import type { Job } from './job.ts';

/** When a job runs next, ms UTC. */
export interface NextRun {
  job: string;
  at: number;
}

/** By time. */
export function nextRuns(
  jobs: readonly Pick<Job, 'name' | 'schedule'>[],
  now: number,
  config: Pick<Config, 'timezone' | 'exchange'>,
): NextRun[] {
  return jobs
    .map((job) => ({ job: job.name, at: nextRun(scheduleOf(job, config), now, config.timezone) }))
    .sort((a, b) => a.at - b.at);
}
