import { PermissionFlagsBits, Routes } from 'discord.js';
import type { APIDMChannel, Client } from 'discord.js';
import type { Logger } from 'pino';
import type { App } from '../app.ts';
import type { OutboxStore, OutboxSubject } from '../store/store.ts';
import { refusalPost } from '../views/refusal.ts';
import type { Composed } from './outbox-delivery.ts';
import { presentOwners } from './owners.ts';

/**
 * Who is told that the bot cannot write for a workspace: the people who own it, else the server's owner. Never a whole role: it is for
 * whoever can mend it.
 */
export async function peopleToTell({ client, workspaces }: App, workspaceId: number): Promise<string[]> {
  const workspace = workspaces.byId(workspaceId);
  const guild = workspace && client.guilds.cache.get(workspace.guildId);
  if (!guild) return [];
  const people = workspace.owners.filter((owner) => owner.startsWith('user:'));
  const present = await presentOwners(guild, people);
  return present.length > 0 ? present.map((owner) => owner.slice('user:'.length)) : [guild.ownerId];
}

/** Says by direct message in which channel Discord refuses what the bot has to say. */
export async function composeRefusal(
  { client, workspaces }: App,
  subject: OutboxSubject & { kind: 'refusal' },
): Promise<Composed | null> {
  const workspace = workspaces.byId(subject.workspaceId);
  if (!workspace) return null;
  const body = { recipient_id: subject.userId };
  const dm = (await client.rest.post(Routes.userChannels(), { body })) as APIDMChannel;
  const guild = client.guilds.cache.get(workspace.guildId);
  return { channelId: dm.id, body: refusalPost({ ...subject, workspace, server: guild?.name ?? null }) };
}

/** How often it is looked whether the bot may write again, in ms. */
const EVERY = 2000;
/** Discord may refuse for reasons that no permission shows, and that pass: how often it is tried all the same, and for how long, in ms. */
const RETRY_EVERY = 60 * 60_000;
const RETRIED_FOR = 24 * RETRY_EVERY;

interface Options {
  client: Client;
  store: Pick<OutboxStore, 'refusedChannels' | 'revive' | 'retry'>;
  log: Logger;
  now(): number;
}

/** Channels in which the bot may not write: as soon as it may, what still matters is said after all. */
export class RefusedChannels {
  readonly #options: Options;
  /** With whether it was seen since that the bot may not write there. */
  readonly #watched = new Map<string, boolean>();
  /** ms UTC. */
  #retriedAt: number;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
    this.#retriedAt = options.now();
  }

  /** What was given up in channels that are open now is tried at once: they may have been opened while the bot was away. */
  start(): void {
    this.#run(() => this.#recall());
    this.#timer = setInterval(() => this.#run(() => this.review()), EVERY);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Watches a channel. What Discord has just refused is not tried again before it was seen that the bot may not write there. */
  watch(channelId: string): void {
    this.#watched.set(channelId, !mayWrite(this.#options.client, channelId));
  }

  /** Looks whether channels that were closed are open again. What is refused in open ones is tried again from time to time. */
  async review(): Promise<void> {
    const { client, store, log, now } = this.#options;
    const at = now();
    const isRetry = at - this.#retriedAt >= RETRY_EVERY;
    if (isRetry) this.#retriedAt = at;
    for (const [channelId, wasClosed] of this.#watched) {
      if (!mayWrite(client, channelId)) this.#watched.set(channelId, true);
      else if (wasClosed) {
        this.#watched.delete(channelId);
        await store.revive(channelId, at);
        log.info({ channelId }, 'The bot may write in a channel again: what still matters there is said.');
      } else if (isRetry) await store.retry(channelId, at - RETRIED_FOR, at);
    }
  }

  async #recall(): Promise<void> {
    for (const channelId of await this.#options.store.refusedChannels()) this.#watched.set(channelId, true);
  }

  #run(step: () => Promise<void>): void {
    this.#running = this.#running
      .then(step)
      .catch((err: unknown) =>
        this.#options.log.error({ err }, 'What was refused could not be looked at; it is tried again.'),
      );
  }
}

const { ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;

/** As far as is known without asking. */
function mayWrite(client: Client, channelId: string): boolean {
  const channel = client.channels.cache.get(channelId);
  if (!channel || channel.isDMBased() || !channel.isSendable()) return false;
  const me = channel.guild.members.me;
  const send = channel.isThread() ? SendMessagesInThreads : SendMessages;
  return me !== null && channel.permissionsFor(me).has([ViewChannel, send]);
}
