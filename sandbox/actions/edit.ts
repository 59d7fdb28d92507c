import { MessageFlags, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import {
  badBulkDelete,
  missingAccess,
  notAuthor,
  notOnDm,
  systemMessage,
  tooOldToBulkDelete,
} from '../errors.ts';
import { messageDeleted, messagesDeleted, messageUpdated } from '../events/messages.ts';
import { createdAt } from '../snowflake.ts';
import { checkMessage } from '../validate/message.ts';
import type { CurrentMessage } from '../validate/message.ts';
import type { Channel, Message } from '../world.ts';
import { demand, demandActive, messageIn, visibleChannel } from './access.ts';
import { applyEdit } from './revise.ts';
import type { Sender } from './compose.ts';
import { dropFiles } from './files.ts';
import type { Upload } from './files.ts';
import { fileNames, senderIn } from './send.ts';

/**
 * Edits one's own message; of others' messages only embeds can be hidden or shown, by whoever manages messages.
 * @throws DiscordError 10003, 50001, 10008, 50005, 50013, 50035, 50006, 50083
 */
export function editMessage(
  core: Core,
  channelId: string,
  messageId: string,
  userId: string,
  rawBody: unknown,
  files: readonly Upload[] = [],
): Message {
  const channel = visibleChannel(core, channelId, userId);
  const message = messageIn(channel, messageId);
  demandActive(channel);
  if (message.authorId !== userId) return suppressEmbeds(core, channel, message, userId, rawBody);
  revise(core, channel, message, senderIn(core, channel, userId), rawBody, files);
  return message;
}

/** Checks and applies an edit, and tells everyone; whoever may do it has been decided. @throws DiscordError 50035, 50006 */
export function revise(
  core: Core,
  channel: Channel,
  message: Message,
  sender: Pick<Sender, 'pings' | 'mayMentionEveryone'>,
  rawBody: unknown,
  files: readonly Upload[],
): void {
  const current = message as CurrentMessage;
  const body = checkMessage(rawBody, { kind: 'edit', files: fileNames(files), current });
  applyEdit(core, channel, message, sender, body, files);
  messageUpdated(core, channel, message);
}

function suppressEmbeds(
  core: Core,
  channel: Channel,
  message: Message,
  userId: string,
  rawBody: unknown,
): Message {
  const { flags, ...rest } = rawBody as { flags?: unknown };
  if (typeof flags !== 'number' || Object.keys(rest).length > 0) throw notAuthor();
  demand(core, channel, userId, P.ManageMessages);
  const kept = message.flags & ~MessageFlags.SuppressEmbeds;
  message.flags = kept | (flags & MessageFlags.SuppressEmbeds);
  messageUpdated(core, channel, message);
  return message;
}

/** @throws DiscordError 10003, 50001, 10008, 50003, 50013, 50021, 50083 */
export function deleteMessage(core: Core, channelId: string, messageId: string, userId: string): void {
  const channel = visibleChannel(core, channelId, userId);
  const message = messageIn(channel, messageId);
  demandActive(channel);
  if (message.authorId !== userId) {
    if (channel.guildId === undefined) throw notOnDm();
    demand(core, channel, userId, P.ManageMessages);
  }
  if (undeletable.has(message.type)) throw systemMessage();
  removeMessage(core, channel, message);
}

/** System messages that stay: recipient added and removed, channel name and icon, thread starter. */
const undeletable = new Set([1, 2, 3, 4, 5, 21]);

/** Takes a message away and tells everyone. */
export function removeMessage(core: Core, channel: Channel, message: Message): void {
  forget(core, channel, message);
  messageDeleted(core, channel, message);
}

/** From Discord's documentation of bulk delete: nothing older than two weeks. */
const BULK_DELETE_MS = 14 * 24 * 3_600_000;

/** @throws DiscordError 10003, 50001, 50003, 50013, 50016, 50034 */
export function bulkDelete(core: Core, channelId: string, ids: readonly string[], userId: string): void {
  const channel = visibleChannel(core, channelId, userId);
  if (channel.guildId === undefined) throw notOnDm();
  const unique = [...new Set(ids)];
  if (unique.length < 2 || unique.length > 100) throw badBulkDelete();
  demand(core, channel, userId, P.ManageMessages);
  const oldest = core.clock.now() - BULK_DELETE_MS;
  if (unique.some((id) => createdAt(id) < oldest)) throw tooOldToBulkDelete();
  const messages = unique.flatMap((id) => channel.messages.get(id) ?? []);
  for (const message of messages) forget(core, channel, message);
  if (messages.length > 0) {
    messagesDeleted(
      core,
      channel,
      messages.map(({ id }) => id),
    );
  }
}

function forget(core: Core, channel: Channel, message: Message): void {
  channel.messages.remove(message.id);
  channel.ephemeral = channel.ephemeral.filter(({ id }) => id !== message.id);
  channel.pins.delete(message.id);
  if (channel.thread !== undefined && message.ephemeralTo === undefined) channel.thread.messageCount -= 1;
  dropFiles(core, message);
}

/** One message for one who asks. @throws DiscordError 50001, 10008 */
export function readMessage(core: Core, channel: Channel, messageId: string, userId: string): Message {
  if (!core.permissions.has(channel, userId, P.ReadMessageHistory)) throw missingAccess();
  return messageIn(channel, messageId);
}
