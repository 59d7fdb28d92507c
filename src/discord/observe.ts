import { ButtonStyle, ComponentType, MessageReferenceType, MessageType } from 'discord.js';
import type {
  APIEmbed,
  APIMessageSnapshotFields,
  APIPoll,
  APIUser,
  GatewayMessageCreateDispatchData,
} from 'discord.js';
import { personaKey } from '../domain/author.ts';
import type { Author } from '../domain/author.ts';
import type { EmbedText, Mention, Observation } from '../recorder/observation.ts';

/** Where a message was posted: the place in a recorded workspace. */
export type RecordedPlace = Pick<Observation, 'workspaceId' | 'threadId' | 'privateThread'>;

/** The bot itself, whose own messages are no part of the conversation. */
export interface Self {
  userId: string;
  applicationId: string;
}

/** What ids stand for, as far as Discord's data is at hand; null for what is not. */
export interface Names {
  user(guildId: string, userId: string): Author | null;
  /** `bot` is set when it is the role that came with a bot. */
  role(guildId: string, roleId: string): { name: string; bot: Author | null } | null;
  channel(channelId: string): string | null;
}

type Message = GatewayMessageCreateDispatchData;

/** True for what somebody else said; false for own messages and for what Discord itself announces (joins, pins, boosts …). */
export function isRecordable(message: Message, self: Self): boolean {
  return (
    SPOKEN.has(message.type) &&
    message.author.id !== self.userId &&
    message.application_id !== self.applicationId
  );
}

/** https://discord.com/developers/docs/resources/message#message-object-message-types */
const SPOKEN = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]);

/** A message of the gateway as plain data. Pure and cheap: it is called for every message in a recorded channel. */
export function observe(message: Message, place: RecordedPlace, names: Names): Observation {
  const body = forwarded(message) ?? message;
  const componentTexts: string[] = [];
  collectTexts(body.components, componentTexts);
  const embeds = embedTexts(body.embeds, message.poll);
  return {
    workspaceId: place.workspaceId,
    threadId: place.threadId,
    privateThread: place.privateThread,
    messageId: message.id,
    author: authorOf(message),
    at: Date.parse(message.timestamp),
    replyToMessageId:
      message.type === MessageType.Reply ? (message.message_reference?.message_id ?? null) : null,
    content: body.content,
    mentions: mentionsIn([body.content, ...componentTexts, ...embeds.map(embedText)], message, names),
    embeds,
    componentTexts,
    controls: body.components?.length ? controlsIn(body.components) : undefined,
    attachments: fileNames(body),
    flags: message.flags ?? 0,
  };
}

/** What was forwarded is in a snapshot; the message around it is empty. */
function forwarded(message: Message): APIMessageSnapshotFields | undefined {
  if (message.message_reference?.type !== MessageReferenceType.Forward) return undefined;
  return message.message_snapshots?.[0]?.message;
}

/**
 * Webhooks speak under many names, each a persona of its own. What a bot answers to an interaction also comes with a webhook id,
 * which is then the bot's application id: that is the bot itself.
 */
function authorOf({ author, member, webhook_id, application_id }: Message): Author {
  if (webhook_id !== undefined && webhook_id !== application_id)
    return { key: personaKey(webhook_id, author.username), name: author.username, kind: 'persona' };
  return userAuthor(author, member?.nick);
}

function userAuthor(user: APIUser, nick: string | null | undefined): Author {
  return {
    key: user.id,
    name: nick ?? user.global_name ?? user.username,
    kind: user.bot === true ? 'bot' : 'person',
  };
}

const TOKEN = /<(@!?|@&|#)(\d{17,20})>/g;

/** Each token once, in the order of reading. */
function mentionsIn(texts: readonly string[], message: Message, names: Names): Mention[] {
  const found = new Map<string, Mention>();
  for (const text of texts) {
    if (!text.includes('<')) continue;
    for (const [token, sign, id] of text.matchAll(TOKEN)) {
      if (!found.has(token)) found.set(token, resolve(token, sign!, id!, message, names));
    }
  }
  return [...found.values()];
}

function resolve(token: string, sign: string, id: string, message: Message, names: Names): Mention {
  const guildId = message.guild_id!;
  if (sign === '#') return { token, text: `#${names.channel(id) ?? 'deleted-channel'}`, author: null };
  if (sign === '@&') {
    const role = names.role(guildId, id);
    return { token, text: `@${role?.bot?.name ?? role?.name ?? 'deleted-role'}`, author: role?.bot ?? null };
  }
  const author = mentionedUser(id, message) ?? names.user(guildId, id);
  return { token, text: `@${author?.name ?? 'unknown-user'}`, author };
}

/** The message itself brings those it notifies; one that notifies nobody leaves them to be looked up. */
function mentionedUser(id: string, { mentions }: Message): Author | null {
  const user = mentions.find((mentioned) => mentioned.id === id);
  return user ? userAuthor(user, user.member?.nick) : null;
}

/** Embeds that Discord makes of links are not what the author said. */
function embedTexts(embeds: readonly APIEmbed[], poll: APIPoll | undefined): EmbedText[] {
  const texts = embeds
    .filter((embed) => (embed.type ?? 'rich') === 'rich')
    .map(({ title, description, fields, footer }) => ({
      title: title ?? null,
      description: description ?? null,
      fields: fields?.map(({ name, value }) => ({ name, value })) ?? [],
      footer: footer?.text ?? null,
    }));
  return poll ? [...texts, pollText(poll)] : texts;
}

function pollText({ question, answers }: APIPoll): EmbedText {
  const options = answers.map(({ poll_media }) => `- ${poll_media.text ?? poll_media.emoji?.name ?? ''}`);
  return { title: question.text ?? null, description: options.join('\n'), fields: [], footer: null };
}

function embedText({ title, description, fields, footer }: EmbedText): string {
  return [title, description, ...fields.flatMap(({ name, value }) => [name, value]), footer].join('\n');
}

function fileNames(body: Pick<Message, 'attachments' | 'sticker_items'>): string[] {
  return [
    ...body.attachments.map(({ filename }) => filename),
    ...(body.sticker_items ?? []).map(({ name }) => name),
  ];
}

interface Component {
  type: ComponentType;
  content?: string;
  components?: readonly Component[];
  accessory?: Component;
  label?: string;
  style?: number;
  disabled?: boolean;
  options?: readonly { label: string }[];
}

/** Labels of buttons that do something and choices of selects, wherever they are; undefined where there are none. */
function controlsIn(components: readonly object[]): string[] | undefined {
  const controls = (components as readonly Component[]).flatMap(controlsOf);
  return controls.length > 0 ? controls : undefined;
}

function controlsOf({ components, accessory, options, ...component }: Component): string[] {
  if (component.type === ComponentType.StringSelect) return options?.map(({ label }) => label) ?? [];
  if (component.type === ComponentType.Button) return isPressable(component) ? [component.label!] : [];
  return [...(components ?? []), ...(accessory ? [accessory] : [])].flatMap(controlsOf);
}

/** A link decides nothing, and what is greyed out cannot be pressed any more. */
function isPressable({ label, style, disabled }: Pick<Component, 'label' | 'style' | 'disabled'>): boolean {
  return Boolean(label) && style !== ButtonStyle.Link && disabled !== true;
}

/** The text displays of components v2, wherever they are nested. */
function collectTexts(components: readonly object[] | undefined, texts: string[]): void {
  for (const component of (components ?? []) as readonly Component[]) {
    if (component.type === ComponentType.TextDisplay && component.content) texts.push(component.content);
    if (component.components) collectTexts(component.components, texts);
  }
}
