import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDesk, fill, SESSION } from './support.ts';
import type { Desk } from './support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = createDesk();
  const store = await desk.open();
  await fill(store);
  await store.close();
});
afterAll(() => desk.close());

const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('work-logs export', () => {
  test('gives the artifact of a session', async () => {
    const { code, stdout } = await desk.run(['export', '-w', 'project-refactor']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'work-log-v1',
      query: 'Refactor the authentication module',
      decisions: [{ step: 5, tool: 'write_file', status: 'error', duration_ms: 3200 }],
      summary: { total_steps: 30, tool_calls: 1 },
      recommendations: ['verify_low_confidence_decisions'],
      _meta: { id: SESSION, producer: 'nanobot', consumer: null, schema: 'work-log-v1' },
    });
  });

  test('gives each step as a line', async () => {
    const { stdout } = await desk.run(['export', '-s', SESSION, '--format', 'ndjson']);
    const steps = lines(stdout);
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    expect(steps[2]).toMatchObject({
      bot_name: 'researcher',
      workspace_id: '#project-refactor',
      confidence: 0.9,
    });
  });

  test('writes to a file, and keeps standard output empty', async () => {
    const { code, stdout } = await desk.run([
      'export',
      '-s',
      SESSION,
      '--format',
      'ndjson',
      '--out',
      'log.ndjson',
    ]);
    expect([code, stdout]).toEqual([0, '']);
    expect(lines(readFileSync(join(desk.cwd, 'log.ndjson'), 'utf8'))).toHaveLength(30);
  });

  test('never writes over the database, or its log, by whatever name', async () => {
    const bot = await desk.open();
    for (const [index, suffix] of ['', '-wal'].entries()) {
      const link = `link-${index}.json`;
      symlinkSync(`${desk.db}${suffix}`, join(desk.cwd, link));
      for (const out of [`${desk.db}${suffix}`, link]) {
        const { code, stderr } = await desk.run(['export', '--out', out]);
        expect([code, stderr]).toEqual([
          1,
          `${out} belongs to the database of the bot. Name another file with --out.\n`,
        ]);
      }
    }
    expect(await bot.sessions.get(SESSION)).not.toBeNull();
    await bot.close();
  });

  test('says when the file cannot be written', async () => {
    const { code, stderr } = await desk.run(['export', '--out', 'no/such/place.json']);
    expect([code, stderr]).toEqual([
      1,
      'no/such/place.json cannot be written (ENOENT). Name another file with --out.\n',
    ]);
  });
});
