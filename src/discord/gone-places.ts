import { DiscordAPIError, GatewayDispatchEvents, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Client, GatewayThreadDeleteDispatchData, Guild } from 'discord.js';
import type { Logger } from 'pino';
import type { Workspace } from '../domain/workspace.ts';
import type { GonePlace } from '../store/erase-place.ts';
import type { Store } from '../store/store.ts';
import { threadsArchivedSince } from './places.ts';
import { isMappable, obstacleTo } from './readable.ts';
import type { GuildWorkspaces } from './workspaces.ts';

interface Options {
  client: Client;
  workspaces: Pick<GuildWorkspaces, 'byChannel' | 'ofGuild'>;
  store: Pick<Store, 'erasure' | 'sessions'>;
  /** Resolves when everything that has arrived, or could be read, is recorded. */
  read(): Promise<void>;
  log: Logger;
  /** ms UTC. */
  now(): number;
}

/** Discord is asked for so many threads of a channel, the latest, whether they are deleted. */
const ASKED_MAX = 50;

/**
 * With a channel or thread, Discord deletes every message in it, and tells of none of them: what was said there is removed here as well.
 * What is cut short, or happens while the bot is away, is found when it is there again.
 */
export class GonePlaces {
  readonly #options: Options;
  /** Workspaces whose threads were looked for since the gateway's session began. */
  readonly #reviewed = new Set<number>();
  readonly #underWay = new Set<Promise<void>>();
  #isEnded = false;

  constructor(options: Options) {
    this.#options = options;
    const { client, workspaces } = options;
    client.ws.on(GatewayDispatchEvents.Ready, () => this.#reviewed.clear());
    client.ws.on(
      GatewayDispatchEvents.ThreadDelete,
      ({ id: threadId, parent_id }: GatewayThreadDeleteDispatchData) => {
        const workspace = workspaces.byChannel(parent_id);
        if (workspace) this.erase({ workspaceId: workspace.id, threadId });
      },
    );
  }

  /** Begins to remove what was said in a place that is deleted. */
  erase(place: GonePlace): void {
    this.#begin(place, () => this.#erase(place));
  }

  /** Begins to look for threads that were deleted while nobody looked. */
  review(guild: Guild): void {
    for (const workspace of this.#options.workspaces.ofGuild(guild.id)) {
      if (this.#reviewed.has(workspace.id)) continue;
      this.#reviewed.add(workspace.id);
      this.#begin({ workspaceId: workspace.id, threadId: null }, () => this.#reviewThreads(workspace));
    }
  }

  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Nothing further begins. */
  stop(): void {
    this.#isEnded = true;
  }

  #begin(place: GonePlace, work: () => Promise<void>): void {
    const { read, log } = this.#options;
    const done = read()
      .then(() => (this.#isEnded ? undefined : work()))
      .catch((err: unknown) =>
        log.error(
          { err, ...place },
          'What is deleted in Discord could not be removed; the next start does it.',
        ),
      )
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  async #erase(place: GonePlace): Promise<void> {
    const { store, log, now } = this.#options;
    const steps = await store.erasure.erasePlace(place, now());
    if (steps > 0) log.info({ ...place, steps }, 'What was said in a deleted channel or thread was removed.');
  }

  /** Those that are there are active, which the gateway tells, or were archived since they began. */
  async #reviewThreads({ id: workspaceId, channelId }: Workspace): Promise<void> {
    const { client, store } = this.#options;
    const channel = client.channels.cache.get(channelId);
    if (!channel || !isMappable(channel) || obstacleTo(channel) !== null) return;
    const known = await store.sessions.threads(workspaceId);
    const unseen = known.filter(({ threadId }) => !channel.threads.cache.has(threadId));
    if (unseen.length === 0) return;
    const since = Math.min(...unseen.map(({ startedAt }) => startedAt));
    const archived = new Set((await threadsArchivedSince(channel, since)).map(({ id }) => id));
    const missing = unseen.filter(({ threadId }) => !archived.has(threadId)).slice(0, ASKED_MAX);
    for (const { threadId } of missing) {
      if (!this.#isEnded && (await isDeleted(client, threadId))) await this.#erase({ workspaceId, threadId });
    }
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
