import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import type { Receiver } from '../events.ts';
import { View } from '../events.ts';
import { bareMemberPayload, memberPayload } from '../payloads/guild.ts';
import { messagePayload, readsMessage } from '../payloads/message.ts';
import type { Channel, Message } from '../world.ts';

/** MESSAGE_CREATE to all who may see it. */
export function messageCreated(core: Core, channel: Channel, message: Message): void {
  announce(core, channel, message, 'MESSAGE_CREATE');
}

/** MESSAGE_UPDATE to all who may see it; always the whole message. */
export function messageUpdated(core: Core, channel: Channel, message: Message): void {
  announce(core, channel, message, 'MESSAGE_UPDATE');
}

/** MESSAGE_DELETE; an ephemeral message's goes to its application and to the one who saw it. */
export function messageDeleted(core: Core, channel: Channel, message: Message): void {
  const data = { id: message.id, channel_id: channel.id };
  if (message.ephemeralTo !== undefined) {
    for (const userId of [message.applicationId ?? message.authorId, message.ephemeralTo]) {
      core.events.toUser(userId, Intent.DirectMessages, 'MESSAGE_DELETE', data);
    }
  } else {
    core.events.toViewers(channel, messageIntent(channel), 'MESSAGE_DELETE', inGuild(channel, data));
  }
  tell(core, message);
}

export function messagesDeleted(core: Core, channel: Channel, ids: string[]): void {
  const data = inGuild(channel, { ids, channel_id: channel.id });
  core.events.toViewers(channel, messageIntent(channel), 'MESSAGE_DELETE_BULK', data);
}

/** TYPING_START, with the member in a guild. */
export function typingStarted(core: Core, channel: Channel, userId: string): void {
  const member = memberOf(core, channel, userId);
  const data = {
    channel_id: channel.id,
    user_id: userId,
    timestamp: Math.floor(core.clock.now() / 1000),
    ...(member !== undefined && { member: memberPayload(core.world, member) }),
  };
  const intent = channel.guildId === undefined ? Intent.DirectMessageTyping : Intent.GuildMessageTyping;
  core.events.toViewers(channel, intent, 'TYPING_START', inGuild(channel, data));
}

function announce(core: Core, channel: Channel, message: Message, event: string): void {
  const viewFor = viewsOf(core, channel, message);
  if (message.ephemeralTo === undefined) {
    core.events.toViewers(channel, messageIntent(channel), event, viewFor);
  } else {
    announceEphemeral(core, message, event);
  }
  tell(core, message);
}

/**
 * Ephemeral messages go to their application, and to the one person who sees them, as direct messages do, without guild
 * and member: https://docs.discord.com/developers/events/gateway-events#message-create
 */
function announceEphemeral(core: Core, message: Message, event: string): void {
  for (const userId of [message.applicationId ?? message.authorId, message.ephemeralTo!]) {
    const view = new View(() => messagePayload(core, message, { userId, readsContent: true }));
    core.events.toUser(userId, Intent.DirectMessages, event, view);
  }
}

/** All receivers with an equal view share one written payload; most messages have two views, with and without content. */
function viewsOf(core: Core, channel: Channel, message: Message): (receiver: Receiver) => View {
  const views = new Map<string, View>();
  const original = referencedMessage(core, message);
  const isPersonal = [message, original].some((one) => one !== undefined && looksPersonal(core, one));
  return (receiver) => {
    const viewer = {
      userId: receiver.userId,
      readsContent: (receiver.intents & Intent.MessageContent) !== 0,
    };
    const reads = readsMessage(message, viewer);
    const readsOriginal = original === undefined || readsMessage(original, viewer);
    const key = isPersonal ? receiver.userId : `${reads}${readsOriginal}`;
    let view = views.get(key);
    if (view === undefined) {
      views.set(key, (view = new View(() => gatewayMessage(core, channel, message, viewer))));
    }
    return view;
  };
}

/** Own reactions and own thread membership show in the payload. */
function looksPersonal(core: Core, message: Message): boolean {
  return message.reactions.size > 0 || core.world.channels.has(message.id);
}

/** A message as events carry it: with its guild, its author's member and the members of those it mentions. */
function gatewayMessage(
  core: Core,
  channel: Channel,
  message: Message,
  viewer: { userId: string; readsContent: boolean },
): object {
  const payload = messagePayload(core, message, viewer) as { mentions: { id: string }[] };
  if (channel.guildId === undefined) return { ...payload, channel_type: channel.type };
  const author = message.webhook === undefined ? memberOf(core, channel, message.authorId) : undefined;
  const mentions = payload.mentions.map((user) => {
    const member = memberOf(core, channel, user.id);
    return member === undefined ? user : { ...user, member: bareMemberPayload(member) };
  });
  return {
    ...payload,
    guild_id: channel.guildId,
    channel_type: channel.type,
    ...(author !== undefined && { member: bareMemberPayload(author) }),
    mentions,
  };
}

function referencedMessage(core: Core, { reference }: Message): Message | undefined {
  if (reference?.messageId === undefined) return undefined;
  return core.world.channels.get(reference.channelId)?.messages.get(reference.messageId);
}

function memberOf(core: Core, channel: Channel, userId: string) {
  return core.world.guilds.get(channel.guildId ?? '')?.members.get(userId);
}

function messageIntent(channel: Channel) {
  return channel.guildId === undefined ? Intent.DirectMessages : Intent.GuildMessages;
}

function inGuild(channel: Channel, data: object): View {
  return new View(() => (channel.guildId === undefined ? data : { ...data, guild_id: channel.guildId }));
}

function tell(core: Core, message: Message): void {
  for (const listener of core.events.messageListeners) listener(message);
}
