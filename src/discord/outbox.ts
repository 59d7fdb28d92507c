import { DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { APIMessage, REST } from 'discord.js';
import type { Logger } from 'pino';
import { delayAfter } from '../backoff.ts';
import type { Backoff } from '../backoff.ts';
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

/** How often the store is asked for messages, in ms. */
const EVERY = 500;
const AT_ONCE = 20;
const BACKOFF: Backoff = { first: 2000, most: 10 * 60_000 };

interface Options {
  store: OutboxStore;
  rest: REST;
  /** Of the bot. */
  userId: string;
  compose: Compose;
  /** Nothing is said but answers that a person gave and an agent waits for. */
  silent?: boolean;
  /** Ids of those who are told that Discord refuses what is about a workspace. */
  ownersOf(workspaceId: number): Promise<string[]>;
  /** Hears of a channel in which Discord does not let the bot write. */
  onRefused(channelId: string): void;
  log: Logger;
  now(): number;
}

/**
 * Sends what the store's outbox holds, each lane in its order and no lane waiting for another. Each send is noted before it begins: one
 * of which nobody knows how it ended, because the answer or the process was lost, is looked for in its channel before it is sent again.
 * A nonce for each row lets Discord itself see a repeated send within some minutes.
 */
export class Outbox {
  readonly #options: Options;
  /** Lanes in which something is being sent. */
  readonly #lanes = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #asking: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: Options) {
    this.#options = options;
  }

  start(every = EVERY): void {
    this.#asking = this.#begin().catch((err: unknown) => this.#complain(err));
    this.#timer = setTimeout(() => void this.#asking.then(() => this.#timer && this.start(every)), every);
  }

  /** Resolves when the messages that are being sent are sent. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#asking;
    await Promise.all(this.#lanes.values());
  }

  /** Sends what is due. */
  async sendDue(): Promise<void> {
    await this.#begin();
    await Promise.all(this.#lanes.values());
  }

  async #begin(): Promise<void> {
    const { store, now } = this.#options;
    const due = await store.due(now(), AT_ONCE, [...this.#lanes.keys()]);
    for (const [lane, rows] of Map.groupBy(due, (row) => row.lane)) {
      const done = this.#sendAll(rows)
        .catch((err: unknown) => this.#complain(err))
        .finally(() => this.#lanes.delete(lane));
      this.#lanes.set(
        lane,
        done.then(() => this.#goOn()),
      );
    }
  }

  /** What was sent may be followed by more, such as a card that changes with its answer. */
  #goOn(): void {
    if (this.#timer === undefined) return;
    this.#asking = this.#asking.then(() => this.#begin()).catch((err: unknown) => this.#complain(err));
  }

  /** One that has to wait holds up those behind it. */
  async #sendAll(rows: readonly OutboxRow[]): Promise<void> {
    for (const row of rows) {
      if (this.#isStopped || !(await this.#send(row))) return;
    }
  }

  /** False: it is tried again later. */
  async #send(row: OutboxRow): Promise<boolean> {
    const { store, now } = this.#options;
    const { tried } = row;
    const sending: Sending = { step: tried ? 'search' : 'compose', channelId: tried?.channelId ?? null };
    try {
      const posted = await this.#post(row, sending);
      if (posted) await store.sent(row.id, posted, now());
      else await store.withdraw(row.id);
      return true;
    } catch (error) {
      if (isOfStore(error)) throw error;
      return this.#fail(row, sending, error);
    }
  }

  /** Null: there is nothing to say any more. */
  async #post(row: OutboxRow, sending: Sending): Promise<Posted | null> {
    const { tried } = row;
    if (tried) {
      const messageId = await findSent(this.#options, tried);
      if (messageId !== null) return { channelId: tried.channelId, messageId };
      sending.step = 'compose';
    }
    const message = row.withdrawn ? null : await this.#compose(row);
    if (message === null) return null;
    sending.channelId = message.channelId;
    return message.messageId === undefined
      ? this.#create(row, message, sending)
      : this.#edit(message, message.messageId);
  }

  async #compose(row: OutboxRow): Promise<Composed | null> {
    if (this.#options.silent && !isAnswer(row)) return null;
    return 'subject' in row
      ? this.#options.compose(row.subject)
      : { channelId: row.channelId, body: row.payload };
  }

  async #create(
    row: OutboxRow,
    { channelId, body, files = [] }: Composed,
    sending: Sending,
  ): Promise<Posted> {
    const { rest, store, now } = this.#options;
    const posting = {
      body: { ...body, ...attached(files), nonce: row.nonce, enforce_nonce: true },
      files: files.map(fileOf),
    };
    await store.trying(row.id, { channelId, print: printOf(body), at: now() });
    sending.step = 'post';
    const { id } = (await rest.post(Routes.channelMessages(channelId), posting)) as APIMessage;
    return { channelId, messageId: id };
  }

  /** Edits may be repeated: they leave a message as it is. */
  async #edit({ channelId, body }: Composed, messageId: string): Promise<Posted> {
    try {
      await this.#options.rest.patch(Routes.channelMessage(channelId, messageId), { body });
    } catch (error) {
      if (!cannotBeSeen(error)) throw error;
    }
    return { channelId, messageId };
  }

  async #fail(row: OutboxRow, { step, channelId }: Sending, err: unknown): Promise<boolean> {
    const { store, log, now, ownersOf, onRefused } = this.#options;
    const about = 'subject' in row ? { ...row.subject, channelId } : { channelId: row.channelId };
    const error = err instanceof Error ? err.message : String(err);
    const isKnown = step === 'compose' || (step === 'post' && isAnswered(err));
    if (isRefusal(err)) {
      log.error({ err, ...about }, 'Discord refuses a message of the outbox: it is given up.');
      const isOfDm = 'subject' in row && row.subject.kind === 'refusal';
      const isOfChannel = FORBIDDEN.has(Number(err.code)) && !isOfDm && row.workspaceId !== null;
      const tell = isOfChannel ? await ownersOf(row.workspaceId!) : [];
      await store.giveUp(row.id, { channelId, code: Number(err.code), error, isKnown, tell }, now());
      if (isOfChannel && channelId !== null) onRefused(channelId);
      return true;
    }
    const wait = delayAfter(row.attempts + 1, BACKOFF);
    log.warn(
      { err, ...about, retryInMs: wait },
      'A message of the outbox could not be sent; it is tried again.',
    );
    await store.failed(row.id, error, now() + wait, isKnown);
    return false;
  }

  #complain(err: unknown): void {
    this.#options.log.error({ err }, 'The outbox could not be read or updated; it is tried again.');
  }
}

/** How far a row has come. */
interface Sending {
  /** During `search` it may be in Discord since an earlier send, during `post` since this one. */
  step: 'search' | 'compose' | 'post';
  channelId: string | null;
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

/** The message is deleted, or lies in an archived thread: nobody misses what it would say now. */
function cannotBeSeen(error: unknown): boolean {
  const { UnknownMessage, InvalidActionOnArchivedThread } = RESTJSONErrorCodes;
  if (!(error instanceof DiscordAPIError)) return false;
  return error.code === UnknownMessage || error.code === InvalidActionOnArchivedThread;
}

/** The channel is closed to the bot, or gone: its owners can do something about it. */
const FORBIDDEN = new Set<number>([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.UnknownChannel,
]);

/** Trying again would not help: the message is malformed, forbidden, or its channel is gone. */
function isRefusal(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && [400, 403, 404].includes(Number(error.status));
}

/** It passes, or is mended by somebody; then it is known again how far the row has come. */
function isOfStore(error: unknown): boolean {
  return error instanceof Error && (error.name === 'SqliteError' || error.name === 'RpcError');
}

/** Discord has said that it did not do it. */
function isAnswered(error: unknown): boolean {
  return error instanceof DiscordAPIError && Number(error.status) < 500;
}
