import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBackend } from '../src/backend.ts';
import { startBot } from '../src/bot.ts';
import { retention } from '../src/jobs/retention.ts';
import { startJobs } from '../src/jobs/job.ts';
import { createLog } from '../src/log.ts';
import { openTestStore } from './support/empty-store.ts';
import { idOf, OPEN_TO_ALL } from './commands/support.ts';
import { mapping, placed, RULES, START } from './store/support.ts';
import { expectWholeIndex } from './store/whole-index.ts';
import { createTeam, testConfig } from './support/bot.ts';
import type { Team } from './support/bot.ts';
import { programEnv } from './support/program-env.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const ENTRIES = 15_000;
/** Of a test, in ms: two programs are started in each. */
const PATIENCE = 60_000;
const CONFIG = OPEN_TO_ALL;

let dir: string;
let path: string;
let team: Team;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'work-logs-stopping-'));
  path = join(dir, 'work-logs.db');
  team = await createTeam();
  await fill();
});
afterEach(async () => {
  await team.discord.close();
  rmSync(dir, { recursive: true });
});

/** So much that Ben said, years ago as far as retention is concerned, that removing it takes longer than a stop may. */
async function fill(): Promise<void> {
  const { guild, channel, ben } = team;
  const store = await openTestStore({ path, now: () => START });
  const place = { guildId: guild.id, channelId: channel.id, name: 'project-site' };
  const id = (await store.workspaces.map(mapping({ ...place, owners: ['everyone'] }), START, null)).id;
  const author = { key: ben.id, name: 'Ben', kind: 'person' as const };
  const said = Array.from({ length: ENTRIES }, (_, n) =>
    placed(n, { author, message: `planted${n} words of his` }, { workspaceId: id }),
  );
  await store.entries.append(said, RULES);
  await store.sessions.close({ workspaceId: id, threadId: null }, START + 1, 'command');
  await store.entries.search({ workspaceId: id, words: ['planted1'], tags: [], limit: 1 });
  await store.close();
}

/** How many of his texts are in the database. */
function left(): number {
  const db = new Database(path, { readonly: true });
  try {
    return Number(db.prepare("SELECT count(*) FROM entries WHERE message GLOB 'planted*'").pluck().get());
  } finally {
    db.close();
  }
}

async function underWay(): Promise<void> {
  await expect.poll(left, { interval: 1, timeout: 30_000 }).toBeLessThan(ENTRIES);
}

/** Some of it is gone, and what is there is whole. */
function checkHalfDone(): void {
  expect(left()).toBeGreaterThan(0);
  expect(left()).toBeLessThan(ENTRIES);
  const db = new Database(path);
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expectWholeIndex(db);
  db.close();
}

function bytes(): string {
  const files = [path, `${path}-wal`].filter((file) => existsSync(file));
  return files.map((file) => readFileSync(file).toString('latin1')).join('');
}

/** The bot with its database in a thread, as the program starts it. */
async function startProgram() {
  const config = testConfig({ discord: team.discord, config: CONFIG, env: { WORK_LOGS_DB: path } });
  const backend = await startBackend({ path, rules: config.recording });
  const { token } = team.bot;
  const bot = await startBot({
    config: { ...config, discord: { ...config.discord, token } },
    backend,
    log: createLog({ level: 'silent', secrets: [token] }),
    now: Date.now,
    signal: new AbortController().signal,
  });
  return { bot, backend };
}

test(
  'a bot that is stopped while it deletes what is old ends in time, and goes on when it is started again',
  { timeout: PATIENCE },
  async () => {
    const first = await startProgram();
    const running = startJobs([retention], first.bot.app);
    const run = running.runAll();
    await underWay();
    const toldAt = performance.now();
    await first.bot.stop();
    await Promise.all([run, running.stop()]);
    await first.backend.close();
    expect(performance.now() - toldAt).toBeLessThan(4000);
    checkHalfDone();

    const second = await startProgram();
    await startJobs([retention], second.bot.app).runAll();
    expect(left()).toBe(0);
    await second.bot.stop();
    await second.backend.close();
    expect(bytes()).not.toContain('planted');
  },
);

test(
  'the program ends in time on SIGTERM while it forgets somebody, and ends that when it is started again',
  { timeout: PATIENCE },
  async () => {
    writeFileSync(join(dir, 'work-logs.config.json'), JSON.stringify(CONFIG));
    const program = spawn(process.execPath, [MAIN], {
      cwd: dir,
      env: {
        ...programEnv(),
        DISCORD_TOKEN: team.bot.token,
        DISCORD_API_URL: team.discord.api,
        WORK_LOGS_DB: path,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((resolve) => {
      program.once('close', resolve);
    });
    let said = '';
    program.stdout.on('data', (text: Buffer) => (said += text.toString()));
    await expect.poll(() => said, { timeout: 30_000 }).toContain('commands are deployed');
    const ask = await team.ben.in(team.channel).command('privacy forget-me');
    const pressed = team.ben.in(team.channel).click(await ask.reply(), idOf(await ask.reply(), 'Forget me'));
    await underWay();
    const toldAt = performance.now();
    program.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(5000);
    await pressed.catch(() => {});
    checkHalfDone();

    const { bot, backend } = await startProgram();
    await bot.app.store.erasure.resume(Infinity);
    expect(left()).toBe(0);
    await bot.stop();
    await backend.close();
    expect(bytes()).not.toMatch(/planted\d+ words of his/);
  },
);
