import { randomBytes } from 'node:crypto';
import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import {
  fieldError,
  invalidForm,
  invalidWebhookToken,
  threadArchived,
  tooManyWebhooks,
  unknownChannel,
  unknownMessage,
  unknownWebhook,
  webhookNeedsForum,
  webhookNeedsThread,
} from '../errors.ts';
import { webhooksChanged } from '../events/channels.ts';
import { isAbsent } from '../validate/checks.ts';
import { checkMessage } from '../validate/message.ts';
import type { Channel, Message, Webhook } from '../world.ts';
import { channelOf } from '../world.ts';
import { demand, visibleChannel } from './access.ts';
import { compose, persona } from './compose.ts';
import { removeMessage, revise } from './edit.ts';
import type { Upload } from './files.ts';
import { publish } from './publish.ts';
import { fileNames } from './send.ts';
import { createPost, publishFirst } from './threads.ts';

const MAX_WEBHOOKS = 15;

/** @throws DiscordError 10003, 50001, 50013, 30007, 50035 for a name Discord keeps to itself */
export function createWebhook(
  core: Core,
  channelId: string,
  userId: string,
  given: { name: string; avatar?: string | null },
): Webhook {
  const channel = visibleChannel(core, channelId, userId);
  demand(core, channel, userId, P.ManageWebhooks);
  return addWebhook(core, channel, userId, given);
}

/** As {@link createWebhook}, without asking whether the user may. @throws DiscordError 30007, 50035 */
export function addWebhook(
  core: Core,
  channel: Channel,
  userId: string,
  { name, avatar = null }: { name: string; avatar?: string | null },
): Webhook {
  checkWebhookName(name);
  const inChannel = core.world.webhooks.values().filter(({ channelId }) => channelId === channel.id);
  if (inChannel.toArray().length >= MAX_WEBHOOKS) throw tooManyWebhooks();
  const webhook: Webhook = {
    id: core.ids.next(),
    token: randomBytes(51).toString('base64url'),
    name: name.trim(),
    avatar,
    channelId: channel.id,
    guildId: channel.guildId ?? '',
    creatorId: userId,
    applicationId: core.world.applications.has(userId) ? userId : null,
  };
  core.world.webhooks.set(webhook.id, webhook);
  webhooksChanged(core, channel);
  return webhook;
}

/** @throws DiscordError 10015, 50027 */
export function webhookByToken(core: Core, id: string, token: string): Webhook {
  const webhook = core.world.webhooks.get(id);
  if (webhook === undefined) throw unknownWebhook();
  if (webhook.token !== token) throw invalidWebhookToken();
  return webhook;
}

/** Renames a webhook or moves it to another channel of its guild. @throws DiscordError 50035, 10003 */
export function changeWebhook(
  core: Core,
  webhook: Webhook,
  { name, channelId }: { name?: string; channelId?: string },
): void {
  if (name !== undefined) checkWebhookName(name);
  const channel = channelOf(core.world, channelId ?? webhook.channelId);
  if (channel.guildId !== webhook.guildId) throw unknownChannel();
  webhook.name = name?.trim() ?? webhook.name;
  webhook.channelId = channel.id;
  webhooksChanged(core, channel);
}

export function deleteWebhook(core: Core, webhook: Webhook): void {
  core.world.webhooks.delete(webhook.id);
  webhooksChanged(core, channelOf(core.world, webhook.channelId));
}

/**
 * Sends as a webhook: into its channel, a thread of it, or as a new post of a forum.
 * @throws DiscordError 50035, 50006, 10003, 50083, 220001, 220003
 */
export function executeWebhook(
  core: Core,
  webhook: Webhook,
  rawBody: unknown,
  { files = [], threadId }: { files?: readonly Upload[]; threadId?: string | undefined } = {},
): Message {
  const place = webhookPlace(core, webhook, threadId);
  const body = checkMessage(rawBody, { kind: 'webhook', files: fileNames(files) });
  const isForum = place.type === ChannelType.GuildForum;
  if (isForum && isAbsent(body.thread_name)) throw webhookNeedsThread();
  if (!isForum && !isAbsent(body.thread_name)) throw webhookNeedsForum();
  if (place.thread?.archived === true && place.thread.locked) throw threadArchived();
  const sender = { ...senderOf(webhook), webhook: persona(webhook, body) };
  if (isForum) {
    const post = createPost(core, place, webhook.id, { name: body.thread_name! }, []);
    const message = compose(core, post, sender, body, files);
    publishFirst(core, post, message);
    return message;
  }
  const message = compose(core, place, sender, body, files);
  publish(core, place, message);
  return message;
}

/** @throws DiscordError 10008, 10003, 50035, 50006 */
export function editWebhookMessage(
  core: Core,
  webhook: Webhook,
  messageId: string,
  rawBody: unknown,
  { files = [], threadId }: { files?: readonly Upload[]; threadId?: string | undefined } = {},
): Message {
  const channel = webhookPlace(core, webhook, threadId);
  const message = webhookMessage(core, webhook, messageId, threadId);
  revise(core, channel, message, senderOf(webhook), rawBody, files);
  return message;
}

/** @throws DiscordError 10008, 10003 */
export function deleteWebhookMessage(
  core: Core,
  webhook: Webhook,
  messageId: string,
  threadId?: string,
): void {
  const message = webhookMessage(core, webhook, messageId, threadId);
  removeMessage(core, webhookPlace(core, webhook, threadId), message);
}

/** One of the webhook's own messages. @throws DiscordError 10008, 10003 */
export function webhookMessage(core: Core, webhook: Webhook, messageId: string, threadId?: string): Message {
  const message = webhookPlace(core, webhook, threadId).messages.get(messageId);
  if (message?.webhook?.id !== webhook.id) throw unknownMessage();
  return message;
}

/** @throws DiscordError 50035 */
export function checkWebhookName(name: string): void {
  const reserved = /clyde|discord/i.exec(name)?.[0];
  if (reserved === undefined) return;
  const message = `Username cannot contain "${reserved.toLowerCase()}"`;
  throw invalidForm(fieldError(['name'], 'USERNAME_INVALID_CONTAINS', message));
}

function senderOf(webhook: Webhook) {
  const application = webhook.applicationId === null ? {} : { applicationId: webhook.applicationId };
  return { authorId: webhook.id, pings: 'users' as const, mayMentionEveryone: true, ...application };
}

function webhookPlace(core: Core, webhook: Webhook, threadId: string | undefined): Channel {
  const channel = core.world.channels.get(threadId ?? webhook.channelId);
  if (channel === undefined || (threadId !== undefined && channel.parentId !== webhook.channelId)) {
    throw unknownChannel();
  }
  return channel;
}
