import { PermissionFlagsBits } from 'discord.js';
import type { Guild } from 'discord.js';
import type { App } from '../app.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { Owner, Workspace } from '../domain/workspace.ts';
import type { Asker } from './access.ts';
import { orNull } from './or-null.ts';

/** Those of these owners that are there at this moment: people in the server, roles that were not deleted, everyone. */
export async function presentOwners(guild: Guild, owners: readonly Owner[]): Promise<Owner[]> {
  const present = await Promise.all(owners.map((owner) => isPresent(guild, owner)));
  return owners.filter((_, index) => present[index]);
}

/**
 * True when the asker is one of those who decide for the workspace, the second owner among them, and could read what this is about as
 * an owner, both at this moment. Where all
 * the owners that were named are gone, the server's owner decides, as where none is named.
 */
export async function mayDecide(
  app: Pick<App, 'access' | 'client'>,
  asker: Asker,
  workspace: Workspace,
  { threadId, privateThread }: Pick<Escalation, 'threadId' | 'privateThread'>,
): Promise<boolean> {
  const { access } = app;
  if (workspace.guildId !== asker.guildId) return false;
  const owned = await ownedBy(app, asker, workspace);
  if (!owned) return false;
  return privateThread && threadId !== null
    ? access.mayReadThread(asker, owned, threadId)
    : access.mayRead(asker, owned);
}

/** The roles among a workspace's owners that the bot cannot ping, because nobody may or it may not. */
export function unpingable(guild: Guild, { owners, settings }: Workspace): string[] {
  if (guild.members.me?.permissions.has(PermissionFlagsBits.MentionEveryone)) return [];
  const named = [...owners, ...(settings.secondOwner ? [settings.secondOwner] : [])];
  const roleIds = named
    .filter((owner) => owner.startsWith('role:'))
    .map((owner) => owner.slice('role:'.length));
  return [...new Set(roleIds)].filter((id) => guild.roles.cache.get(id)?.mentionable === false);
}

/** The workspace as one that the asker owns; null when they do not. */
async function ownedBy(
  { access, client }: Pick<App, 'access' | 'client'>,
  asker: Asker,
  workspace: Workspace,
): Promise<Workspace | null> {
  if (await access.owns(asker, workspace)) return workspace;
  const { secondOwner } = workspace.settings;
  const second = secondOwner && { ...workspace, owners: [secondOwner] };
  if (second && (await access.owns(asker, second))) return second;
  const guild = client.guilds.cache.get(asker.guildId);
  if (guild?.ownerId !== asker.userId || workspace.owners.length === 0) return null;
  const orphaned = (await presentOwners(guild, workspace.owners)).length === 0;
  return orphaned ? { ...workspace, owners: [] } : null;
}

async function isPresent(guild: Guild, owner: Owner): Promise<boolean> {
  const [kind, id = ''] = owner.split(':');
  if (kind === 'role') return guild.roles.cache.has(id);
  if (kind === 'user')
    return (await orNull(guild.members.fetch({ user: id, force: true, cache: false }))) !== null;
  return true;
}
