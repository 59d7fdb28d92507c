import { DiscordjsError, DiscordjsErrorCodes } from 'discord.js';
import type { Guild, GuildMember } from 'discord.js';
import type { App } from '../app.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Adoption } from '../views/status.ts';

/** As many people as are looked at; those who came last first. */
const PEOPLE_MAX = 500;
/** https://docs.discord.com/developers/events/gateway-events#request-guild-members */
const MEMBERS_AT_ONCE = 100;
/** How long Discord may take to say who is a member, in ms. */
const PATIENCE = 5_000;

/**
 * Of the people who may read any of these workspaces, how many have ever asked for a log. Without the members intent the bot knows
 * only those who wrote where it records, or asked. Null when Discord does not say who they are.
 */
export async function adoptionOf(
  { store, client, access }: Pick<App, 'store' | 'client' | 'access'>,
  guildId: string,
  workspaces: readonly Workspace[],
): Promise<Adoption | null> {
  const [askers, people] = await Promise.all([
    store.feedback.askers(guildId),
    store.feedback.people(PEOPLE_MAX),
  ]);
  const guild = client.guilds.cache.get(guildId);
  const met = [...new Set([...askers, ...people])].filter((key) => /^\d{17,20}$/.test(key));
  const members: GuildMember[] = [];
  for (let from = 0; from < Math.min(met.length, PEOPLE_MAX); from += MEMBERS_AT_ONCE) {
    const user = met.slice(from, from + MEMBERS_AT_ONCE);
    const found = guild && (await membersAmong(guild, user));
    if (!found) return null;
    members.push(...found);
  }
  const adoption = { asked: 0, could: 0 };
  for (const member of members) {
    if (!(await mayReadAny(access, member, workspaces))) continue;
    adoption.could += 1;
    if (askers.includes(member.id)) adoption.asked += 1;
  }
  return adoption;
}

/** Asked anew, because the gateway does not tell a bot of their new roles. Null when no answer comes. */
async function membersAmong(guild: Guild, user: string[]): Promise<GuildMember[] | null> {
  try {
    return [...(await guild.members.fetch({ user, time: PATIENCE })).values()];
  } catch (error) {
    if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.GuildMembersTimeout)
      return null;
    throw error;
  }
}

async function mayReadAny(
  access: App['access'],
  member: GuildMember,
  workspaces: readonly Workspace[],
): Promise<boolean> {
  const asker = { guildId: member.guild.id, userId: member.id, member };
  for (const workspace of workspaces) {
    if (await access.mayRead(asker, workspace)) return true;
  }
  return false;
}
