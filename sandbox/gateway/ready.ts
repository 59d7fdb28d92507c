import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { guildCreatePayload } from '../events/guilds.ts';
import { applicationFlags } from '../payloads/application.ts';
import { selfPayload } from '../payloads/user.ts';
import type { Guild } from '../world.ts';
import type { Session } from './session.ts';

/** Begins a new session: READY with every guild still unavailable, then GUILD_CREATE for each. */
export function greet(core: Core, session: Session, shard: [number, number]): void {
  const guilds = guildsOf(core, session.userId);
  session.dispatch('READY', JSON.stringify(readyPayload(core, session, guilds, shard)));
  if ((session.intents & GatewayIntentBits.Guilds) === 0) return;
  for (const guild of guilds) {
    const data = guildCreatePayload(core, guild, session.userId, session.intents);
    session.dispatch('GUILD_CREATE', JSON.stringify(data));
  }
}

export function gatewayUrl(core: Core): string {
  return core.origin.replace(/^http/, 'ws');
}

function readyPayload(core: Core, session: Session, guilds: Guild[], shard: [number, number]): object {
  const { application } = session;
  return {
    v: 10,
    user: selfPayload(core.world.users.get(application.id)!),
    user_settings: {},
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: gatewayUrl(core),
    shard,
    application: { id: application.id, flags: applicationFlags(application) },
    relationships: [],
    private_channels: [],
    presences: [],
    guild_join_requests: [],
    geo_ordered_rtc_regions: [],
    _trace: ['["sandbox",{"micros":0}]'],
  };
}

function guildsOf(core: Core, userId: string): Guild[] {
  return [...core.world.guilds.values()].filter(({ members }) => members.has(userId));
}
