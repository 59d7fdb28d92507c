import { CronExpressionParser } from 'cron-parser';

/** When a cron expression comes true next, ms UTC. */
export function nextRun(expression: string, now: number, timezone: string): number {
  return CronExpressionParser.parse(expression, { currentDate: new Date(now), tz: timezone })
    .next()
    .getTime();
}
