import { DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { APIMessage, REST } from 'discord.js';
import type { Logger } from 'pino';
import { delayAfter } from '../backoff.ts';
import type { Backoff } from '../backoff.ts';
import type { OutboxRow, OutboxStore, OutboxSubject, Posted } from '../store/store.ts';

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
const EVERY = 1000;
const AT_ONCE = 20;
const BACKOFF: Backoff = { first: 2000, most: 10 * 60_000 };

interface Options {
  store: OutboxStore;
  rest: REST;
  compose: Compose;
  /** Nothing is said but answers that a person gave and an agent waits for. */
  silent?: boolean;
  log: Logger;
  now(): number;
}

/**
 * Sends what the store's outbox holds, oldest first. A nonce per message makes Discord answer a repeated send with the first
 * message, so that a crash between sending and noting it down posts nothing twice.
 */
export class Outbox {
  readonly #options: Options;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  start(every = EVERY): void {
    this.#running = this.sendDue().catch((err: unknown) => {
      this.#options.log.error({ err }, 'The outbox could not be read or updated; it is tried again.');
    });
    this.#timer = setTimeout(() => void this.#running.then(() => this.#timer && this.start(every)), every);
  }

  /** Resolves when the message that is being sent is sent. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  /** Sends everything that is due, one after the other. */
  async sendDue(): Promise<void> {
    const { store, now } = this.#options;
    for (const row of await store.due(now(), AT_ONCE)) await this.#send(row);
  }

  async #send(row: OutboxRow): Promise<void> {
    const { store, now } = this.#options;
    let posted: Posted | null;
    try {
      const message = await this.#compose(row);
      posted = message && (await this.#deliver(message, row.nonce));
    } catch (error) {
      await this.#fail(row, error);
      return;
    }
    if (posted) await store.sent(row.id, posted, now());
    else await store.withdraw(row.id);
  }

  async #compose(row: OutboxRow): Promise<Composed | null> {
    if (this.#options.silent && !isAnswer(row)) return null;
    return 'subject' in row
      ? this.#options.compose(row.subject)
      : { channelId: row.channelId, body: row.payload };
  }

  async #deliver(
    { channelId, messageId, body, files = [] }: Composed,
    nonce: string,
  ): Promise<Posted | null> {
    const { rest } = this.#options;
    if (messageId === undefined) {
      const posting = {
        body: { ...body, ...attached(files), nonce, enforce_nonce: true },
        files: files.map(fileOf),
      };
      const { id } = (await rest.post(Routes.channelMessages(channelId), posting)) as APIMessage;
      return { channelId, messageId: id };
    }
    try {
      await rest.patch(Routes.channelMessage(channelId, messageId), { body });
    } catch (error) {
      if (!cannotBeSeen(error)) throw error;
    }
    return { channelId, messageId };
  }

  async #fail(row: OutboxRow, err: unknown): Promise<void> {
    const { store, log, now } = this.#options;
    const { id } = row;
    const about = 'subject' in row ? row.subject : { channelId: row.channelId };
    const reason = err instanceof Error ? err.message : String(err);
    if (isPermanent(err, row.attempts)) {
      log.error({ err, ...about }, 'Discord refuses a message of the outbox: it is given up.');
      await store.failed(id, reason, null);
      return;
    }
    const wait = delayAfter(row.attempts + 1, BACKOFF);
    log.warn(
      { err, ...about, retryInMs: wait },
      'A message of the outbox could not be sent; it is tried again.',
    );
    await store.failed(id, reason, now() + wait);
  }
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

/** A permission that is missing may be granted yet: for about a day. */
const FORBIDDEN_TRIES = 150;

/** Trying again would not help: the message is malformed, forbidden for good, or its channel is gone. */
function isPermanent(error: unknown, attempts: number): boolean {
  if (!(error instanceof DiscordAPIError)) return false;
  const status = Number(error.status);
  return status === 400 || status === 404 || (status === 403 && attempts >= FORBIDDEN_TRIES);
}
