import { Events, GatewayDispatchEvents } from 'discord.js';
import type { AnyThreadChannel, Client, GatewayReadyDispatchData, Guild } from 'discord.js';
import type { Logger } from 'pino';
import type { GapReason, PlacedGap } from '../domain/coverage.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { CoverageStore } from '../store/store.ts';
import type { Backlog } from './backlog.ts';
import { CatchUpJobs } from './catch-up-jobs.ts';
import type { JobParts } from './catch-up-jobs.ts';
import type { Interruptions } from './interruptions.ts';
import type { CatchingUp } from './progress.ts';
import { isMappable } from './readable.ts';
import type { MappableChannel } from './readable.ts';
import type { RuleMapper } from './rule-mapper.ts';
import type { GuildWorkspaces } from './workspaces.ts';

interface Options extends JobParts {
  client: Client;
  backlog: Backlog;
  workspaces: GuildWorkspaces;
  mapper: Pick<RuleMapper, 'settling'>;
  coverage: JobParts['coverage'] & Pick<CoverageStore, 'openGap'>;
  interruptions: Interruptions;
  /** All workspaces that the store holds, and the gaps that last. */
  known: readonly Workspace[];
  lasting: readonly PlacedGap[];
  log: Logger;
}

/** After a resume only places in which something was said this long before the loss are looked at, in ms. */
const RECENT = 60 * 60_000;

/**
 * Reads after every start and every lost connection what was said meanwhile: a workspace that is behind is held back by the
 * {@link Backlog} until that is recorded. One that cannot be read stays behind, as a gap that lasts, until it can.
 */
export class CatchUp {
  readonly #options: Options;
  readonly #jobs: CatchUpJobs;
  /** Servers of which Discord has yet to say what there is. */
  readonly #expected = new Set<string>();
  /** Servers that have workspaces. */
  readonly #guildIds: Set<string>;
  /** By workspace: why it cannot be read, as the store was told. */
  readonly #told = new Map<number, GapReason>();

  constructor(options: Options) {
    this.#options = options;
    this.#jobs = new CatchUpJobs(options, () => this.#noteCaughtUp());
    const { known, left, lasting, backlog } = options;
    this.#guildIds = new Set(known.map(({ guildId }) => guildId));
    for (const { id, unmappedAt } of known) {
      const gap = lasting.find(({ workspaceId }) => workspaceId === id);
      if (gap) this.#told.set(id, gap.reason);
      if (unmappedAt === null) backlog.fallBehind(id, gap?.from ?? left.since);
    }
    this.#listen(options.client);
  }

  /** What is being read; null: nothing. */
  progress(): CatchingUp | null {
    return this.#jobs.progress();
  }

  /** Resolves when nothing is being read. */
  settled(): Promise<void> {
    return this.#jobs.settled();
  }

  /** Ends the reading; what is left of it the next start does. */
  stop(): Promise<void> {
    return this.#jobs.stop();
  }

  /** Looks anew which workspaces of a server can be read: to be called whenever that may have changed. `at`: when it has. */
  review(guild: Guild, at: number): void {
    if (!guild.available) return;
    this.#expected.delete(guild.id);
    this.#guildIds.add(guild.id);
    const activeThreads = once(() => fetchActiveThreads(guild));
    for (const workspace of this.#options.workspaces.ofGuild(guild.id)) {
      const channel = this.#readable(workspace);
      if (workspace.unmappedAt !== null) this.#abandon(workspace, at);
      else if (!channel) this.#tellUnreadable(workspace, at);
      else if (this.#options.backlog.isBehind(workspace.id) && !this.#jobs.has(workspace.id)) {
        this.#told.delete(workspace.id);
        this.#jobs.begin({ workspace, channel, activeThreads, saidAfter: null });
      }
    }
    this.#noteCaughtUp();
  }

