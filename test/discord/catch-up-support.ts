import type { HasId } from '../../sandbox/sandbox.ts';
import type { PlacedGap } from '../../src/domain/coverage.ts';
import type { Store } from '../../src/store/store.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team, TestBot, TestBotOptions } from '../support/bot.ts';
import { openTestStore } from '../support/empty-store.ts';

export const RULES = { workspaces: [{ match: 'project-*', type: 'project' as const }] };

/** A team whose bot goes away and comes back, to one database. */
export interface Away {
  team: Team;
  store: Store;
  /** The bot, while it is there. */
  readonly running: TestBot;
  /** Starts the bot, as after a restart when it ran before, and waits until it has caught up. */
  start(options?: Partial<TestBotOptions>): Promise<void>;
  stop(): Promise<void>;
  /** All that is recorded of a place, over all its sessions, in the order of recording. */
  said(threadId?: string | null, channelId?: string): Promise<string[]>;
  gaps(): Promise<PlacedGap[]>;
  end(): Promise<void>;
}

/** With the bot running. */
export async function startAway(): Promise<Away> {
  const team = await createTeam();
  const store = await openTestStore();
  let bot: TestBot | null = null;
  const away: Away = {
    team,
    store,
    get running() {
      if (!bot) throw new Error('The bot is away.');
      return bot;
    },
    async start(options = {}) {
      bot = await startTestBot({
        discord: team.discord,
        bot: team.bot,
        config: RULES,
        db: store,
        ...options,
      });
      await bot.settled();
    },
    async stop() {
      await bot?.stop();
      bot = null;
    },
    async said(threadId = null, channelId = team.channel.id) {
      const all = await store.workspaces.list();
      const workspaceId = all.find((one) => one.channelId === channelId)!.id;
      const logs = await store.sessions.list({ workspaceIds: [workspaceId], limit: 50 });
      const own = logs.filter((log) => log.threadId === threadId).sort((a, b) => a.startedAt - b.startedAt);
      const pages = own.map(({ sessionId }) => store.entries.page({ sessionId }, 0, 10_000));
      return (await Promise.all(pages)).flatMap(({ entries }) => entries.map(({ message }) => message));
    },
    async gaps() {
      const workspaceIds = (await store.workspaces.list()).map(({ id }) => id);
      return store.coverage.gaps({ workspaceIds, from: 0, to: Number.MAX_SAFE_INTEGER }, 100);
    },
    async end() {
      await away.stop();
      await store.close();
      await team.discord.close();
    },
  };
  await away.start();
  return away;
}

export function numbered(count: number, word = 'message'): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);
}

/** The path at which Discord gives the messages of a place. */
export function messagesOf({ id }: HasId): RegExp {
  return new RegExp(`/channels/${id}/messages$`);
}
