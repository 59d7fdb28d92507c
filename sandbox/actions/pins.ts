import { MessageType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { systemMessage, tooManyPins } from '../errors.ts';
import { pinsChanged } from '../events/channels.ts';
import { messageUpdated } from '../events/messages.ts';
import type { Message } from '../world.ts';
import { demand, demandActive, messageIn, visibleChannel } from './access.ts';
import { publishSystemMessage } from './publish.ts';

const MAX_PINS = 250;

/** @throws DiscordError 10003, 50001, 10008, 50083, 50013, 50021, 30003 */
export function pinMessage(core: Core, channelId: string, messageId: string, userId: string): void {
  const channel = visibleChannel(core, channelId, userId);
  const message = messageIn(channel, messageId);
  demandActive(channel);
  if (channel.guildId !== undefined) demand(core, channel, userId, P.PinMessages);
  if (!pinnable.has(message.type)) throw systemMessage();
  if (channel.pins.has(messageId)) return;
  if (channel.pins.size >= MAX_PINS) throw tooManyPins();
  channel.pins.set(messageId, core.clock.now());
  channel.lastPinAt = core.clock.now();
  pinsChanged(core, channel);
  messageUpdated(core, channel, message);
  const guild = channel.guildId === undefined ? {} : { guildId: channel.guildId };
  publishSystemMessage(core, channel, userId, {
    type: MessageType.ChannelPinnedMessage,
    reference: { type: 0, channelId, messageId, ...guild },
  });
}

/** @throws DiscordError 10003, 50001, 10008, 50083, 50013 */
export function unpinMessage(core: Core, channelId: string, messageId: string, userId: string): void {
  const channel = visibleChannel(core, channelId, userId);
  const message = messageIn(channel, messageId);
  demandActive(channel);
  if (channel.guildId !== undefined) demand(core, channel, userId, P.PinMessages);
  if (!channel.pins.delete(messageId)) return;
  pinsChanged(core, channel);
  messageUpdated(core, channel, message);
}

const pinnable = new Set<Message['type']>([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]);
