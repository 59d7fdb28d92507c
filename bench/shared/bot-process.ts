import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BotOptions {
  /** REST base of the Discord it connects to. */
  api: string;
  token: string;
  dbPath: string;
  /** An own directory: its working directory, so that no `.env` or config file of the project is read. */
  dir: string;
  /** What the config file holds. */
  config: object;
}

/** The real bot, in a process of its own. */
export interface BotProcess {
  pid: number;
  /** Rejects as soon as the process ends without having been told to. */
  crashed: Promise<never>;
  /** Sends SIGTERM. Rejects when it does not end cleanly within the time it has. */
  stop(): Promise<void>;
  /** Ends it at once, if it still runs. */
  kill(): void;
}

/** The bot promises to end within 5 s of a SIGTERM; a busy machine may need longer to see it. */
const STOP_WITHIN_MS = 10_000;

/** How much of its output is kept for the error message, in characters. */
const OUTPUT_KEPT = 4000;

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export function startBot({ api, token, dbPath, dir, config }: BotOptions): BotProcess {
  const configPath = join(dir, 'bot.config.json');
  writeFileSync(configPath, JSON.stringify(config));
  const child = spawn(process.execPath, [MAIN], {
    cwd: dir,
    env: {
      PATH: process.env['PATH'],
      DISCORD_TOKEN: token,
      DISCORD_API_URL: api,
      WORK_LOGS_CONFIG: configPath,
      WORK_LOGS_DB: dbPath,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return watch(child);
}

function watch(child: ChildProcess): BotProcess {
  const kill = () => void child.kill('SIGKILL');
  // It must not outlive this process, whichever way that ends.
  process.once('exit', kill);
  const output = collectOutput(child);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  }).finally(() => process.off('exit', kill));
  let stopping = false;
  const crashed = ended.then((how): Promise<never> => {
    if (stopping) return new Promise(() => {});
    throw new Error(`The bot ended by itself (${how}). Its last words:\n${output()}`);
  });
  // Whoever waits for something else meanwhile must not find this unhandled.
  crashed.catch(() => {});
  return {
    pid: child.pid!,
    crashed,
    kill: () => {
      stopping = true;
      kill();
    },
    async stop() {
      stopping = true;
      const deadline = setTimeout(kill, STOP_WITHIN_MS);
      child.kill('SIGTERM');
      const how = await ended;
      clearTimeout(deadline);
      if (how !== 'exit code 0') throw new Error(`The bot did not stop cleanly (${how}):\n${output()}`);
    },
  };
}

function collectOutput(child: ChildProcess): () => string {
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-OUTPUT_KEPT);
    });
  }
  return () => kept.trim() || '(it said nothing)';
}
