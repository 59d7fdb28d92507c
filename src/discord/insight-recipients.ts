import { PermissionFlagsBits, Routes } from 'discord.js';
import type { Guild, GuildMember } from 'discord.js';
import type { App } from '../app.ts';
import type { Author } from '../domain/author.ts';
import { asOf, reaches } from '../domain/insight-scope.ts';
import type { Reachable } from '../domain/insight-scope.ts';
import type { Insight } from '../domain/insight.ts';
import type { Workspace } from '../domain/workspace.ts';
import { orNull } from './or-null.ts';

/** A bot that is in the server at this moment. */
export interface BotAround extends Reachable {
  bot: Author;
  /** Where it finds what is handed to it: the insights' workspace or, if it does not write there, the one where it wrote last. */
  workspaceId: number;
  member: GuildMember | null;
}

/** So many bots of a workspace, and of a server, are looked at: those that wrote last. */
const BOTS_MAX = 100;

/**
 * The bots that could get insights of a workspace. `now`: Discord is asked anew who is still there; without it, what is known of members
 * does, for a look ahead.
 */
export async function botsAround(
  app: Pick<App, 'store' | 'workspaces' | 'client'>,
  workspace: Workspace,
  now: boolean,
): Promise<BotAround[]> {
  const guild = await app.client.guilds.fetch(workspace.guildId);
  const others = app.workspaces
    .ofGuild(workspace.guildId)
    .filter(({ id, unmappedAt }) => id !== workspace.id && unmappedAt === null);
  const homes = new Map<string, { bot: Author; workspaceId: number }>();
  for (const { id } of [workspace, ...others])
    for (const bot of await app.store.bots.list([id], BOTS_MAX))
      if (!homes.has(bot.key)) homes.set(bot.key, { bot, workspaceId: id });
  const candidates = [...homes.values()]
    .filter(({ bot }) => bot.key !== app.client.user.id)
    .slice(0, BOTS_MAX);
  const around = await Promise.all(candidates.map((home) => lookFor(guild, workspace, home, now)));
  return around.filter((one) => one !== null);
}

/** Who of those around gets an insight, if it is handed out at this moment. */
export async function recipientsOf(
  app: Pick<App, 'client'>,
  insight: Insight,
  workspace: Workspace,
  around: readonly BotAround[],
): Promise<BotAround[]> {
  if (workspace.unmappedAt !== null) return [];
  const scope = asOf(insight.scope, workspace.type, insight.by);
  const meant = around.filter((one) => reaches(scope, one));
  const { privateThread, threadId } = insight;
  if (!privateThread || threadId === null) return meant;
  const inside = await Promise.all(meant.map(({ bot }) => isInThread(app, threadId, bot)));
  return meant.filter((_, index) => inside[index]);
}

/** Null for a bot that has left the server. A webhook's persona is no member, and of the workspace that it writes in. */
async function lookFor(
  guild: Guild,
  workspace: Workspace,
  home: { bot: Author; workspaceId: number },
  now: boolean,
): Promise<BotAround | null> {
  const writesHere = home.workspaceId === workspace.id;
  if (home.bot.kind === 'persona') return { ...home, ofWorkspace: writesHere, member: null };
  const known = now ? undefined : guild.members.cache.get(home.bot.key);
  const member =
    known ?? (await orNull(guild.members.fetch({ user: home.bot.key, force: now, cache: false })));
  if (!member) return null;
  return { ...home, ofWorkspace: writesHere && sees(member, workspace.channelId), member };
}

/** A private thread is seen by its members alone. */
async function isInThread({ client }: Pick<App, 'client'>, threadId: string, bot: Author): Promise<boolean> {
  if (bot.kind === 'persona') return true;
  return (await orNull(client.rest.get(Routes.threadMembers(threadId, bot.key)))) !== null;
}

/** Whether a bot sees a channel at this moment. */
export function sees(member: GuildMember, channelId: string): boolean {
  const channel = member.guild.channels.cache.get(channelId);
  return channel?.permissionsFor(member).has(PermissionFlagsBits.ViewChannel) === true;
}
