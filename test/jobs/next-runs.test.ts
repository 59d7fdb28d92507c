import { expect, test } from 'vitest';
import { jobs } from '../../src/jobs/index.ts';
import { nextRuns } from '../../src/jobs/next-runs.ts';

const NOW = Date.UTC(2026, 0, 5, 9, 0, 30);
const MINUTE = 60_000;

const exchange = { every: '0 * * * *', channelId: null };

test('jobs run next when their schedules say, the first one first', () => {
  const some = [
    { name: 'hourly', schedule: '23 * * * *' },
    { name: 'often', schedule: '*/5 * * * * *' },
    { name: 'by the minute', schedule: '* * * * *' },
  ];
  expect(nextRuns(some, NOW, { timezone: 'UTC', exchange })).toEqual([
    { job: 'often', at: NOW + 5000 },
    { job: 'by the minute', at: NOW + 30_000 },
    { job: 'hourly', at: Date.UTC(2026, 0, 5, 9, 23) },
  ]);
});

test('a schedule is one of the clock of its zone', () => {
  const [run] = nextRuns([{ name: 'at noon', schedule: '0 12 * * *' }], NOW, {
    timezone: 'Asia/Kolkata',
    exchange,
  });
  expect(run!.at).toBe(Date.UTC(2026, 0, 6, 6, 30));
});

test('every job of the bot has a next run', () => {
  const runs = nextRuns(jobs, NOW, { timezone: 'UTC', exchange });
  expect(runs).toHaveLength(jobs.length);
  for (const { at } of runs) expect(at - NOW).toBeLessThanOrEqual(24 * 60 * MINUTE);
});
