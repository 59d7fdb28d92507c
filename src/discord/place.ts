import type { BaseInteraction } from 'discord.js';
import { orNull } from './or-null.ts';

/** Where something was typed: a channel, and the thread of it, if it was typed in one. */
export interface TypedIn {
  channelId: string;
  threadId: string | null;
}

/** Null where the channel is gone, or one that the bot cannot see. */
export async function placeOf(interaction: BaseInteraction): Promise<TypedIn | null> {
  const { channelId, client } = interaction;
  if (channelId === null) return null;
  // A thread that has been quiet for long is not kept at hand.
  const channel = interaction.channel ?? (await orNull(client.channels.fetch(channelId)));
  if (!channel) return null;
  if (!channel.isThread()) return { channelId, threadId: null };
  return channel.parentId === null ? null : { channelId: channel.parentId, threadId: channelId };
}
