import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };

export interface BotOptions {
  /** REST base of the Discord it connects to. */
  api: string;
  token: string;
  dbPath: string;
  /** An own directory: its working directory, so that no `.env` or config file of the project is read. */
  dir: string;
  /** What the config file holds. */
  config: object;
  /** A module that is loaded into each of its threads before anything else, and may talk to this process. */
  hook?: string | undefined;
  /** Where agents' programs reach it; absent: nowhere. */
  agentPort?: number;
}

/** The real bot, in a process of its own, which never outlives this one. */
export interface BotProcess {
  child: ChildProcess;
  /** How it ended, for people; resolves when it is gone and its files are free. */
  ended: Promise<string>;
  /** What it said last, for people. */
  output(): string;
  /** @throws Error as soon as the bot has ended without having been told to */
  demandRunning(): void;
  /** Sends SIGTERM. Rejects when it does not end cleanly within the time it has. */
  stop(): Promise<void>;
  /** Ends it at once, if it still runs. */
  kill(): void;
}

/** The bot promises to end within 5 s of a SIGTERM; a busy machine may need longer to see it. */
const STOP_WITHIN_MS = 10_000;

/** How much of its output is kept for the error message, in characters. */
const OUTPUT_KEPT = 4000;

/** Node's options as `npm start` gives them: they stand between `node` and the program. */
const NODE_OPTIONS = manifest.scripts.start.split(' ').slice(1, -1);

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export function startBot({ api, token, dbPath, dir, config, hook, agentPort }: BotOptions): BotProcess {
  const configPath = join(dir, 'bot.config.json');
  writeFileSync(configPath, JSON.stringify(config));
  const hooks = hook === undefined ? [] : ['--expose-gc', '--import', hook];
  const child = spawn(process.execPath, [...NODE_OPTIONS, ...hooks, MAIN], {
    cwd: dir,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      DISCORD_TOKEN: token,
      DISCORD_API_URL: api,
      WORK_LOGS_CONFIG: configPath,
      WORK_LOGS_DB: dbPath,
      LOG_LEVEL: 'warn',
      ...(agentPort !== undefined && { AGENT_API_PORT: String(agentPort) }),
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(hook === undefined ? [] : (['ipc'] as const))],
  });
  return attend(child);
}

function attend(child: ChildProcess): BotProcess {
  const kill = () => void child.kill('SIGKILL');
  // Before anything else that happens then: its files can be removed only when it is gone.
  process.prependOnceListener('exit', kill);
  const output = collectOutput(child);
  /** How it ended, for people; undefined while it runs. */
  let end: string | undefined;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve((end = error.message)));
    child.once('close', (code, signal) => resolve((end = signal ?? `exit code ${code}`)));
  }).finally(() => process.off('exit', kill));
  return {
    child,
    ended,
    output,
    kill,
    demandRunning() {
      if (end !== undefined) throw new Error(`The bot ended by itself (${end}):\n${output()}`);
    },
    async stop() {
      this.demandRunning();
      const deadline = setTimeout(kill, STOP_WITHIN_MS);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(deadline);
      if (end !== 'exit code 0') throw new Error(`The bot did not stop cleanly (${end}):\n${output()}`);
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
