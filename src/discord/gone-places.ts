import { DiscordAPIError, GatewayDispatchEvents, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Client, GatewayThreadDeleteDispatchData, Guild } from 'discord.js';
import type { Logger } from 'pino';
import type { Workspace } from '../domain/workspace.ts';
import type { GonePlace } from '../store/erase-place.ts';
import type { Place, Store } from '../store/store.ts';
import { lookBack } from './looking-back.ts';
import { orNull } from './or-null.ts';
import { threadsArchivedSince } from './places.ts';
import type { ObservationQueue } from './queue.ts';
import { isMappable, obstacleTo } from './readable.ts';
import type { MappableChannel } from './readable.ts';
import type { GuildWorkspaces } from './workspaces.ts';

interface Options {
  client: Client;
  workspaces: Pick<GuildWorkspaces, 'byChannel' | 'ofGuild'>;
  store: Pick<Store, 'erasure' | 'sessions' | 'coverage'>;
  queue: Pick<ObservationQueue, 'push' | 'flush'>;
  /** Resolves when everything that has arrived, or could be read, is recorded. */
  read(): Promise<void>;
  log: Logger;
  /** ms UTC. */
  now(): number;
}

/** Discord is asked for so many threads of a channel, the latest, whether they are deleted, or what they have. */
const ASKED_MAX = 50;

/**
 * With a channel or thread, Discord deletes every message in it, and tells of none of them: what was said there is removed here as well.
 * What is cut short, or happens while the bot is away, is found when it is there again; so are single messages that were deleted then,
 * further back than was read to catch up.
 */
export class GonePlaces {
  readonly #options: Options;
  /** Workspaces whose threads were looked for since the gateway's session began. */
  readonly #reviewed = new Set<number>();
  readonly #underWay = new Set<Promise<void>>();
  /** Ends when the workspaces that are looked through by now are: what Discord allows is for those who ask something, too. */
  #reviews: Promise<void> = Promise.resolve();
  readonly #ended = new AbortController();

  constructor(options: Options) {
    this.#options = options;
    const { client, workspaces } = options;
    client.ws.on(GatewayDispatchEvents.Ready, () => this.#reviewed.clear());
    client.ws.on(
      GatewayDispatchEvents.ThreadDelete,
      ({ id: threadId, parent_id }: GatewayThreadDeleteDispatchData) => {
        const workspace = workspaces.byChannel(parent_id);
        if (workspace) this.#eraseThread({ workspaceId: workspace.id, threadId });
      },
    );
  }

  /** Begins to remove what was said in a place that is deleted. */
  erase(place: GonePlace): void {
    this.#begin(place, () => this.#erase(place));
  }

  /** What goes here never comes back, so Discord is asked whether the thread is gone, and not only out of sight. */
  #eraseThread(place: GonePlace & { threadId: string }): void {
    this.#begin(place, async () => {
      if (await isDeleted(this.#options.client, place.threadId)) await this.#erase(place);
    });
  }

  /** Begins to look for what was deleted while nobody looked. */
  review(guild: Guild): void {
    for (const workspace of this.#options.workspaces.ofGuild(guild.id)) {
      if (this.#reviewed.has(workspace.id)) continue;
      this.#reviewed.add(workspace.id);
      this.#begin({ workspaceId: workspace.id, threadId: null }, () => this.#reviewInTurn(workspace));
    }
  }

  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Nothing further begins. */
  stop(): void {
    this.#ended.abort();
  }

  #begin(place: GonePlace, work: () => Promise<void>): void {
    const { read, log } = this.#options;
    const done = read()
      .then(() => (this.#ended.signal.aborted ? undefined : work()))
      .catch((err: unknown) => {
        if (this.#ended.signal.aborted) return;
        log.error(
          { err, ...place },
          'What is deleted in Discord could not be removed; the next start does it.',
        );
      })
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  async #erase(place: GonePlace): Promise<void> {
    const { store, log, now } = this.#options;
    // Of a channel nothing runs any more: it is unmapped by now.
    await store.sessions.close(place, now(), 'deleted');
    const steps = await store.erasure.erasePlace(place, now());
    if (steps > 0) log.info({ ...place, steps }, 'What was said in a deleted channel or thread was removed.');
  }

  #reviewInTurn(workspace: Workspace): Promise<void> {
    const done = this.#reviews.then(() => this.#review(workspace));
    this.#reviews = done.catch(() => {});
    return done;
  }

  async #review({ id: workspaceId, channelId }: Workspace): Promise<void> {
    this.#ended.signal.throwIfAborted();
    const { client, queue } = this.#options;
    const channel = client.channels.cache.get(channelId);
    if (!channel || !isMappable(channel) || obstacleTo(channel) !== null) return;
    const { present, missing } = await this.#threadsOf(channel, workspaceId);
    for (const threadId of missing) {
      if (await isDeleted(client, threadId)) await this.#erase({ workspaceId, threadId });
      this.#ended.signal.throwIfAborted();
    }
    await this.#lookBack({ workspaceId, threadId: null, channelId });
    for (const threadId of present)
      await orNull(this.#lookBack({ workspaceId, threadId, channelId: threadId }));
    await queue.flush();
  }

  /** The latest in which something was said: those that are there are active, which the gateway tells, or were archived since they began. */
  async #threadsOf(channel: MappableChannel, workspaceId: number) {
    const known = await this.#options.store.sessions.threads(workspaceId);
    const unseen = known.filter(({ threadId }) => !channel.threads.cache.has(threadId));
    const since = Math.min(...unseen.map(({ startedAt }) => startedAt));
    const archived = unseen.length > 0 ? await threadsArchivedSince(channel, since) : [];
    const there = new Set([...channel.threads.cache.keys(), ...archived.map(({ id }) => id)]);
    const ids = known.map(({ threadId }) => threadId);
    return {
      present: ids.filter((id) => there.has(id)).slice(0, ASKED_MAX),
      missing: ids.filter((id) => !there.has(id)).slice(0, ASKED_MAX),
    };
  }

  #lookBack(place: Place & { channelId: string }): Promise<void> {
    const { client, store, queue, now } = this.#options;
    const { rest } = client;
    return lookBack({ rest, coverage: store.coverage, queue, signal: this.#ended.signal, now }, place);
  }
}

/** Whether Discord says that there is no such channel or thread: one that is not told of may only be hidden from the bot. */
export async function isDeleted({ rest }: Pick<Client, 'rest'>, channelId: string): Promise<boolean> {
  try {
    await rest.get(Routes.channel(channelId));
    return false;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    return error.code === RESTJSONErrorCodes.UnknownChannel;
  }
}
