import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDesk } from '../cli/support.ts';
import type { Desk } from '../cli/support.ts';
import { ask, deployed } from '../commands/support.ts';
import { loadConfig } from '../../src/config.ts';
import { openStore } from '../../src/store/open.ts';
import { createTeam, startTestBot } from '../support/bot.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
afterEach(() => desk.close());

const configure = (storage: string) =>
  writeFileSync(join(desk.cwd, 'work-logs.config.json'), JSON.stringify({ work_logs: { storage } }));
const load = (env: Record<string, string> = {}) => loadConfig({ env, cwd: desk.cwd });

test.each([
  ['sqlite', {}, { dbPath: 'disk', sessionFolder: 'disk.sessions', memoryBecause: null }],
  ['file', {}, { dbPath: 'disk', sessionFolder: 'disk.sessions', memoryBecause: null }],
  [
    'memory',
    {},
    {
      dbPath: ':memory:',
      sessionFolder: null,
      memoryBecause: 'work_logs.storage is "memory" in the config file',
    },
  ],
  [
    'sqlite',
    { WORK_LOGS_DB: ':memory:' },
    { dbPath: ':memory:', sessionFolder: null, memoryBecause: 'WORK_LOGS_DB is :memory:' },
  ],
])('work_logs.storage %j with %j decides where the log is', (storage, env, expected) => {
  configure(storage);
  const { dbPath, sessionFolder, memoryBecause } = load(env);
  const onDisk = (path: string | null) => path?.replace(desk.db, 'disk') ?? null;
  expect({ dbPath: onDisk(dbPath), sessionFolder: onDisk(sessionFolder), memoryBecause }).toEqual(expected);
});

test('files beside a database that is nowhere are a fault that is named', () => {
  configure('file');
  expect(() => load({ WORK_LOGS_DB: ':memory:' })).toThrow(
    /work_logs\.storage is "file", which needs a database on disk, but WORK_LOGS_DB is :memory:/,
  );
});

test.each([
  ['where they can be', () => {}, /✓ files +ended sessions are written to .*\.sessions/],
  ['where a file is in the way', () => writeFileSync(`${desk.db}.sessions`, ''), /✖ files .*is not a folder/],
])('the doctor says whether files can be written: %s', async (_, prepare, says) => {
  configure('file');
  await (await desk.open()).close();
  prepare();
  const { stdout } = await desk.run(['doctor'], { env: { DISCORD_API_URL: 'http://127.0.0.1:9/api' } });
  expect(stdout.replaceAll(/\s*\n\s+/g, '')).toMatch(says);
});

describe('a log in memory', () => {
  test('leaves nothing on disk, and says at the start and in /status that it will end', async () => {
    configure('memory');
    const { dbPath: path } = load({ WORK_LOGS_DB: 'kept.db' });
    const store = await openStore({ path });
    const team = await createTeam();
    const config = { workspaces: [{ match: 'project-*', type: 'project' as const }] };
    const bot = await startTestBot({
      discord: team.discord,
      bot: team.bot,
      config: { ...config, work_logs: { storage: 'memory' } },
      db: store,
    });
    await deployed(bot);
    await bot.settled();
    team.ana.in(team.channel).send('hello');
    await bot.settled();
    const { text } = await ask(team.ana, team.channel, 'status');
    expect(text).toContain('⚠ The log is in memory alone: it ends when I am stopped.');
    expect(bot.logged().join('\n')).toContain(
      'The log is in memory alone and ends with the bot: work_logs.storage',
    );
    await bot.stop();
    await store.close();
    await team.discord.close();
    expect(readdirSync(desk.cwd)).toEqual(['work-logs.config.json']);
    expect(existsSync(desk.db)).toBe(false);
  });

  test('cannot be read from a terminal, which says why', async () => {
    configure('memory');
    for (const command of [['explain'], ['how', 'why'], ['workspace-logs'], ['export']]) {
      const { code, stderr } = await desk.run(command);
      expect(code).toBe(1);
      expect(stderr).toContain(
        'work_logs.storage is "memory" in the config file: the log is in the memory of the bot',
      );
    }
    const env = { WORK_LOGS_DB: ':memory:', DISCORD_API_URL: 'http://127.0.0.1:9/api' };
    expect((await desk.run(['doctor'], { env })).stdout).toContain(
      'work_logs.storage is "memory" in the config file: the log ends with the bot',
    );
  });
});
