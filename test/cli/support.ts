import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/program.ts';
import { openTestStore } from '../support/empty-store.ts';
import type { Store } from '../../src/store/store.ts';
import { RULES, START, coder, mapping, nanobot, placed, researcher } from '../store/support.ts';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Desk {
  cwd: string;
  /** The database that the command line finds here. */
  db: string;
  /** Runs the command line as a process would, in this directory. */
  run(args: string[], options?: RunOptions): Promise<Ran>;
  /** Opens the database as the bot does. */
  open(): Promise<Store>;
  close(): void;
}

interface RunOptions {
  env?: Record<string, string>;
  /** A terminal of so many columns; without it, a pipe. */
  columns?: number;
}

/** The time at which commands are run. */
export const NOW = START + 10 * 60_000;

export function createDesk(): Desk {
  const cwd = mkdtempSync(join(tmpdir(), 'work-logs-cli-'));
  const db = join(cwd, 'data', 'work-logs.db');
  return {
    cwd,
    db,
    open: () => openTestStore({ path: db }),
    close: () => rmSync(cwd, { recursive: true }),
    async run(args, { env = {}, columns } = {}) {
      const said = { stdout: '', stderr: '' };
      const output = (name: keyof typeof said) => ({
        write: (text: string) => void (said[name] += text),
        isTTY: columns !== undefined,
        columns,
      });
      const code = await runCli(args, {
        env,
        cwd,
        stdout: output('stdout'),
        stderr: output('stderr'),
        now: () => NOW,
        exitCode: 0,
      });
      return { code, ...said };
    },
  };
}

/** The id of the session in #project-refactor. */
export const SESSION = '1000001';

/** Two workspaces with a session each: #project-refactor with 30 steps, and one in #general that is newer. */
export async function fill(store: Store): Promise<void> {
  await store.workspaces.map(mapping(), START, null);
  await store.workspaces.map(mapping({ channelId: '11', name: 'general', type: 'open' }), START, null);
  const work = Array.from({ length: 24 }, (_, n) =>
    placed(n + 7, { author: coder, message: `wrote part ${n + 1} of the rate limiter` }),
  );
  await store.entries.append(
    [
      placed(1, { message: 'Refactor the authentication module', mentions: [nanobot] }),
      placed(2, {
        author: nanobot,
        message: 'Look for holes',
        mentions: [researcher],
        addressed: [researcher],
      }),
      placed(3, {
        author: researcher,
        message: 'Logins can be tried\nwithout **any** limit',
        confidence: 0.9,
      }),
      placed(4, {
        author: nanobot,
        level: 'decision',
        message: 'Limit logins to 100 a minute',
        confidence: 0,
      }),
      placed(5, {
        author: coder,
        level: 'tool',
        message: 'write_file limit.ts',
        durationMs: 3200,
        tool: {
          name: 'write_file',
          input: { path: 'limit.ts' },
          output: null,
          status: 'error',
          error: 'disk full',
        },
      }),
      placed(6, { author: nanobot, escalation: true, message: 'Passphrases or special characters?' }),
      ...work,
      placed(90, { message: 'What is for lunch?' }, { workspaceId: 2 }),
      placed(91, { author: researcher, message: 'Soup \u001B[31mand \u202Ebread' }, { workspaceId: 2 }),
    ],
    RULES,
  );
}
