import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RULES, nanobot, placed } from '../store/support.ts';
import type { Store } from '../../src/store/store.ts';
import { createDesk, fill, SESSION } from './support.ts';
import type { Desk } from './support.ts';

let desk: Desk;
/** The bot is running meanwhile. */
let bot: Store;
beforeAll(async () => {
  desk = createDesk();
  bot = await desk.open();
  await fill(bot);
});
afterAll(async () => {
  await bot.close();
  desk.close();
});

describe('work-logs how', () => {
  test('finds the steps that answer a question, and says how to see one in its log', async () => {
    const { code, stdout } = await desk.run(['how', 'why', 'did', 'you', 'limit', 'logins?']);
    expect(code).toBe(0);
    expect(stdout).toContain('🔎 why did you limit logins?');
    expect(stdout).toContain('▏ Limit logins to 100 a minute');
    expect(stdout).toContain('Looked in #project-refactor, #general');
    expect(stdout).toContain(`work-logs explain -s ${SESSION}`);
    expect(stdout.match(/work-logs explain/g)).toHaveLength(1);
  });

  test('looks in one workspace alone when told, and says so where nothing is found', async () => {
    const args = ['how', 'limit logins', '-w', 'general'];
    const { code, stdout } = await desk.run(args, { env: { COLUMNS: '200' } });
    expect(code).toBe(0);
    expect(stdout).toContain('No step answers this. Looked in #general');
    expect(stdout).toContain('work-logs workspace-logs lists what there is');
  });

  test('finds what has just been recorded, and leaves the index to the bot', async () => {
    await bot.entries.append([placed(300, { author: nanobot, message: 'Chose the zebra layout' })], RULES);
    const { stdout } = await desk.run(['how', 'who chose a zebra', '--json']);
    const answer = JSON.parse(stdout) as { entries: unknown[] };
    expect(answer).toMatchObject({
      question: 'who chose a zebra',
      searched: ['#project-refactor', '#general'],
    });
    expect(answer.entries[0]).toMatchObject({
      message: 'Chose the zebra layout',
      session_id: SESSION,
      step: 31,
    });
  });

  test('shows as many as asked for', async () => {
    const { stdout } = await desk.run(['how', 'rate limiter', '-n', '12', '--json']);
    expect((JSON.parse(stdout) as { entries: unknown[] }).entries).toHaveLength(12);
    expect((await desk.run(['how', 'rate limiter', '-n', '20'])).stdout.match(/^▏/gm)).toHaveLength(20);
  });
});
