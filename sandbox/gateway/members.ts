import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { memberPayload } from '../payloads/guild.ts';
import type { Guild, Member } from '../world.ts';
import { GatewayClosure } from './codes.ts';
import type { Session } from './session.ts';

/** https://docs.discord.com/developers/events/gateway-events#request-guild-members */
const CHUNK_SIZE = 1000;
const MAX_QUERY = 100;
const MAX_NONCE_BYTES = 32;

/**
 * Answers op 8 with GUILD_MEMBERS_CHUNKs. The whole list needs the Guild Members intent.
 * @throws GatewayClosure 4002 when the request makes no sense
 */
export function sendMembers(core: Core, session: Session, data: unknown): void {
  const request = data as Record<string, unknown> | null;
  const guild = core.world.guilds.get(String(request?.['guild_id']));
  if (request === null || typeof request !== 'object') throw new GatewayClosure(4002);
  if (guild === undefined || !guild.members.has(session.userId)) return;
  const { found, missing } = membersFor(core, session, guild, request);
  const nonce = request['nonce'];
  const echoed = typeof nonce === 'string' && Buffer.byteLength(nonce) <= MAX_NONCE_BYTES ? { nonce } : {};
  const count = Math.max(1, Math.ceil(found.length / CHUNK_SIZE));
  for (let index = 0; index < count; index += 1) {
    const part = found.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE);
    const chunk = {
      guild_id: guild.id,
      members: part.map((member) => memberPayload(core.world, member)),
      chunk_index: index,
      chunk_count: count,
      not_found: missing,
      ...echoed,
    };
    session.deliver('GUILD_MEMBERS_CHUNK', JSON.stringify(chunk));
  }
}

function membersFor(
  core: Core,
  session: Session,
  guild: Guild,
  request: Record<string, unknown>,
): { found: Member[]; missing: string[] } {
  const userIds = request['user_ids'];
  if (userIds !== undefined) {
    const ids = (Array.isArray(userIds) ? userIds : [userIds]).map(String).slice(0, MAX_QUERY);
    return {
      found: ids.flatMap((id) => guild.members.get(id) ?? []),
      missing: ids.filter((id) => !guild.members.has(id)),
    };
  }
  const { query, limit } = request;
  if (typeof query !== 'string' || !Number.isInteger(limit)) throw new GatewayClosure(4002);
  const all = [...guild.members.values()];
  if (query === '' && limit === 0) return { found: mayList(session) ? all : [], missing: [] };
  const matching = all.filter((member) => matches(core, member, query));
  return { found: matching.slice(0, Math.min(limit as number, MAX_QUERY) || MAX_QUERY), missing: [] };
}

function mayList(session: Session): boolean {
  return (session.intents & GatewayIntentBits.GuildMembers) !== 0;
}

function matches(core: Core, member: Member, query: string): boolean {
  const names = [core.world.users.get(member.userId)?.username, member.nick];
  return names.some((name) => name?.toLowerCase().startsWith(query.toLowerCase()));
}
