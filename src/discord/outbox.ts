import { DiscordAPIError, Routes } from 'discord.js';
import type { APIMessage, REST } from 'discord.js';
import type { Logger } from 'pino';
import { delayAfter } from '../backoff.ts';
import type { Backoff } from '../backoff.ts';
import type { OutboxMessage, OutboxRow, OutboxStore } from '../store/store.ts';

/** How often the store is asked for messages, in ms. */
const EVERY = 1000;
const AT_ONCE = 20;
const BACKOFF: Backoff = { first: 2000, most: 10 * 60_000 };

interface Options {
  store: OutboxStore;
  rest: REST;
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
    const { store, rest, now } = this.#options;
    if ('subject' in row) {
      await store.withdraw(row.id);
      return;
    }
    const body = { ...row.payload, nonce: row.nonce, enforce_nonce: true };
    let message: APIMessage;
    try {
      message = (await rest.post(Routes.channelMessages(row.channelId), { body })) as APIMessage;
    } catch (error) {
      await this.#fail(row, error);
      return;
    }
    await store.sent(row.id, { channelId: row.channelId, messageId: message.id }, now());
  }

  async #fail(row: OutboxRow & OutboxMessage, err: unknown): Promise<void> {
    const { store, log, now } = this.#options;
    const { id, channelId } = row;
    const reason = err instanceof Error ? err.message : String(err);
    if (isPermanent(err, row.attempts)) {
      log.error({ err, channelId }, 'Discord refuses a message of the outbox: it is given up.');
      await store.failed(id, reason, null);
      return;
    }
    const wait = delayAfter(row.attempts + 1, BACKOFF);
    log.warn(
      { err, channelId, retryInMs: wait },
      'A message of the outbox could not be sent; it is tried again.',
    );
    await store.failed(id, reason, now() + wait);
  }
}

/** A permission that is missing may be granted yet: for about a day. */
const FORBIDDEN_TRIES = 150;

/** Trying again would not help: the message is malformed, forbidden for good, or its channel is gone. */
function isPermanent(error: unknown, attempts: number): boolean {
  if (!(error instanceof DiscordAPIError)) return false;
  const status = Number(error.status);
  return status === 400 || status === 404 || (status === 403 && attempts >= FORBIDDEN_TRIES);
}
