import type {
  RESTPostAPIChannelMessageJSONBody,
  RESTPostAPIWebhookWithTokenJSONBody,
} from 'discord-api-types/v10';
import { emptyMessage, invalidForm } from '../errors.ts';
import {
  anything,
  boolean,
  integer,
  isAbsent,
  isRecord,
  list,
  object,
  oneOf,
  snowflake,
  string,
  url,
  type Check,
} from './checks.ts';
import { components } from './components.ts';
import { embeds } from './embeds.ts';
import { Form } from './form.ts';
import { attachmentNotes, checkAttachments, fileNames } from './attachments.ts';
import { allowedMentions } from './mentions.ts';
import { poll } from './poll.ts';

/** What any way of sending a message may carry: a bot's message, a webhook's, an interaction's answer. */
export type MessageBody = Omit<
  RESTPostAPIChannelMessageJSONBody & RESTPostAPIWebhookWithTokenJSONBody,
  never
>;

export interface MessageContext {
  /**
   * - `create`: a bot's or person's own message
   * - `webhook`: executing a webhook
   * - `interaction`: answering or following up an interaction
   * - `edit`: changing a message, whoever sent it
   */
  kind: 'create' | 'webhook' | 'interaction' | 'edit';
  /** Names of the uploaded files by their index in `files[n]`. */
  files: ReadonlyMap<string, string>;
  /** The message that is edited; members it lacks count as empty. */
  current?: CurrentMessage;
}

export interface CurrentMessage {
  content?: string;
  flags?: number;
  embeds?: readonly unknown[];
  components?: readonly unknown[];
  attachments?: readonly { id: string; filename: string }[];
  poll?: unknown;
}

const componentsV2 = 1 << 15;

/** Fields that a components-v2 message cannot have: its components say everything. */
const legacyFields = ['content', 'embeds', 'sticker_ids', 'stickers', 'poll'] as const;

/**
 * Checks the body of a message as Discord does.
 * @throws DiscordError 50035 with every fault found, or 50006 when the message would show nothing
 */
export function checkMessage(body: unknown, context: MessageContext): MessageBody {
  const form = new Form();
  if (isRecord(body)) checkFields(body, context, form);
  else object({})(body, form);
  if (form.errors) throw invalidForm(form.errors);
  if (isEmpty(body as Record<string, unknown>, context)) throw emptyMessage();
  return body as MessageBody;
}

/** As {@link checkMessage} for a message inside a larger body: faults go to `form`, emptiness is 50006. */
export function checkMessageAt(body: Record<string, unknown>, context: MessageContext, form: Form): void {
  checkFields(body, context, form);
  if (!form.errors && isEmpty(body, context)) throw emptyMessage();
}

function checkFields(body: Record<string, unknown>, context: MessageContext, form: Form): void {
  const v2 = isV2(body, context);
  shape(body, form);
  checkAttachments(body, context, form.at('attachments'));
  if (!isAbsent(body['components'])) {
    const rules = { v2, fileNames: fileNames(body, context) };
    components(rules)(body['components'], form.at('components'));
  }
  if (v2) refuseLegacyFields(body, context, form);
}

const nonce: Check = (value, form) => {
  if (typeof value === 'string') {
    if (value.length > 25) form.fail('NONCE_TYPE_TOO_LONG', 'Must be 25 or fewer characters long.');
  } else if (!Number.isInteger(value)) {
    form.fail('NONCE_TYPE_INVALID_TYPE', 'This field must be a string or integer.');
  }
};

const reference = object(
  {
    message_id: snowflake,
    channel_id: snowflake,
    guild_id: snowflake,
    type: oneOf([0]),
    fail_if_not_exists: boolean,
  },
  ['message_id'],
);

/**
 * Every field that some way of sending knows is let through everywhere: clients send a message's whole body
 * (discord.js adds `enforce_nonce` to an interaction's answer), and Discord ignores what does not apply.
 */
const shape = object({
  content: string({ max: 2000 }),
  embeds,
  allowed_mentions: allowedMentions,
  components: anything,
  flags: integer({ min: 0, max: 2 ** 31 - 1 }),
  attachments: attachmentNotes,
  tts: boolean,
  poll,
  sticker_ids: list(snowflake, { max: 3 }),
  nonce,
  enforce_nonce: boolean,
  message_reference: reference,
  shared_client_theme: anything,
  username: string({ min: 1, max: 80 }),
  avatar_url: url(['http', 'https']),
  thread_name: string({ min: 1, max: 100 }),
  applied_tags: list(snowflake, { max: 5 }),
});

/** The flag is set by the body, or was set before: an edit cannot take it away. */
function isV2(body: Record<string, unknown>, context: MessageContext): boolean {
  const flags = typeof body['flags'] === 'number' ? body['flags'] : 0;
  return ((flags | (context.current?.flags ?? 0)) & componentsV2) !== 0;
}

function refuseLegacyFields(body: Record<string, unknown>, context: MessageContext, form: Form): void {
  for (const field of legacyFields) {
    const before = context.current?.[field as keyof CurrentMessage];
    if (isFilled(field in body ? body[field] : before)) {
      form
        .at(field)
        .fail(
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        );
    }
  }
}

function isEmpty(body: Record<string, unknown>, { files, current, kind }: MessageContext): boolean {
  const now = (field: string, before?: unknown) => (body[field] === undefined ? before : body[field]);
  const filled = [
    now('content', current?.content),
    now('embeds', current?.embeds),
    now('components', current?.components),
    now('poll', current?.poll),
    body['sticker_ids'],
    kind === 'edit' ? now('attachments', current?.attachments) : undefined,
    files.size > 0,
  ];
  return !filled.some(isFilled);
}

function isFilled(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.length > 0;
  return !isAbsent(value) && value !== false;
}
