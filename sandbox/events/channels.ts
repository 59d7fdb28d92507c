import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { View } from '../events.ts';
import { channelPayload } from '../payloads/channel.ts';
import { timestamp } from '../payloads/time.ts';
import type { Channel } from '../world.ts';

/**
 * CHANNEL_CREATE, CHANNEL_UPDATE or CHANNEL_DELETE of a guild channel. Bots learn of every channel of their guild, also of
 * those that they cannot look into; what happens inside is kept from them.
 */
export function channelChanged(
  core: Core,
  channel: Channel,
  event: 'CHANNEL_CREATE' | 'CHANNEL_UPDATE' | 'CHANNEL_DELETE',
): void {
  const view = new View(() => channelPayload(core.world, channel));
  core.events.toGuild(channel.guildId ?? '', Intent.Guilds, event, view);
}

export function pinsChanged(core: Core, channel: Channel): void {
  const isDm = channel.guildId === undefined;
  const view = new View(() => ({
    channel_id: channel.id,
    last_pin_timestamp: channel.lastPinAt === null ? null : timestamp(channel.lastPinAt),
    ...(!isDm && { guild_id: channel.guildId }),
  }));
  const intent = isDm ? Intent.DirectMessages : Intent.Guilds;
  core.events.toViewers(channel, intent, 'CHANNEL_PINS_UPDATE', view);
}

export function webhooksChanged(core: Core, channel: Channel): void {
  const view = new View(() => ({ guild_id: channel.guildId, channel_id: channel.id }));
  core.events.toGuild(channel.guildId ?? '', Intent.GuildWebhooks, 'WEBHOOKS_UPDATE', view);
}
