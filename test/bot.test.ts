import { afterEach, expect, test } from 'vitest';
import { createTeam, startTestBot } from './support/bot.ts';
import type { Team, TestBot, TestBotOptions } from './support/bot.ts';

const RULES = { workspaces: [{ match: 'project-*', type: 'project' as const, coordinator: 'nanobot' }] };

let team: Team;
let bot: TestBot | undefined;

async function start(options: Partial<TestBotOptions> = {}): Promise<TestBot> {
  bot = await startTestBot({ discord: team.discord, bot: team.bot, config: RULES, ...options });
  await bot.settled();
  return bot;
}

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await team.discord.close();
});

/** The steps of the latest session of a place, as `author: text`. */
async function steps({ app }: TestBot, channelId: string, threadId: string | null = null): Promise<string[]> {
  const workspace = app.workspaces.byChannel(channelId)!;
  const log = await app.store.sessions.latest({ workspaceId: workspace.id, threadId });
  if (!log) return [];
  const { entries } = await app.store.entries.page({ sessionId: log.sessionId }, 0, 100);
  return entries.map(({ author, message }) => `${author.name}: ${message}`);
}

test('records what people, bots and webhook personas say in a mapped channel, in order', async () => {
  team = await createTeam();
  const running = await start();
  const { channel, ana, researcher } = team;
  ana.in(channel).send('Which CSS framework?');
  researcher.in(channel).send('Looking into it');
  channel.createWebhook({ name: 'hook' }).send({ content: 'Plain CSS', username: 'designer' });
  await running.settled();
  expect(await steps(running, channel.id)).toEqual([
    'Ana: Which CSS framework?',
    'researcher: Looking into it',
    'designer: Plain CSS',
  ]);
});
