import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { tooManyReactions, unknownEmoji } from '../errors.ts';
import { reactionAdded, reactionRemoved, reactionsCleared } from '../events/reactions.ts';
import type { Channel, Message } from '../world.ts';
import { demand, demandActive, messageIn, visibleChannel } from './access.ts';

/** Different emojis on one message: https://docs.discord.com/developers/resources/message */
const MAX_REACTIONS = 20;

/** Where a reaction is, and on what. */
export interface ReactionPlace {
  channelId: string;
  messageId: string;
  /** `👍`, or `name:id` for a server's own; without it, every emoji. */
  emoji: string;
}

/** @throws DiscordError 10003, 50001, 10008, 50083, 10014, 50013, 30010 */
export function react(core: Core, place: ReactionPlace, userId: string): void {
  const { channel, message } = target(core, place, userId);
  demandEmoji(place.emoji);
  const users = message.reactions.get(place.emoji);
  if (users === undefined) {
    demand(core, channel, userId, P.ReadMessageHistory | P.AddReactions);
    if (message.reactions.size >= MAX_REACTIONS) throw tooManyReactions();
  }
  demand(core, channel, userId, P.ReadMessageHistory);
  if (users?.has(userId) === true) return;
  message.reactions.set(place.emoji, (users ?? new Set()).add(userId));
  reactionAdded(core, channel, message, userId, place.emoji);
}

/** Takes a reaction away; another's needs Manage Messages. @throws DiscordError 10003, 50001, 10008, 50083, 10014, 50013 */
export function unreact(core: Core, place: ReactionPlace, userId: string, reactorId = userId): void {
  const { channel, message } = target(core, place, userId);
  demandEmoji(place.emoji);
  if (reactorId !== userId) demand(core, channel, userId, P.ManageMessages);
  const users = message.reactions.get(place.emoji);
  if (users?.delete(reactorId) !== true) return;
  if (users.size === 0) message.reactions.delete(place.emoji);
  reactionRemoved(core, channel, message, reactorId, place.emoji);
}

/** Takes away all reactions, or all of one emoji. @throws DiscordError 10003, 50001, 10008, 50083, 50013 */
export function clearReactions(
  core: Core,
  place: Omit<ReactionPlace, 'emoji'> & { emoji?: string },
  userId: string,
): void {
  const { channel, message } = target(core, place, userId);
  demand(core, channel, userId, P.ManageMessages);
  if (place.emoji === undefined) message.reactions.clear();
  else message.reactions.delete(place.emoji);
  reactionsCleared(core, channel, message, place.emoji);
}

function target(
  core: Core,
  { channelId, messageId }: Omit<ReactionPlace, 'emoji'>,
  userId: string,
): { channel: Channel; message: Message } {
  const channel = visibleChannel(core, channelId, userId);
  const message = messageIn(channel, messageId);
  demandActive(channel);
  return { channel, message };
}

/** No server here has emojis of its own, so that only those of Unicode are known. */
function demandEmoji(emoji: string): void {
  if (!/^(\p{RGI_Emoji}|\p{Extended_Pictographic})$/v.test(emoji)) throw unknownEmoji();
}
