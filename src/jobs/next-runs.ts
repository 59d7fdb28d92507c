import { CronExpressionParser } from 'cron-parser';
import type { Job } from './job.ts';

/** When a job runs next, ms UTC. */
export interface NextRun {
  job: string;
  at: number;
}

/** By time. `timezone`: that of the schedules. */
export function nextRuns(
  jobs: readonly Pick<Job, 'name' | 'schedule'>[],
  now: number,
  timezone: string,
): NextRun[] {
  return jobs
    .map(({ name, schedule }) => {
      const next = CronExpressionParser.parse(schedule, { currentDate: new Date(now), tz: timezone }).next();
      return { job: name, at: next.getTime() };
    })
    .sort((a, b) => a.at - b.at);
}
