import type { Guild } from 'discord.js';
import type { App } from '../app.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { Owner, Workspace } from '../domain/workspace.ts';
import type { EscalationFacts } from '../views/escalation-card.ts';
import type { Pings } from '../views/escalation-messages.ts';
import { presentOwners } from './owners.ts';

/** Who decides, in words that mention them, and whom to ping for that. */
export interface Deciders {
  owners: string;
  pings: Pings;
  /** What the reader should know of it. */
  note: string | null;
}

/**
 * The owners of a workspace who are there at this moment; the server's owner where none is named, or all who were are gone. Where
 * everyone is an owner nobody is pinged. `also`: pinged beside them.
 */
export async function decidersOf(
  guild: Guild,
  { owners }: Pick<Workspace, 'owners'>,
  also: readonly Owner[] = [],
): Promise<Deciders> {
  if (owners.includes('everyone')) return { owners: EVERYONE, pings: pingsOf(also), note: null };
  const [present, others] = await Promise.all([presentOwners(guild, owners), presentOwners(guild, also)]);
  const deciding: readonly Owner[] = present.length > 0 ? present : [`user:${guild.ownerId}`];
  const pinged = [...new Set([...deciding, ...others])];
  return {
    owners: mentions(pinged),
    pings: pingsOf(pinged),
    note: owners.length > 0 && present.length === 0 ? ORPHANED : null,
  };
}

const EVERYONE = 'everyone here may decide';
const ORPHANED = 'Those who were named as owners are gone: the server’s owner decides.';

/** What the card of an escalation shows at this moment. `shownIn`: the channel it is or will be in; null for one person alone. */
export async function factsOf(
  app: App,
  escalation: Escalation,
  workspace: Workspace,
  shownIn: { channelId: string; note: string | null } | null,
): Promise<EscalationFacts & Pick<Deciders, 'pings'>> {
  const guild = await app.client.guilds.fetch(workspace.guildId);
  const [events, log, deciders] = await Promise.all([
    app.store.escalations.events(escalation.id),
    app.store.sessions.get(escalation.sessionId),
    decidersOf(guild, workspace),
  ]);
  const notes = [deciders.note, shownIn?.note ?? null].filter((note) => note !== null);
  const own = [workspace.channelId, escalation.threadId];
  const elsewhere = shownIn === null || !own.includes(shownIn.channelId);
  const { owners, pings } = deciders;
  return { escalation, events, workspace, log, owners, pings, notes, elsewhere, now: app.now() };
}

/** So many are named; all are pinged only if they are. */
const NAMED_MAX = 20;

function mentions(owners: readonly Owner[]): string {
  return owners
    .slice(0, NAMED_MAX)
    .map((owner) => owner.replace(/^user:(.*)$/, '<@$1>').replace(/^role:(.*)$/, '<@&$1>'))
    .join(' ');
}

function pingsOf(owners: readonly Owner[]): Pings {
  const ids = (kind: string) =>
    owners
      .slice(0, NAMED_MAX)
      .filter((owner) => owner.startsWith(kind))
      .map((owner) => owner.slice(kind.length));
  return { users: ids('user:'), roles: ids('role:') };
}
