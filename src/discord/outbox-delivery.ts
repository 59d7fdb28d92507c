import { DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { APIMessage, REST } from 'discord.js';
import type { OutboxRow, OutboxStore, OutboxSubject, Posted } from '../store/store.ts';
import { printOf } from './outbox-print.ts';
import { findSent } from './outbox-search.ts';

/** A message as it is to be sent: a new one or, with a message id, in the place of what that one shows. */
export interface Composed {
  channelId: string;
  messageId?: string;
  /** The body of Discord's Create Message or Edit Message. */
  body: Record<string, unknown>;
  /** Attached to a new message. */
  files?: OutboxFile[];
}

export interface OutboxFile {
  name: string;
  attachment: Buffer;
  /** For those who cannot see it. */
  description: string;
}

/** What is to be said of a subject at this moment; null: nothing, any more. */
export type Compose = (subject: OutboxSubject) => Promise<Composed | null>;

export interface DeliveryParts {
  store: Pick<OutboxStore, 'trying' | 'known'>;
  rest: REST;
  /** Of the bot. */
  userId: string;
  compose: Compose;
  /** Nothing is said but answers that a person gave and an agent waits for. */
  silent?: boolean;
  /** ms UTC. */
  now(): number;
}

/** How far a row has come. */
export interface Sending {
  /** During `search` it may be in Discord since an earlier send, during `post` since this one. */
  step: 'search' | 'compose' | 'post';
  channelId: string | null;
}

/**
 * Brings a row to Discord, unless it is there already. `sending` is kept up to date, for when this rejects. Null: there is nothing to say
 * any more. `ended`: nobody waits for Discord any more.
 *
 * @throws DiscordAPIError, HTTPError, AbortError, and what composing and the store throw
 */
export async function deliver(
  parts: DeliveryParts,
  row: OutboxRow,
  sending: Sending,
  ended: AbortSignal,
): Promise<Posted | null> {
  const { tried } = row;
  if (tried) {
    const messageId = await unlessEnded(findSent(parts, tried), ended);
    if (messageId !== null) return { channelId: tried.channelId, messageId };
    sending.step = 'compose';
  }
  const message = row.withdrawn ? null : await composed(parts, row);
  if (message === null) return null;
  const { channelId, messageId } = message;
  sending.channelId = channelId;
  if (messageId === undefined) return create(parts, row, message, sending, ended);
  await edit(parts, { ...message, messageId }, ended);
  return { channelId, messageId };
}

async function composed({ compose, silent }: DeliveryParts, row: OutboxRow): Promise<Composed | null> {
  if (silent && !isAnswer(row)) return null;
  return 'subject' in row ? compose(row.subject) : { channelId: row.channelId, body: row.payload };
}

async function create(
  { rest, store, now }: DeliveryParts,
  row: OutboxRow,
  { channelId, body, files = [] }: Composed,
  sending: Sending,
  ended: AbortSignal,
): Promise<Posted> {
  const posting = {
    body: { ...body, ...attached(files), nonce: row.nonce, enforce_nonce: true },
    files: files.map(fileOf),
  };
  await store.trying(row.id, { channelId, print: printOf(body), at: now() });
  sending.step = 'post';
  const message = await unlessEnded(rest.post(Routes.channelMessages(channelId), posting), ended);
  return { channelId, messageId: (message as APIMessage).id };
}

/** Edits may be repeated: they leave a message as it is. */
async function edit(
  { rest }: DeliveryParts,
  { channelId, messageId, body }: Composed & { messageId: string },
  ended: AbortSignal,
): Promise<void> {
  try {
    await unlessEnded(rest.patch(Routes.channelMessage(channelId, messageId), { body }), ended);
  } catch (error) {
    if (!cannotBeSeen(error)) throw error;
  }
}

function unlessEnded<T>(request: Promise<T>, ended: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(ended.reason as Error);
  if (ended.aborted) end();
  ended.addEventListener('abort', end, { once: true });
  return Promise.race([request, promise]).finally(() => ended.removeEventListener('abort', end));
}

function attached(files: readonly OutboxFile[]) {
  if (files.length === 0) return {};
  return {
    attachments: files.map(({ name, description }, id) => ({
      id: String(id),
      filename: name,
      description,
    })),
  };
}

function fileOf({ name, attachment }: OutboxFile) {
  return { name, data: attachment };
}

function isAnswer(row: OutboxRow): boolean {
  return 'subject' in row && row.subject.kind === 'escalation-answer';
}

const { UnknownChannel, UnknownMessage, InvalidActionOnArchivedThread } = RESTJSONErrorCodes;
const UNSEEN = new Set<string | number>([UnknownChannel, UnknownMessage, InvalidActionOnArchivedThread]);

/** The message or its channel is deleted, or it lies in an archived thread: nobody misses what it would say now. */
function cannotBeSeen(error: unknown): boolean {
  return error instanceof DiscordAPIError && UNSEEN.has(error.code);
}
