import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../src/main.ts');

/** From the question to the end of its answer, as it is printed. */
const ANSWER = /^Ana #project-refactor › \/explain$.*?^\(only Ana sees this\)$/ms;

/** Starts the program as somebody would who has just cloned it, with nothing of this environment but the path. */
async function start() {
  const directory = await mkdtemp(join(tmpdir(), 'work-logs-'));
  const bot = spawn(process.execPath, [MAIN, '--fast'], {
    cwd: directory,
    env: { PATH: process.env['PATH'], WORK_LOGS_DB: join(directory, 'logs.db') },
  });
  const written = { out: '', log: '' };
  bot.stdout.setEncoding('utf8').on('data', (chunk: string) => (written.out += chunk));
  bot.stderr.setEncoding('utf8').on('data', (chunk: string) => (written.log += chunk));
  return {
    bot,
    written,
    async [Symbol.asyncDispose]() {
      bot.kill('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Each step of an answer in short: its number, icon, author, whom it was handed to, what it answers. */
function stepsOf(answer: string): string[] {
  return [...answer.matchAll(/^│ \d+ \S+ \w+(?: → \w+)?(?: \(to \d+\))?/gm)].map(([head]) => head.slice(2));
}

test('without a token it plays in a local Discord, explains what happened, and stops when told to', async () => {
  await using program = await start();
  const { bot, written } = program;
  await expect.poll(() => written.out, { timeout: 15_000 }).toMatch(ANSWER);
  const [answer] = ANSWER.exec(written.out)!;
  expect(answer).toContain('#project-refactor · project · nanobot coordinates');
  expect(answer).toContain('“@nanobot Please refactor the authentication module.');
  expect(answer).toContain('10 steps · 2 handoffs · 🚨 1 asked for a decision');
  expect(stepsOf(answer)).toEqual([
    '1 💬 Ana',
    '2 💬 nanobot (to 1)',
    '3 🤝 nanobot → researcher',
    '4 💬 researcher (to 3)',
    '5 🤝 nanobot → coder',
    '6 💬 coder (to 5)',
    '7 💬 nanobot (to 6)',
    '8 💬 coder (to 5)',
    '9 🚨 nanobot',
    '10 💬 nanobot',
  ]);
  const told = Date.now();
  bot.kill('SIGTERM');
  expect(await once(bot, 'exit')).toEqual([0, null]);
  expect(Date.now() - told).toBeLessThan(5000);
});
