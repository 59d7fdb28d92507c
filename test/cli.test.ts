import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestStore } from './support/empty-store.ts';
import type { Store } from '../src/store/store.ts';
import { fill } from './cli/support.ts';
import { programEnv } from './support/program-env.ts';

const CLI = new URL('../src/cli.ts', import.meta.url).pathname;
const BIN = new URL('../bin/work-logs.js', import.meta.url).pathname;

let cwd: string;
/** The bot is running meanwhile. */
let bot: Store;
beforeEach(async () => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'work-logs-cli-')));
  bot = await openTestStore({ path: join(cwd, 'test.db') });
  await fill(bot);
});
afterEach(async () => {
  await bot.close();
  rmSync(cwd, { recursive: true });
});

/** Runs a program in the directory of the bot; `readUntil` hangs up on its output early. */
async function run(command: string, args: string[], { readUntil = '' } = {}) {
  const child = spawn(command, args, { cwd, env: { ...programEnv(), WORK_LOGS_DB: 'test.db' } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => {
    output.stdout += text.toString();
    if (readUntil !== '' && output.stdout.includes(readUntil)) child.stdout.destroy();
  });
  child.stderr.on('data', (text: Buffer) => (output.stderr += text.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { code, ...output };
}

describe('the program work-logs', () => {
  test('answers beside a running bot, plainly where it is not a terminal', async () => {
    const { code, stdout, stderr } = await run(process.execPath, [CLI, 'explain', '-w', 'project-refactor']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('📓 #project-refactor');
    expect(stdout).not.toContain('\u001B');
  });

  test('writes one JSON object to standard output, whole also when it is long', async () => {
    const { code, stdout } = await run(process.execPath, [
      CLI,
      'explain',
      '-w',
      'project-refactor',
      '--json',
    ]);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { entries: unknown[] }).entries).toHaveLength(30);
  });

  test('ends quietly when nobody reads on', async () => {
    const args = [CLI, 'export', '-w', 'project-refactor', '--format', 'ndjson'];
    expect(await run(process.execPath, args, { readUntil: '{' })).toMatchObject({ code: 0, stderr: '' });
  });

  test.each([
    [1, ['explain', '-w', 'nope']],
    [2, ['explain', '--nope']],
  ])('ends with %i for %j', async (expected, args) => {
    const { code, stdout, stderr } = await run(process.execPath, [CLI, ...args]);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).not.toContain('    at ');
  });

  test('runs by its name, as npm links it, from any directory', async () => {
    const linked = join(cwd, 'work-logs');
    symlinkSync(BIN, linked);
    const { code, stdout } = await run(linked, ['workspace-logs']);
    expect(code).toBe(0);
    expect(stdout).toContain('Latest sessions');
  });
});
