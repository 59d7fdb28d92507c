import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { runOnce, startJobs, withoutOverlap } from '../../src/jobs/job.ts';
import type { Job } from '../../src/jobs/job.ts';

function appWithLog() {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  return { app: { log, now: () => 42, config: { timezone: 'UTC' } } as App, lines };
}

const job = (run: Job['run']): Job => ({ name: 'count', schedule: '* * * * * *', run });

/** A promise and what settles it. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

test('a leap of the clock runs every job, once more where one was already under way', async () => {
  const first = gate();
  let runs = 0;
  const counting = job(async () => {
    runs += 1;
    if (runs === 1) await first.passed;
  });
  const never = '0 0 0 1 1 *';
  const running = startJobs([{ ...counting, schedule: never }], appWithLog().app);
  const before = running.runAll();
  await expect.poll(() => runs).toBe(1);
  const after = running.runAll();
  first.open();
  await Promise.all([before, after]);
  expect(runs).toBe(2);
  await running.stop();
});

describe('what fell due while the bot was away', () => {
  const at = (text: string) => Date.parse(`2026-01-05T${text}:00Z`);

  test.each([
    ['is made up', true, at('08:59'), 1],
    ['is left to the next time by a job that comes round soon', false, at('08:59'), 0],
    ['is nothing where the time had passed before', true, at('09:00'), 0],
    ['is nothing where the bot never ran before', true, null, 0],
  ])('%s', async (_, isMadeUp, since, expected) => {
    const app = { ...appWithLog().app, now: () => at('11:30') };
    let runs = 0;
    const daily = { ...job(async () => void (runs += 1)), schedule: '0 9 * * *', isMadeUp };
    const running = startJobs([daily], app);
    await running.makeUp(since);
    await running.stop();
    expect(runs).toBe(expected);
  });
});

describe('a job', () => {
  test('gets the time it runs at', async () => {
    const times: number[] = [];
    await runOnce(
      job(async (_, now) => void times.push(now)),
      appWithLog().app,
    );
    expect(times).toEqual([42]);
  });

  test('that fails is logged and does no further harm', async () => {
    const { app, lines } = appWithLog();
    await runOnce(
      job(() => Promise.reject(new Error('no disk'))),
      app,
    );
    expect(JSON.parse(lines[0]!)).toMatchObject({ job: 'count', err: { message: 'no disk' } });
  });

  test('never overlaps itself', async () => {
    const running = new Set<Promise<void>>();
    const first = gate();
    let runs = 0;
    const run = withoutOverlap(async () => {
      runs += 1;
      await first.passed;
    }, running);
    run();
    run();
    expect(runs).toBe(1);
    first.open();
    await Promise.all(running);
    run();
    expect(runs).toBe(2);
    expect(running.size).toBe(1);
    await Promise.all(running);
    expect(running.size).toBe(0);
  });

  test('runs by its schedule, also after a failure, and is awaited at the end', async () => {
    const { app } = appWithLog();
    const started = gate();
    const last = gate();
    let runs = 0;
    let finished = false;
    const jobs = startJobs(
      [
        job(async () => {
          runs += 1;
          if (runs === 1) throw new Error('the first one fails');
          started.open();
          await last.passed;
          finished = true;
        }),
      ],
      app,
    );
    await started.passed;
    const stopped = jobs.stop();
    last.open();
    await stopped;
    expect(finished).toBe(true);
    expect(runs).toBe(2);
  });
});