  #listen(client: Client): void {
    client.ws.on(GatewayDispatchEvents.Ready, (ready: GatewayReadyDispatchData) => this.#onReady(ready));
    client.on(Events.ShardReconnecting, () => this.#options.interruptions.lost());
    client.on(Events.ShardReady, (shardId) => this.#onShardReady(shardId));
    client.on(Events.ShardResume, (shardId) => this.#onResume(shardId));
    client.on(Events.GuildUnavailable, ({ id }) => this.#lose(id));
    client.on(Events.GuildDelete, () => this.#reviewMissing());
  }

  /** A new session of the gateway: what was sent to the old one is lost. */
  #onReady({ guilds }: GatewayReadyDispatchData): void {
    for (const { id } of guilds) {
      this.#lose(id);
      this.#expected.add(id);
    }
  }

  #lose(guildId: string): void {
    const { workspaces, backlog, interruptions } = this.#options;
    for (const { id, unmappedAt } of workspaces.ofGuild(guildId)) {
      if (unmappedAt !== null) continue;
      backlog.fallBehind(id, interruptions.heardUntil);
      this.#jobs.abort(id);
    }
  }

  /** All servers are there, but for those that Discord itself has lost: they come when they are back. */
  #onShardReady(shardId: number): void {
    const { client, interruptions, mapper, now } = this.#options;
    interruptions.back();
    for (const id of this.#expected) {
      if (client.guilds.cache.get(id)?.available !== true) this.#expected.delete(id);
    }
    for (const guild of guildsOf(client, shardId)) {
      const settling = mapper.settling(guild.id) ?? Promise.resolve();
      void settling.then(() => this.review(guild, now()));
    }
    this.#reviewMissing();
    this.#noteCaughtUp();
  }

  /**
   * Discord has sent again what was missed, so nothing should be missing. It is checked where it would show: in the places that were
   * lively when the connection was lost, with one request each.
   */
  #onResume(shardId: number): void {
    const { client, interruptions, workspaces, backlog } = this.#options;
    const since = interruptions.heardUntil;
    interruptions.back();
    for (const guild of guildsOf(client, shardId)) {
      const activeThreads = async () => [...guild.channels.cache.values()].filter((one) => one.isThread());
      for (const workspace of workspaces.ofGuild(guild.id)) {
        const channel = this.#readable(workspace);
        if (!channel || workspace.unmappedAt !== null || backlog.isBehind(workspace.id)) continue;
        backlog.fallBehind(workspace.id, since);
        this.#jobs.begin({ workspace, channel, activeThreads, saidAfter: since - RECENT });
      }
    }
    this.#noteCaughtUp();
  }

  /** The channel of a workspace that is recorded at this moment. */
  #readable({ id, channelId }: Workspace): MappableChannel | undefined {
    const { workspaces, client } = this.#options;
    const channel = client.channels.cache.get(channelId);
    return workspaces.recording(channelId) === id && channel && isMappable(channel) ? channel : undefined;
  }

  /** Workspaces of servers that the bot is no member of any more. */
  #reviewMissing(): void {
    const { client, workspaces, now } = this.#options;
    for (const id of this.#guildIds) {
      if (client.guilds.cache.has(id)) continue;
      for (const workspace of workspaces.ofGuild(id)) {
        if (workspace.unmappedAt === null) this.#tellUnreadable(workspace, now());
      }
    }
  }

  #tellUnreadable({ id, channelId, mappedAt }: Workspace, at: number): void {
    const { backlog, client, coverage } = this.#options;
    backlog.fallBehind(id, at);
    this.#jobs.abort(id);
    const reason = client.channels.cache.has(channelId) ? reasonIn(client, channelId) : 'channel_hidden';
    if (this.#told.get(id) === reason) return;
    this.#told.set(id, reason);
    this.#note(coverage.openGap(id, reason, backlog.since(id) ?? mappedAt));
  }

  /** Unmapped, or its channel is deleted: what was said there while nobody looked stays unknown. */
  #abandon({ id }: Workspace, at: number): void {
    const { backlog, coverage } = this.#options;
    if (!backlog.isBehind(id)) return;
    const since = backlog.since(id);
    this.#jobs.abort(id);
    backlog.forget(id);
    if (!this.#told.delete(id) && since !== null)
      this.#note(coverage.openGap(id, 'history_unavailable', since));
    this.#note(coverage.closeGap(id, at));
  }

  #noteCaughtUp(): void {
    if (this.#jobs.size === 0 && this.#expected.size === 0) this.#options.interruptions.caughtUp();
  }

  #note(written: Promise<void>): void {
    written.catch((err: unknown) => this.#options.log.error({ err }, 'A gap could not be noted.'));
  }
}

function reasonIn(client: Client, channelId: string): GapReason {
  const channel = client.channels.cache.get(channelId);
  const isSeen = channel && isMappable(channel) && channel.viewable;
  return isSeen ? 'no_history_permission' : 'channel_hidden';
}

function guildsOf(client: Client, shardId: number): Guild[] {
  return [...client.guilds.cache.values()].filter((guild) => guild.shardId === shardId);
}

async function fetchActiveThreads(guild: Guild): Promise<AnyThreadChannel[]> {
  const { threads } = await guild.channels.fetchActiveThreads();
  return [...threads.values()];
}

/** Asks one time for all; again only after a failure. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}
