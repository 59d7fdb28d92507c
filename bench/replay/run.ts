import { startSandbox } from '../../sandbox/sandbox.ts';
import { openStore } from '../../src/store/open.ts';
import { startBot } from '../shared/bot-process.ts';
import type { BotProcess } from '../shared/bot-process.ts';
import { showProgress } from '../shared/progress.ts';
import { watchRecorded } from '../shared/recorded.ts';
import { waitUntilReached } from '../shared/wait.ts';
import { checkRecorded } from './check.ts';
import type { Checked } from './check.ts';
import type { Conversation } from '../../sandbox/replay/conversations.ts';
import { play } from './play.ts';
import type { Played } from './play.ts';
import { planReplay } from './plan.ts';
import type { Plan } from './plan.ts';
import { CHANNEL_PREFIX, setStage } from './stage.ts';
import type { Stage } from './stage.ts';

export interface ReplayOptions {
  /** How many conversations run at once. */
  concurrency: number;
  /** The database that the bot records into; must not exist yet. */
  dbPath: string;
  /** An empty directory for the bot to run in. */
  dir: string;
}

/** How long nothing may happen before the replay is given up. */
const STALL_MS = 30_000;
const POLL_MS = 100;

/**
 * Plays the conversations through a sandbox while the real bot records them.
 * @returns what was played, once all of it is recorded and the bot has stopped cleanly
 * @throws Error when the bot fails or records nothing more for {@link STALL_MS}
 */
export async function record(
  conversations: readonly Conversation[],
  { concurrency, dbPath, dir }: ReplayOptions,
): Promise<Played[]> {
  const plan = planReplay(conversations);
  const discord = await startSandbox({ rateLimits: 'off' });
  const stage = setStage(discord, plan);
  const config = {
    workspaces: [{ match: `${CHANNEL_PREFIX}*`, type: 'project', owners: ['everyone'] }],
    // Real conversations hold e-mail addresses and the like; here every character counts.
    work_logs: { privacy: { mask_secrets: false } },
  };
  const bot = startBot({ api: discord.api, token: stage.recorder.token, dbPath, dir, config });
  try {
    const played = await playAll(plan, stage, bot, { concurrency, dbPath });
    await bot.stop();
    return played;
  } finally {
    bot.kill();
    await discord.close();
  }
}

async function playAll(
  plan: Plan,
  stage: Stage,
  bot: BotProcess,
  { concurrency, dbPath }: Pick<ReplayOptions, 'concurrency' | 'dbPath'>,
): Promise<Played[]> {
  const wait = (what: string, read: () => number, target: number, onChange: (value: number) => void) => {
    const whileRunning = () => {
      bot.demandRunning();
      return read();
    };
    return waitUntilReached(whileRunning, target, { what, stallMs: STALL_MS, pollMs: POLL_MS, onChange });
  };
  await wait('The mapping of channels', stage.announced, stage.channels.length, () => {});
  const total = plan.parts.reduce((sum, { posts }) => sum + posts.length, 0);
  const progress = showProgress('recorded', total);
  const recorded = watchRecorded(dbPath);
  try {
    const recording = wait('Recording', recorded.durable, total, progress.update);
    const [played] = await Promise.all([play(plan, stage, concurrency), recording]);
    return played;
  } finally {
    recorded.close();
    progress.stop();
  }
}

/** Holds the database against what was played. */
export async function checkDatabase(dbPath: string, played: readonly Played[]): Promise<Checked> {
  const store = await openStore({ path: dbPath });
  try {
    return await checkRecorded(store, played);
  } finally {
    await store.close();
  }
}
