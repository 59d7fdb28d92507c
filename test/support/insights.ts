import type { APIMessage } from 'discord.js';
import type { Bot, HasId } from '../../sandbox/sandbox.ts';
import { exchangeInsights } from '../../src/jobs/exchange-insights.ts';
import type { Insight } from '../../src/domain/insight.ts';
import { INSIGHT_STATES } from '../../src/domain/insight.ts';
import type { Running } from '../commands/support.ts';
import { said } from './escalations.ts';

/** What a bot posts that others may learn from. */
export function insightBlock(message: string, fields: Record<string, unknown> = {}): string {
  const block = {
    type: 'insight',
    message,
    insight_category: 'user_preference',
    confidence: 0.95,
    ...fields,
  };
  return `\`\`\`worklog\n${JSON.stringify(block)}\n\`\`\``;
}

/** A bot says it, and the session ends. */
export async function learn(
  team: Running,
  bot: Bot,
  place: HasId,
  message: string,
  fields: Record<string, unknown> = {},
): Promise<APIMessage> {
  const sent = bot.in(place).send(insightBlock(message, fields));
  await endSession(team, place);
  return sent as unknown as APIMessage;
}

export async function endSession(
  team: Running,
  { id }: HasId,
  threadId: string | null = null,
): Promise<void> {
  await team.running.settled();
  const { app } = team.running;
  const workspaceId = app.workspaces.byChannel(id)!.id;
  await app.store.sessions.close({ workspaceId, threadId }, app.now(), 'command');
}

/** A cycle of the exchange, and all that the bot has to say of it; `at`: as if it were then. */
export async function exchange(team: Running, at?: number): Promise<void> {
  await team.running.settled();
  await exchangeInsights.run(team.running.app, at ?? team.running.app.now());
  await said(team, at);
}

/** All insights of the server, the oldest first. */
export async function insightsOf({ running, guild }: Running): Promise<Insight[]> {
  const { workspaces, store } = running.app;
  const workspaceIds = workspaces.ofGuild(guild.id).map(({ id }) => id);
  const found = await store.insights.list({ workspaceIds, states: INSIGHT_STATES, offset: 0, limit: 1000 });
  return found.insights.reverse();
}

/** What a bot has by its inbox, in words. */
export async function inboxOf({ running, guild }: Running, bot: HasId): Promise<string[]> {
  const found = await running.app.store.insights.inbox({ bot: bot.id, guildId: guild.id, limit: 1000 });
  return found.map(({ content }) => content).sort();
}

/** The blocks of a message, read. */
export function blocksOf({ content }: Pick<APIMessage, 'content'>): Record<string, unknown>[] {
  const [, json = '[]'] = /```worklog\n(.*)\n```/.exec(content) ?? [];
  const read = JSON.parse(json) as Record<string, unknown> | Record<string, unknown>[];
  return Array.isArray(read) ? read : [read];
}
