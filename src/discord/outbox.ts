import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { Logger } from 'pino';
import { delayAfter } from '../backoff.ts';
import type { Backoff } from '../backoff.ts';
import type { OutboxRow, OutboxStore } from '../store/store.ts';
import { deliver } from './outbox-delivery.ts';
import type { DeliveryParts, Sending } from './outbox-delivery.ts';

/** How often the store is asked for messages, in ms. */
const EVERY = 500;
const AT_ONCE = 20;
/** How long a stop waits for Discord, in ms: it may ask to wait for minutes. */
const PATIENCE = 1500;
const BACKOFF: Backoff = { first: 2000, most: 10 * 60_000 };

interface Options extends DeliveryParts {
  /** Ids of those who are told that Discord refuses what is about a workspace. */
  ownersOf(workspaceId: number): Promise<string[]>;
  /** Hears of a channel in which Discord does not let the bot write. */
  onRefused(channelId: string): void;
  store: OutboxStore;
  log: Logger;
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
  readonly #ended = new AbortController();
  #isStopped = false;

  constructor(options: Options) {
    this.#options = options;
  }

  start(every = EVERY): void {
    this.#asking = this.#begin().catch((err: unknown) => this.#complain(err));
    this.#timer = setTimeout(() => void this.#asking.then(() => this.#timer && this.start(every)), every);
  }

  /** Resolves when the messages that are being sent are sent; soon, for what takes longer is looked for at the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const impatience = setTimeout(() => this.#ended.abort(), PATIENCE);
    await this.#asking;
    await Promise.all(this.#lanes.values());
    clearTimeout(impatience);
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
      const posted = await deliver(this.#options, row, sending, this.#ended.signal);
      if (posted) await store.sent(row.id, posted, now());
      else await store.withdraw(row.id);
      return true;
    } catch (error) {
      if (isOfStore(error)) throw error;
      return this.#fail(row, sending, error);
    }
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
