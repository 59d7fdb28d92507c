import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RULES, placed } from '../store/support.ts';
import { createDesk, fill, SESSION } from './support.ts';
import type { Desk } from './support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = createDesk();
  const store = await desk.open();
  await fill(store);
  const threads = Array.from({ length: 20 }, (_, n) =>
    placed(200 + n, { message: `thread ${n} begins` }, { threadId: String(700 + n) }),
  );
  await store.entries.append(threads, RULES);
  await store.close();
});
afterAll(() => desk.close());

describe('work-logs workspace-logs', () => {
  test('lists the newest sessions with how to explain each', async () => {
    const { code, stdout } = await desk.run(['workspace-logs']);
    expect(code).toBe(0);
    expect(stdout.match(/“thread \d+ begins”/g)).toHaveLength(10);
    expect(stdout.indexOf('thread 19')).toBeLessThan(stdout.indexOf('thread 18'));
    expect(stdout.match(/work-logs explain -s \d+/g)).toHaveLength(10);
    expect(stdout.match(/Latest sessions/g)).toHaveLength(1);
  });

  test('lists as many as asked for, of one workspace when told', async () => {
    const { stdout } = await desk.run(['workspace-logs', '-n', '100', '--json']);
    const { work_logs: logs } = JSON.parse(stdout) as { work_logs: Record<string, unknown>[] };
    expect(logs).toHaveLength(22);
    expect(logs.at(-1)).toMatchObject({ session_id: SESSION, counts: { steps: 30, handoffs: 1 } });
    const general = await desk.run(['workspace-logs', '-w', 'general']);
    expect(general.stdout).toContain('Latest sessions · #general · open');
    expect(general.stdout).toContain('researcher');
    expect(general.stdout).not.toContain('thread');
  });
});
