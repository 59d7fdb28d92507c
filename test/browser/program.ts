import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface Program {
  url: string;
  stop(): Promise<void>;
}

/** `npm start -- --fast` as a visitor runs it, in a folder of its own; resolves when the agents have said all. */
export async function startProgram(): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'work-logs-'));
  const { DISCORD_TOKEN: _, ...env } = process.env;
  const child = spawn(process.execPath, [resolve('src/main.ts'), '--fast'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit');
  let url = '';
  for await (const line of createInterface(child.stdout)) {
    url ||= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
    if (line.includes('keeps running')) break;
  }
  child.stdout.resume();
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  return { url, stop };
}
