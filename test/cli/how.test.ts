import Database from 'better-sqlite3';
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

  test('says where older steps are not searched yet, because their index is being made anew', async () => {
    const desk = createDesk();
    try {
      const store = await desk.open();
      await fill(store);
      await store.close();
      letIndexBeginAnew(desk.db);
      const later = 'older steps of #project-refactor are not searched yet';
      const { stdout } = await desk.run(['how', 'wrote part 24'], { env: { COLUMNS: '400' } });
      expect(stdout).toContain('wrote part 24 of the rate limiter');
      expect(stdout).toContain(later);
      expect((await desk.run(['how', 'limit logins'], { env: { COLUMNS: '400' } })).stdout).toContain(later);
      expect((await desk.run(['how', 'lunch', '-w', 'general'])).stdout).not.toContain('not searched yet');
      const { stdout: json } = await desk.run(['how', 'limit logins', '--json']);
      expect(JSON.parse(json)).toMatchObject({ partly_searched: ['#project-refactor'] });
      const bot = await desk.open();
      await bot.entries.search({ workspaceId: 1, words: ['logins'], tags: [], limit: 1 });
      await bot.close();
      const { stdout: whole } = await desk.run(['how', 'limit logins', '-n', '1', '--json']);
      expect(JSON.parse(whole)).toMatchObject({ partly_searched: [], entries: [{ step: 4 }] });
    } finally {
      desk.close();
    }
  });
});

/** As a migration leaves it that makes the index anew; the last step of the first workspace is 200,000 entries behind the others. */
function letIndexBeginAnew(path: string): void {
  const db = new Database(path);
  db.exec(`
    INSERT INTO entries_fts (entries_fts) VALUES ('delete-all');
    UPDATE workspaces SET indexed_id = NULL;
    UPDATE entries SET id = id + 200000 WHERE id = (SELECT max(id) FROM entries WHERE id < (2 << 32))`);
  db.close();
}
