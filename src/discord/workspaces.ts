import type { Client } from 'discord.js';
import { orderedMapping } from '../domain/mapping.ts';
import type { Order } from '../domain/mapping.ts';
import { ruleFinder, settingsOf } from '../domain/workspace.ts';
import type { Workspace, WorkspaceRule, WorkspaceSettings } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import type { Mapping, WorkspaceStore } from '../store/store.ts';
import type { Noticed } from '../views/mapped-notice.ts';
import { ChannelNotices } from './notices.ts';
import type { NoticeOf, Telling } from './notices.ts';
import { orNull } from './or-null.ts';
import { HIDDEN, isMappable, obstacleTo } from './readable.ts';
import type { MappableChannel } from './readable.ts';

/** A channel that should be a workspace but is not recorded, and why, in words for a person. */
export interface Skipped {
  guildId: string;
  channelId: string;
  name: string;
  reason: string;
}

/** Which channel is which workspace, in memory and in step with the store. */
export interface Workspaces {
  /** The workspace of a channel, recorded or unmapped; undefined when it never was one. */
  byChannel(channelId: string): Workspace | undefined;
  byId(id: number): Workspace | undefined;
  /** All of all servers, unmapped ones included. */
  all(): Workspace[];
  /** All of a server, unmapped ones included, by name. */
  ofGuild(guildId: string): Workspace[];
  /** Those of a server that ought to be recorded and are not. */
  skipped(guildId: string): Skipped[];
  /** Maps a channel on a person's order, which wins over any rule, and tells the channel. */
  map(order: Order & Pick<Mapping, 'guildId' | 'channelId' | 'name'>): Promise<Workspace>;
  unmap(workspace: Workspace): Promise<void>;
  /** Lets go of all workspaces of a server, for `erase` to delete them. Gives what that gives. */
  forgetGuild<T>(guildId: string, erase: () => Promise<T>): Promise<T>;
  /** Changes the settings that are given; one given as undefined is as the config file says again. */
  configure(workspace: Workspace, settings: WorkspaceSettings): Promise<Workspace>;
  /** What is set of it by command alone; a workspace itself carries what holds, by its rule as well. */
  setByCommand(workspace: Workspace): WorkspaceSettings;
}

interface Options {
  client: Client;
  store: WorkspaceStore;
  rules: readonly WorkspaceRule[];
  /** False: workspaces are kept, but nothing is recorded and no channel is told that it is. */
  enabled: boolean;
  /** True: no channel is told that it is recorded. */
  silent: boolean;
  /** Resolves when everything that was taken to be recorded is durable. */
  flush(): Promise<void>;
  notice: NoticeOf;
  now(): number;
}

/** The {@link Workspaces} of all servers the bot is in. Rules act through it by {@link setByRule} and {@link dropByRule}. */
export class GuildWorkspaces implements Workspaces {
  readonly #options: Options;
  /** The rules that match a channel's name. */
  readonly #matching: (name: string) => WorkspaceRule[];
  readonly #byChannel = new Map<string, Workspace>();
  /** Channel id → workspace id of those recorded at this moment: the question asked for every message. */
  readonly #recorded = new Map<string, number>();

  readonly #notices: ChannelNotices;

  /** `known`: all that the store holds. */
  constructor(known: readonly Workspace[], options: Options) {
    this.#options = options;
    this.#matching = ruleFinder(options.rules);
    this.#notices = new ChannelNotices(options.notice);
    for (const workspace of known) this.#byChannel.set(workspace.channelId, workspace);
  }

  byChannel(channelId: string): Workspace | undefined {
    const workspace = this.#byChannel.get(channelId);
    return workspace && this.#asSet(workspace);
  }

  byId(id: number): Workspace | undefined {
    const workspace = this.#byChannel.values().find((each) => each.id === id);
    return workspace && this.#asSet(workspace);
  }

