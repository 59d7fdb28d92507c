import { createHash } from 'node:crypto';
import { MessageFlags, MessageType } from 'discord-api-types/v10';
import type { APIMessageInteractionMetadata, APIPoll, RESTAPIPoll } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { timestamp } from '../payloads/time.ts';
import type { MessageBody } from '../validate/message.ts';
import type { Channel, Message, Webhook } from '../world.ts';
import { isAbsent } from '../validate/checks.ts';
import type { FileNote, Upload } from './files.ts';
import { storeFiles } from './files.ts';
import { mentionsIn } from './mentions.ts';
import { storedComponents, storedEmbeds } from './rich.ts';

/** Who sends, and how; the same for people, bots, webhooks and answers to interactions. */
export interface Sender {
  /** A user's id, or the webhook's. */
  authorId: string;
  webhook?: Message['webhook'];
  applicationId?: string;
  /** What a body without `allowed_mentions` pings. */
  pings: 'all' | 'users';
  mayMentionEveryone: boolean;
  ephemeralTo?: string;
  interactionMetadata?: APIMessageInteractionMetadata;
}

/** The flags a sender may set: suppressed embeds, silent, components v2. */
export const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/**
 * Makes a message of a checked body, and stores its files. Nothing is published, and no permission is looked at.
 * `replyTo` is the message that a reply refers to.
 */
export function compose(
  core: Core,
  channel: Channel,
  sender: Sender,
  body: MessageBody,
  files: readonly Upload[],
  replyTo?: Message,
): Message {
  const content = (body.content ?? '').trim();
  const attachments = storeFiles(core, channel.id, files, body.attachments as FileNote[] | undefined);
  const home = { core, channelId: channel.id, attachments };
  const message = emptyMessageOf(core, channel, sender);
  return Object.assign(message, {
    content,
    tts: body.tts ?? false,
    flags: ((body.flags ?? 0) & SETTABLE_FLAGS) | message.flags,
    attachments,
    embeds: storedEmbeds(body.embeds ?? [], home),
    components: storedComponents(body.components ?? [], home),
    ...mentionsIn(core, channel, spokenText(content, body.components ?? []), {
      allowed: body.allowed_mentions,
      byDefault: sender.pings,
      mayMentionEveryone: sender.mayMentionEveryone,
      repliedTo: replyTo?.webhook === undefined ? replyTo?.authorId : undefined,
    }),
    ...(!isAbsent(body.nonce) && { nonce: body.nonce }),
    ...(!isAbsent(body.poll) && { poll: storedPoll(body.poll, core.clock.now()) }),
    ...(replyTo !== undefined && { type: MessageType.Reply, reference: referenceTo(replyTo) }),
  });
}

/** A message with nothing in it yet, under a new id. */
export function emptyMessageOf(core: Core, channel: Channel, sender: Sender): Message {
  const { webhook, applicationId, ephemeralTo, interactionMetadata } = sender;
  return {
    id: core.ids.next(),
    channelId: channel.id,
    ...(channel.guildId !== undefined && { guildId: channel.guildId }),
    type: MessageType.Default,
    authorId: sender.authorId,
    content: '',
    editedAt: null,
    tts: false,
    flags: ephemeralTo === undefined ? 0 : MessageFlags.Ephemeral,
    mentionEveryone: false,
    mentions: [],
    mentionRoles: [],
    attachments: [],
    embeds: [],
    components: [],
    reactions: new Map(),
    ...(webhook !== undefined && { webhook }),
    ...(applicationId !== undefined && { applicationId }),
    ...(ephemeralTo !== undefined && { ephemeralTo }),
    ...(interactionMetadata !== undefined && { interactionMetadata }),
  };
}

/** The message's webhook author, with the name and picture that one execution may choose. */
export function persona(
  webhook: Webhook,
  body: Pick<MessageBody, 'username' | 'avatar_url'>,
): Message['webhook'] {
  const picture = body.avatar_url;
  return {
    id: webhook.id,
    username: body.username ?? webhook.name,
    avatar: isAbsent(picture) ? webhook.avatar : createHash('md5').update(picture).digest('hex'),
  };
}

/** The text that can ping: content, and the text displays of components v2. */
export function spokenText(content: string, components: readonly unknown[]): string {
  return components.length === 0 ? content : [content, ...components.flatMap(textsOf)].join('\n');
}

function textsOf(component: unknown): string[] {
  const { content, components } = component as { content?: unknown; components?: unknown[] };
  return [...(typeof content === 'string' ? [content] : []), ...(components ?? []).flatMap(textsOf)];
}

function referenceTo(message: Message): Message['reference'] {
  const guild = message.guildId === undefined ? {} : { guildId: message.guildId };
  return { type: 0, messageId: message.id, channelId: message.channelId, ...guild };
}

const HOUR_MS = 3_600_000;

/** A poll as it is kept: its answers numbered, its end fixed. */
export function storedPoll(poll: RESTAPIPoll, now: number): APIPoll {
  return {
    question: poll.question,
    answers: poll.answers.map((answer, index) => ({ answer_id: index + 1, poll_media: answer.poll_media })),
    expiry: timestamp(now + (poll.duration ?? 24) * HOUR_MS),
    allow_multiselect: poll.allow_multiselect ?? false,
    layout_type: poll.layout_type ?? 1,
    results: { is_finalized: false, answer_counts: [] },
  };
}
