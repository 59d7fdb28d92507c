import { GatewayDispatchEvents } from 'discord.js';
import type {
  Client,
  GatewayChannelCreateDispatchData,
  GatewayChannelDeleteDispatchData,
  GatewayChannelUpdateDispatchData,
  GatewayGuildCreateDispatchData,
} from 'discord.js';

/**
 * The ids of the channels that the gateway has told of. An interaction tells of channels too, without their overwrites, and discord.js
 * keeps these like any other: one that was just deleted would come back as a channel in which nobody is denied anything.
 */
export function toldChannels({ ws }: Client): ReadonlySet<string> {
  const told = new Set<string>();
  ws.on(GatewayDispatchEvents.GuildCreate, ({ channels }: GatewayGuildCreateDispatchData) => {
    for (const { id } of channels) told.add(id);
  });
  ws.on(GatewayDispatchEvents.ChannelCreate, ({ id }: GatewayChannelCreateDispatchData) => told.add(id));
  ws.on(GatewayDispatchEvents.ChannelUpdate, ({ id }: GatewayChannelUpdateDispatchData) => told.add(id));
  ws.on(GatewayDispatchEvents.ChannelDelete, ({ id }: GatewayChannelDeleteDispatchData) => told.delete(id));
  return told;
}
