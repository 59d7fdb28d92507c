import { MessageFlags, MessageType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { createdAt } from '../snowflake.ts';
import type { Attachment, Message, User } from '../world.ts';
import { isThread } from '../world.ts';
import { threadPayload } from './channel.ts';
import { reactionPayload } from './reaction.ts';
import { timestamp } from './time.ts';
import { userPayload } from './user.ts';

/** Who looks: decides `me` of reactions, and whether user-written content is shown. */
export interface Viewer {
  userId: string;
  /** The bot may read what others write (Message Content intent). People always may. */
  readsContent: boolean;
}

/** https://docs.discord.com/developers/resources/message#message-object, as a REST answer. */
export function messagePayload(core: Core, message: Message, viewer: Viewer): object {
  return { ...bareMessage(core, message, viewer), ...referenced(core, message, viewer) };
}

/**
 * Content is hidden from a bot without the Message Content intent, but for its own messages, DMs and messages that mention it.
 * https://docs.discord.com/developers/events/gateway#message-content-intent
 */
export function readsMessage(message: Message, viewer: Viewer): boolean {
  return (
    viewer.readsContent ||
    message.guildId === undefined ||
    message.authorId === viewer.userId ||
    message.applicationId === viewer.userId ||
    message.mentions.includes(viewer.userId)
  );
}

/** The message without what it refers to. */
function bareMessage(core: Core, message: Message, viewer: Viewer): object {
  const channel = core.world.channels.get(message.channelId);
  const thread = core.world.channels.get(message.id);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: authorPayload(core, message),
    ...contentOf(core, message, readsMessage(message, viewer)),
    timestamp: timestamp(createdAt(message.id)),
    edited_timestamp: message.editedAt === null ? null : timestamp(message.editedAt),
    tts: message.tts,
    flags: thread === undefined ? message.flags : message.flags | MessageFlags.HasThread,
    pinned: channel?.pins.has(message.id) ?? false,
    mention_everyone: message.mentionEveryone,
    mentions: message.mentions.map((id) => userPayload(core.world.users.get(id)!)),
    mention_roles: message.mentionRoles,
    ...optional(message),
    ...(message.reactions.size > 0 && { reactions: reactionsOf(message, viewer.userId) }),
    ...(thread !== undefined && isThread(thread) && { thread: threadPayload(thread, viewer.userId) }),
  };
}

/** Members that must be absent, not null, where there is nothing to say: clients throw on null. */
function optional(message: Message): object {
  const { webhook, applicationId, nonce, interactionMetadata, position, reference } = message;
  // What answers an interaction was sent through a webhook that bears the application's id.
  const webhookId = interactionMetadata === undefined ? webhook?.id : applicationId;
  return {
    ...(webhookId !== undefined && { webhook_id: webhookId }),
    ...(applicationId !== undefined && { application_id: applicationId }),
    ...(nonce !== undefined && { nonce }),
    ...(interactionMetadata !== undefined && { interaction_metadata: interactionMetadata }),
    ...commandOf(message),
    ...(position !== undefined && { position }),
    ...(reference !== undefined && {
      message_reference: {
        type: reference.type,
        channel_id: reference.channelId,
        ...(reference.guildId !== undefined && { guild_id: reference.guildId }),
        ...(reference.messageId !== undefined && { message_id: reference.messageId }),
      },
    }),
  };
}

/** What the response to a command says of it; Discord calls it deprecated and still sends it. */
function commandOf({ commandName, interactionMetadata: metadata }: Message): object {
  if (commandName === undefined || metadata === undefined) return {};
  return { interaction: { id: metadata.id, type: metadata.type, name: commandName, user: metadata.user } };
}

function contentOf(core: Core, message: Message, isReadable: boolean): object {
  if (!isReadable) return { content: '', embeds: [], attachments: [], components: [] };
  return {
    content: message.content,
    embeds: message.embeds,
    attachments: message.attachments.map((attachment) => {
      const ephemeral = message.ephemeralTo !== undefined;
      return attachmentPayload(core, message.channelId, { ...attachment, ephemeral });
    }),
    components: message.components,
    ...(message.poll !== undefined && { poll: message.poll }),
  };
}

/** Replies and thread starters show what they refer to; null says that it was deleted. */
function referenced(core: Core, message: Message, viewer: Viewer): object {
  const { reference, type } = message;
  const shows = type === MessageType.Reply || type === MessageType.ThreadStarterMessage;
  if (!shows || reference?.messageId === undefined) {
    return {};
  }
  const original = originalOf(core, reference.channelId, reference.messageId, viewer.userId);
  return {
    referenced_message: original === undefined ? null : bareMessage(core, original, viewer),
  };
}

/** An ephemeral message is there for the one who sees it, and for its application. */
function originalOf(core: Core, channelId: string, id: string, viewerId: string): Message | undefined {
  const channel = core.world.channels.get(channelId);
  const isTheirs = ({ ephemeralTo, authorId }: Message) => ephemeralTo === viewerId || authorId === viewerId;
  return channel?.messages.get(id) ?? channel?.ephemeral.find((one) => one.id === id && isTheirs(one));
}

export function authorPayload(core: Core, message: Message): object {
  const { webhook } = message;
  if (webhook === undefined) return userPayload(core.world.users.get(message.authorId)!);
  const persona: User = { ...webhook, globalName: null, bot: true, discriminator: '0000' };
  return { ...userPayload(persona), avatar: webhook.avatar };
}

/** With the address that serves the file, signed for a day as Discord's are. */
export function attachmentPayload(core: Core, channelId: string, attachment: Attachment): object {
  const url = attachmentUrl(core, channelId, attachment);
  const { id, filename, title, description, contentType, size, width, height, ephemeral } = attachment;
  return {
    id,
    filename,
    size,
    url,
    proxy_url: url,
    content_type: contentType,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(width !== undefined && { width, height }),
    ...(ephemeral === true && { ephemeral }),
  };
}

const DAY_S = 86_400;

export function attachmentUrl(core: Core, channelId: string, { id, filename }: Attachment): string {
  const issued = Math.floor(createdAt(id) / 1000);
  const query = `ex=${(issued + DAY_S).toString(16)}&is=${issued.toString(16)}&hm=${BigInt(id).toString(16)}`;
  return `${core.origin}/attachments/${channelId}/${id}/${encodeURIComponent(filename)}?${query}`;
}

function reactionsOf(message: Message, viewerId: string): object[] {
  return [...message.reactions].map(([emoji, users]) => reactionPayload(emoji, users, viewerId));
}
