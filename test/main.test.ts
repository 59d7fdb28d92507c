import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../src/store/open.ts';
import { createTeam } from './support/bot.ts';
import type { Team } from './support/bot.ts';
import { programEnv } from './support/program-env.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;

let cwd: string;
let team: Team;
let programs: ChildProcess[];
beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'work-logs-main-'));
  team = await createTeam();
  programs = [];
});
afterEach(async () => {
  for (const program of programs) program.kill('SIGKILL');
  await team.discord.close();
  rmSync(cwd, { recursive: true });
});

/** Starts the program as `npm start` does, in a directory of its own. */
function run(env: Record<string, string> = {}, args: string[] = []) {
  const program = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: {
      ...programEnv(),
      DISCORD_TOKEN: team.bot.token,
      DISCORD_API_URL: team.discord.api,
      WORK_LOGS_DB: 'test.db',
      ...env,
    },
  });
  programs.push(program);
  const output = { stdout: '', stderr: '' };
  program.stdout.on('data', (text: Buffer) => (output.stdout += text.toString()));
  program.stderr.on('data', (text: Buffer) => (output.stderr += text.toString()));
  const ended = new Promise<number | null>((resolve) => {
    program.once('close', resolve);
  });
  const says = async (words: string) => {
    await expect.poll(() => output.stdout, { timeout: 30_000 }).toContain(words);
  };
  return { program, output, ended, says };
}

const config = (content: string) => writeFileSync(join(cwd, 'work-logs.config.json'), content);
const RULES = JSON.stringify({ workspaces: [{ match: 'project-*', type: 'project' }] });

describe('the program', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'records, and on %s ends cleanly with all it has heard',
    async (signal) => {
      config(RULES);
      const { program, output, ended, says } = run();
      await says('mapped by rule');
      await says('commands are deployed');
      const sent = Array.from({ length: 50 }, (_, n) => team.ana.in(team.channel).send(`message ${n}`));
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
      const toldAt = performance.now();
      program.kill(signal);
      expect(await ended).toBe(0);
      expect(performance.now() - toldAt).toBeLessThan(5000);
      expect(output.stderr).toBe('');
      const store = await openStore({ path: join(cwd, 'test.db') });
      expect(await store.entries.byMessage(sent.at(-1)!.id)).toMatchObject({ step: 50 });
      await store.close();
    },
  );

  test.each([
    ['a bad variable', { LOG_LEVEL: 'loud' }, RULES, 'LOG_LEVEL must be one of'],
    ['a config file that is not JSON', {}, '{', 'is not JSON: line 1, column 2'],
    ['an unknown key', {}, '{ "workspace": [] }', 'workspace: unknown key'],
    ['a config file that is not there', { WORK_LOGS_CONFIG: 'gone.json' }, RULES, 'gone.json does not exist'],
    [
      'files beside a database in memory',
      { WORK_LOGS_DB: ':memory:' },
      '{ "work_logs": { "storage": "file" } }',
      'work_logs.storage is "file", which needs a database on disk',
    ],
    ['a wrong token', { DISCORD_TOKEN: 'wrong' }, RULES, 'Discord does not accept DISCORD_TOKEN'],
  ])('ends with 2 and says what to do for %s', async (_, env, file, words) => {
    config(file);
    const { output, ended } = run(env);
    expect(await ended).toBe(2);
    expect(output.stderr).toContain(words);
    expect(output.stderr).not.toMatch(/^ {4}at /m);
  });

  test.each([
    [['--replay', 'gone.ndjson'], { DISCORD_TOKEN: '' }, /^gone\.ndjson: cannot be read \(ENOENT\)\n$/],
    [['--replay', 'bad.ndjson'], { DISCORD_TOKEN: '' }, /^bad\.ndjson:1: not JSON \(.*\)\n$/],
    [['--replay'], {}, /^Option '--replay <value>' argument missing\. Use: npm start.*\n$/],
    [['--replay', 'bad.ndjson'], {}, /^--replay plays in a local Discord: unset DISCORD_TOKEN\.\n$/],
  ])('ends with 2 and one sentence for %j', async (args, env, words) => {
    writeFileSync(join(cwd, 'bad.ndjson'), 'What?\n');
    const { output, ended } = run({ WORK_LOGS_DB: '', ...env }, args);
    expect(await ended).toBe(2);
    expect(output.stderr).toMatch(words);
  });

  test('ends with 2 and names the switch when Message Content is off', async () => {
    team.bot.setPrivilegedIntents(0);
    const { output, ended } = run();
    expect(await ended).toBe(2);
    expect(output.stderr).toContain('"Message Content Intent"');
  });

  test('ends with 1 and says what to do when the database cannot be used', async () => {
    const { output, ended } = run({ WORK_LOGS_DB: '.' });
    expect(await ended).toBe(1);
    expect(output.stderr).toContain('Set WORK_LOGS_DB');
    expect(output.stderr).not.toMatch(/^ {4}at /m);
  });

  test('keeps trying while Discord is away, says so, and ends cleanly when it is told to', async () => {
    const { program, ended, says } = run({ DISCORD_API_URL: 'http://127.0.0.1:9/api' });
    await says('Discord cannot be reached; trying again');
    program.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test('ends cleanly while Discord makes it wait for its commands', async () => {
    config(RULES);
    team.discord.faults.failRest({ path: /commands$/, method: 'PUT', delayMs: 30_000 });
    const { program, ended, says } = run();
    await says('mapped by rule');
    const toldAt = performance.now();
    program.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(4000);
  });

  test('ends with 2 when its token is reset while it runs', async () => {
    const { output, ended, says } = run();
    await says('Connected to Discord');
    team.discord.faults.closeConnections(4004);
    expect(await ended).toBe(2);
    expect(output.stderr).toContain('Discord does not accept DISCORD_TOKEN');
  });
});

