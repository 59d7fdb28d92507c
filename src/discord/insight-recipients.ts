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

interface Look {
  /** Discord is asked anew who is still there; without it, what is known of members does, for a look ahead. */
  now: boolean;
  /** Keys of those that are looked for; absent: all. */
  among?: ReadonlySet<string>;
}

/** The bots that could get insights of a workspace. */
export async function botsAround(
  app: Pick<App, 'store' | 'workspaces' | 'client'>,
  workspace: Workspace,
  { now, among }: Look,
): Promise<BotAround[]> {
  const guild = await app.client.guilds.fetch(workspace.guildId);
  const all = await knownBots(app, workspace);
  const known = all.filter(({ bot }) => !among || among.has(bot.key));
  const around = await Promise.all(known.map((one) => lookFor(guild, workspace, one, now)));
  return around.filter((one) => one !== null);
}

/** The bots that have written where insights of a workspace may go, whether or not they are still there. */
export async function knownBots(
  app: Pick<App, 'store' | 'workspaces' | 'client'>,
  workspace: Workspace,
): Promise<Omit<BotAround, 'member'>[]> {
  const others = app.workspaces
    .ofGuild(workspace.guildId)
    .filter(({ id, unmappedAt }) => id !== workspace.id && unmappedAt === null);
  const known = new Map<string, Omit<BotAround, 'member'>>();
  for (const { id } of [workspace, ...others])
    for (const bot of await app.store.bots.list([id], BOTS_MAX))
      if (!known.has(bot.key)) known.set(bot.key, { bot, workspaceId: id, ofWorkspace: id === workspace.id });
  return [...known.values()].filter(({ bot }) => bot.key !== app.client.user.id).slice(0, BOTS_MAX);
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

/** Those of these insights of a server that a member of it may have at this moment. */
export async function withinReach(
  app: Pick<App, 'client' | 'store' | 'workspaces'>,
  insights: readonly Insight[],
  { bot, member }: { bot: Author; member: GuildMember },
): Promise<Insight[]> {
  const around = new Map<number, Promise<BotAround>>();
  const lookIn = async ({ id, channelId }: Workspace): Promise<BotAround> => {
    const writers = await app.store.bots.list([id], BOTS_MAX);
    const writesHere = writers.some(({ key }) => key === bot.key);
    return { bot, workspaceId: id, ofWorkspace: writesHere && sees(member, channelId), member };
  };
  const mayHave = async (insight: Insight): Promise<boolean> => {
    const workspace = app.workspaces.byId(insight.workspaceId);
    if (!workspace) return false;
    const known = around.get(workspace.id) ?? lookIn(workspace);
    around.set(workspace.id, known);
    return (await recipientsOf(app, insight, workspace, [await known])).length > 0;
  };
  const may = await Promise.all(insights.map(mayHave));
  return insights.filter((_, index) => may[index]);
}

/** Null for a bot that has left the server. A webhook's persona is no member, and of the workspace that it writes in. */
async function lookFor(
  guild: Guild,
  workspace: Workspace,
  one: Omit<BotAround, 'member'>,
  now: boolean,
): Promise<BotAround | null> {
  const { key: user, kind } = one.bot;
  if (kind === 'persona') return { ...one, member: null };
  const known = now ? undefined : guild.members.cache.get(user);
  const member = known ?? (await orNull(guild.members.fetch({ user, force: now, cache: false })));
  if (!member) return null;
  return { ...one, ofWorkspace: one.ofWorkspace && sees(member, workspace.channelId), member };
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