  all(): Workspace[] {
    return [...this.#byChannel.values()].map((workspace) => this.#asSet(workspace));
  }

  ofGuild(guildId: string): Workspace[] {
    return [...this.#byChannel.values()]
      .filter((workspace) => workspace.guildId === guildId)
      .map((workspace) => this.#asSet(workspace))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The id of the workspace that records a channel at this moment. */
  recording(channelId: string): number | undefined {
    return this.#recorded.get(channelId);
  }

  skipped(guildId: string): Skipped[] {
    const guild = this.#options.client.guilds.cache.get(guildId);
    const unreadable = [...(guild?.channels.cache.values() ?? [])]
      .filter(isMappable)
      .filter((channel) => this.#isWanted(channel))
      .map((channel) => ({ guildId, channelId: channel.id, name: channel.name, reason: obstacleTo(channel) }))
      .filter((channel): channel is Skipped => channel.reason !== null);
    const gone = this.ofGuild(guildId)
      .filter(({ channelId, unmappedAt }) => unmappedAt === null && !guild?.channels.cache.has(channelId))
      .map(({ channelId, name }) => ({
        guildId,
        channelId,
        name,
        reason: 'it is deleted, or hidden from me',
      }));
    return [...unreadable, ...gone];
  }

  /** @throws UserError when the bot cannot read the channel, or nobody says of what type it is */
  async map({ guildId, channelId, name, ...wanted }: Parameters<Workspaces['map']>[0]): Promise<Workspace> {
    // What an interaction tells of a channel is kept in memory too, but without its permissions: only Discord knows those.
    const channel = await orNull(this.#options.client.channels.fetch(channelId, { force: true }));
    const obstacle = channel && isMappable(channel) ? obstacleTo(channel) : HIDDEN;
    if (obstacle !== null) throw new UserError(`I cannot record <#${channelId}>: ${obstacle}.`);
    const [rule] = this.#matching(name);
    const mapping = orderedMapping(wanted, this.#byChannel.get(channelId), rule);
    if (!mapping) throw new UserError(`No rule maps <#${channelId}>: name its \`type\` too.`);
    return this.#map({ guildId, channelId, name, ...mapping });
  }

  /** The workspace is first made a person's, so that no rule maps its channel again. */
  async unmap(workspace: Workspace): Promise<void> {
    const { guildId, channelId, name, type, coordinator, owners, mappedBy } = workspace;
    const { store, now } = this.#options;
    const mapping: Mapping = { guildId, channelId, name, type, coordinator, owners, mappedBy: 'command' };
    const owned = mappedBy === 'command' ? workspace : await store.map(mapping, now(), null);
    await this.dropByRule(owned);
  }

  async setByRule(channel: MappableChannel, rule: WorkspaceRule): Promise<Workspace> {
    const { type, coordinator = null, owners = [] } = rule;
    const { id: channelId, name, guildId } = channel;
    return this.#map({ guildId, channelId, name, type, coordinator, owners, mappedBy: 'rule' });
  }

  /** Ends the recording and leaves the workspace to the rules. What was said before is recorded first. */
  async dropByRule(workspace: Workspace): Promise<void> {
    const { store, flush, now } = this.#options;
    const unmappedAt = now();
    const own = this.#own(workspace);
    this.#notices.forget(workspace.channelId);
    this.#keep({ ...own, unmappedAt });
    try {
      await flush();
      await store.unmap(workspace.id, unmappedAt);
    } catch (error) {
      this.#keep(own);
      throw error;
    }
  }

  async forgetGuild<T>(guildId: string, erase: () => Promise<T>): Promise<T> {
    for (const workspace of this.ofGuild(guildId)) {
      this.#byChannel.delete(workspace.channelId);
      this.#recorded.delete(workspace.channelId);
    }
    await this.#options.flush();
    return erase();
  }

  async rename(workspace: Workspace, name: string): Promise<void> {
    await this.#options.store.rename(workspace.id, name);
    this.#keep({ ...this.#own(workspace), name });
  }

  async configure({ id, channelId }: Workspace, settings: WorkspaceSettings): Promise<Workspace> {
    const workspace = await this.#options.store.configure(id, settings);
    this.#keep(workspace);
    await this.tellAnew(channelId);
    return this.#asSet(workspace);
  }

  /** Tells a recorded channel what holds of it by now, when that is not what it was told last. */
  async tellAnew(channelId: string): Promise<void> {
    const workspace = this.#recorded.has(channelId) ? this.byChannel(channelId) : undefined;
    const telling = workspace && this.#tellingOf(workspace);
    if (!telling || this.#notices.isTold(telling)) return;
    await this.#options.store.tellAnew(workspace.id, telling.notice, telling.at);
    this.#notices.keep(telling);
  }

  /** Looks anew which workspaces of a server can be recorded: permissions may have changed. */
  refresh(guildId: string): void {
    for (const workspace of this.ofGuild(guildId)) this.#keep(this.#own(workspace));
  }

  async #map(mapping: Mapping): Promise<Workspace> {
    const { store, now } = this.#options;
    const { settings: own = this.#byChannel.get(mapping.channelId)?.settings ?? {} } = mapping;
    const settings = settingsOf(own, this.#matching(mapping.name)[0]);
    const telling = this.#tellingOf({ ...mapping, settings });
    const workspace = await store.map(mapping, now(), telling?.notice ?? null);
    if (telling) this.#notices.keep(telling);
    this.#keep(workspace);
    return this.#asSet(workspace);
  }

  /** Null: it is told nothing. */
  #tellingOf(workspace: Noticed): Telling | null {
    const { enabled, silent, now } = this.#options;
    return enabled && !silent ? this.#notices.tellingOf(workspace, now()) : null;
  }

  setByCommand(workspace: Workspace): WorkspaceSettings {
    return (this.#byChannel.get(workspace.channelId) ?? workspace).settings;
  }

  #own(workspace: Workspace): Workspace {
    return { ...workspace, settings: this.setByCommand(workspace) };
  }

  #keep(workspace: Workspace): void {
    this.#byChannel.set(workspace.channelId, workspace);
    const channel = this.#options.client.channels.cache.get(workspace.channelId);
    const readable = channel !== undefined && isMappable(channel) && obstacleTo(channel) === null;
    if (this.#options.enabled && readable && workspace.unmappedAt === null)
      this.#recorded.set(workspace.channelId, workspace.id);
    else this.#recorded.delete(workspace.channelId);
  }

  /** The workspace with what its rule sets, where nothing is set by command. */
  #asSet(workspace: Workspace): Workspace {
    const [rule] = this.#matching(workspace.name);
    if (rule?.settings === undefined) return workspace;
    return { ...workspace, settings: settingsOf(workspace.settings, rule) };
  }

  #isWanted(channel: MappableChannel): boolean {
    const workspace = this.#byChannel.get(channel.id);
    if (workspace?.unmappedAt === null) return true;
    return workspace?.mappedBy !== 'command' && this.#matching(channel.name).length > 0;
  }
}