// Each starts a bot and a Discord, and plays all of it.
describe('without a token', { timeout: 60_000 }, () => {
  const LOCAL = { DISCORD_TOKEN: '', WORK_LOGS_DB: '' };
  const folderIn = (stdout: string) => /\S*work-logs-\w+(?=\/work-logs\.db)/.exec(stdout)![0];

  test('what is recorded is gone at the end, and nothing is left where it was started', async () => {
    const { program, output, ended, says } = run(LOCAL, ['--fast']);
    await says('keeps running');
    const folder = folderIn(output.stdout);
    expect(existsSync(folder)).toBe(true);
    program.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('a database that was chosen is kept, with what programs reported over MCP and HTTP', async () => {
    const { program, output, ended, says } = run({ ...LOCAL, WORK_LOGS_DB: 'kept.db' }, ['--fast']);
    await says('keeps running');
    expect(output.stdout).not.toContain('What is recorded here ends with it');
    program.kill('SIGTERM');
    expect(await ended).toBe(0);
    const store = await openStore({ path: join(cwd, 'kept.db') });
    const website = (await store.workspaces.list()).find(({ name }) => name === 'coordination-website');
    const [log] = await store.sessions.list({ workspaceIds: [website!.id], limit: 1 });
    const { entries } = await store.entries.page({ sessionId: log!.sessionId }, 0, 50);
    const runs = entries.filter(({ tool, origin }) => tool && origin === 'reported');
    expect(
      runs.map(({ author, tool, durationMs }) => [author.name, tool!.name, tool!.status, durationMs]),
    ).toEqual([
      ['coder', 'deploy_preview', 'success', 41_300],
      ['researcher', 'fetch_page', 'success', 2100],
      ['researcher', 'fetch_page', 'success', 3000],
      ['researcher', 'fetch_page', 'timeout', 30_000],
      ['researcher', 'fetch_page', 'success', 2400],
    ]);
    expect(output.stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /researcher’s program reports over MCP: fetch_page, 30\.0 s, timeout: step \d+/,
    );
    await store.close();
  });

  test('conversations of a file are played and recorded, each in a channel of its own', async () => {
    const talk = (id: string, content: string) =>
      JSON.stringify({
        id,
        messages: [
          { author: 'Ana', role: 'human', content, to: 'coder' },
          {
            author: 'coder',
            role: 'bot',
            content: 'Done.',
            tool: { name: 'Bash', status: 'success', duration_ms: 5 },
          },
        ],
      });
    writeFileSync(
      join(cwd, 'talk.ndjson'),
      [talk('Fix It!', 'Fix the login'), talk('two', 'Write the docs')].join('\n'),
    );
    const { program, output, ended, says } = run(LOCAL, ['--replay', 'talk.ndjson', '--fast']);
    await says('keeps running');
    expect(output.stdout).toMatch(/2 conversations are\s+played/);
    expect(output.stdout).toMatch(
      /── #1-fix-it ─[^]*@coder Fix the login[^]*── #2-two ─[^]*@coder Write the docs/,
    );
    expect(output.stdout).toMatch(/3 steps · 1 tool run/);
    program.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
