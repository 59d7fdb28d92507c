import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { View } from '../events.ts';
import { memberPayload } from '../payloads/guild.ts';
import { emojiPayload } from '../payloads/reaction.ts';
import type { Channel, Message } from '../world.ts';

export function reactionAdded(
  core: Core,
  channel: Channel,
  message: Message,
  userId: string,
  emoji: string,
): void {
  const member = core.world.guilds.get(channel.guildId ?? '')?.members.get(userId);
  send(core, channel, 'MESSAGE_REACTION_ADD', {
    ...placeOf(channel, message),
    user_id: userId,
    emoji: emojiPayload(emoji),
    message_author_id: message.authorId,
    burst: false,
    type: 0,
    ...(member !== undefined && { member: memberPayload(core.world, member) }),
  });
}

export function reactionRemoved(
  core: Core,
  channel: Channel,
  message: Message,
  userId: string,
  emoji: string,
): void {
  const data = { user_id: userId, emoji: emojiPayload(emoji), burst: false, type: 0 };
  send(core, channel, 'MESSAGE_REACTION_REMOVE', { ...placeOf(channel, message), ...data });
}

/** All reactions of a message, or all of one emoji, were taken away. */
export function reactionsCleared(core: Core, channel: Channel, message: Message, emoji?: string): void {
  const place = placeOf(channel, message);
  if (emoji === undefined) send(core, channel, 'MESSAGE_REACTION_REMOVE_ALL', place);
  else send(core, channel, 'MESSAGE_REACTION_REMOVE_EMOJI', { ...place, emoji: emojiPayload(emoji) });
}

function placeOf(channel: Channel, message: Message): object {
  const guild = channel.guildId === undefined ? {} : { guild_id: channel.guildId };
  return { channel_id: channel.id, message_id: message.id, ...guild };
}

function send(core: Core, channel: Channel, event: string, data: object): void {
  const isDm = channel.guildId === undefined;
  const intent = isDm ? Intent.DirectMessageReactions : Intent.GuildMessageReactions;
  core.events.toViewers(channel, intent, event, new View(() => data));
}
