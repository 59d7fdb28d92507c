import { MessageType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import {
  cannotDm,
  cannotReplyUnread,
  fieldError,
  invalidForm,
  invalidSticker,
  missingPermissions,
  threadArchived,
  threadLocked,
} from '../errors.ts';
import { checkMessage } from '../validate/message.ts';
import type { MessageBody } from '../validate/message.ts';
import type { Channel, Message } from '../world.ts';
import { isThread } from '../world.ts';
import { isAbsent } from '../validate/checks.ts';
import { demand, demandText, visibleChannel } from './access.ts';
import { compose } from './compose.ts';
import type { Sender } from './compose.ts';
import type { Upload } from './files.ts';
import { publish } from './publish.ts';

/**
 * A person's or bot's message, from the body as it came to what all others see.
 * @throws DiscordError as Discord refuses it: 10003, 50001, 50035, 50006, 50013, 50007, 160002, 160005, 50083
 */
export function sendMessage(
  core: Core,
  channelId: string,
  userId: string,
  rawBody: unknown,
  files: readonly Upload[] = [],
): Message {
  const channel = visibleChannel(core, channelId, userId);
  demandText(channel);
  const body = checkMessage(rawBody, { kind: 'create', files: fileNames(files) });
  demandSending(core, channel, userId, body, files);
  // No server here has stickers, and Discord's own are not for bots.
  if ((body.sticker_ids?.length ?? 0) > 0) throw invalidSticker();
  const before = earlierByNonce(core, userId, body);
  if (before !== undefined) return before;
  const replyTo = repliedMessage(core, channel, userId, body);
  const message = compose(core, channel, senderIn(core, channel, userId), body, files, replyTo);
  rememberNonce(core, message);
  publish(core, channel, message);
  return message;
}

/** How a user sends in a channel. */
export function senderIn(core: Core, channel: Channel, userId: string): Sender {
  return {
    authorId: userId,
    pings: 'all',
    mayMentionEveryone: core.permissions.has(channel, userId, P.MentionEveryone),
  };
}

/** Names of uploads by their key, as message checks want them. */
export function fileNames(files: readonly Upload[]): Map<string, string> {
  return new Map(files.map(({ key, filename }) => [key, filename]));
}

function demandSending(
  core: Core,
  channel: Channel,
  userId: string,
  body: MessageBody,
  files: readonly Upload[],
): void {
  if (channel.recipientIds !== undefined) return demandDm(core, channel, userId);
  demand(core, channel, userId, isThread(channel) ? P.SendMessagesInThreads : P.SendMessages);
  if (isThread(channel) && channel.thread.locked && !core.permissions.has(channel, userId, P.ManageThreads)) {
    throw channel.thread.archived ? threadArchived() : threadLocked();
  }
  const needs: [boolean, bigint][] = [
    [body.tts === true, P.SendTTSMessages],
    [(body.embeds?.length ?? 0) > 0, P.EmbedLinks],
    [files.length > 0, P.AttachFiles],
    [!isAbsent(body.poll), P.SendPolls],
  ];
  for (const [isNeeded, permission] of needs) {
    if (isNeeded && !core.permissions.has(channel, userId, permission)) throw missingPermissions();
  }
}

/** A bot reaches people who share a guild with it and take messages; never another bot. */
function demandDm(core: Core, channel: Channel, userId: string): void {
  const other = core.world.users.get(channel.recipientIds?.find((id) => id !== userId) ?? '');
  const sender = core.world.users.get(userId);
  if (other === undefined || sender === undefined || (sender.bot && other.bot)) throw cannotDm();
  const sharesGuild = core.world.guilds
    .values()
    .some(({ members }) => members.has(userId) && members.has(other.id));
  if (!sharesGuild || other.refusesDms === true) throw cannotDm();
}

/** The message that is replied to, if it is a reply to one that exists. */
function repliedMessage(
  core: Core,
  channel: Channel,
  userId: string,
  { message_reference: reference }: MessageBody,
): Message | undefined {
  if (isAbsent(reference)) return undefined;
  if (!core.permissions.has(channel, userId, P.ReadMessageHistory)) throw cannotReplyUnread();
  const isHere = reference.channel_id === undefined || reference.channel_id === channel.id;
  const original = isHere ? channel.messages.get(String(reference.message_id)) : undefined;
  if (original === undefined && reference.fail_if_not_exists !== false) {
    throw invalidForm(fieldError(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message'));
  }
  if (original !== undefined && !repliable.has(original.type)) {
    const code = 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE';
    throw invalidForm(fieldError(['message_reference'], code, 'Cannot reply to a system message'));
  }
  return original;
}

const repliable = new Set<MessageType>([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
  MessageType.ThreadStarterMessage,
]);

/** "The past few minutes" in which an enforced nonce is looked for. */
const NONCE_MS = 5 * 60_000;

/** More than anyone sends within them; a flood is forgotten sooner. */
const MAX_NONCES = 10_000;

function earlierByNonce(core: Core, userId: string, body: MessageBody): Message | undefined {
  if (isAbsent(body.nonce) || body.enforce_nonce !== true) return undefined;
  const earlier = core.world.nonces.get(`${userId}:${body.nonce}`);
  return earlier !== undefined && core.clock.now() - earlier.at < NONCE_MS ? earlier.message : undefined;
}

function rememberNonce(core: Core, message: Message): void {
  if (message.nonce === undefined) return;
  const now = core.clock.now();
  for (const [key, { at }] of core.world.nonces) {
    if (now - at < NONCE_MS && core.world.nonces.size < MAX_NONCES) break;
    core.world.nonces.delete(key);
  }
  core.world.nonces.set(`${message.authorId}:${message.nonce}`, { message, at: now });
}
