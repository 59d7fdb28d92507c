import { Events } from 'discord.js';
import type { Client, Guild } from 'discord.js';
import type { Logger } from 'pino';
import { changeFor } from '../domain/mapping.ts';
import { ruleFinder } from '../domain/workspace.ts';
import type { WorkspaceRule } from '../domain/workspace.ts';
import { isDeleted } from './gone-places.ts';
import type { GonePlaces } from './gone-places.ts';
import { isMappable, obstacleTo } from './readable.ts';
import type { MappableChannel } from './readable.ts';
import type { GuildWorkspaces } from './workspaces.ts';

interface Options {
  client: Client;
  workspaces: GuildWorkspaces;
  rules: readonly WorkspaceRule[];
  /** Removes what was said in channels that are deleted. */
  gone: Pick<GonePlaces, 'erase'>;
  log: Logger;
  /** Is told after every run over a server that its workspaces may have changed, and since when (ms UTC). */
  applied(guild: Guild, at: number): void;
  /** ms UTC. */
  now(): number;
}

/** Keeps the workspaces of every server as the rules of the config file say, whenever its channels or permissions change. */
export class RuleMapper {
  readonly #options: Options;
  /** The latest run over a server; the runs over one server follow each other. */
  readonly #runs = new Map<string, Promise<void>>();
  /** The rules that match a channel's name. */
  readonly #matching: (name: string) => WorkspaceRule[];
  /** Channels whose overlapping rules were reported. */
  readonly #reported = new Set<string>();

  /** Channels that Discord was asked for because they are gone. */
  readonly #lookedUp = new Set<string>();

  constructor(options: Options) {
    this.#options = options;
    this.#matching = ruleFinder(options.rules);
    this.#listen(options.client);
  }

  /** While rules are being applied to a server: the promise of their end. It never rejects. */
  settling(guildId: string): Promise<void> | undefined {
    return this.#runs.get(guildId);
  }

  /** Resolves when no rule is being applied. */
  async settled(): Promise<void> {
    while (this.#runs.size > 0) await Promise.all(this.#runs.values());
  }

  #listen(client: Client): void {
    const apply = (guild: Guild) => this.#apply(guild);
    client.on(Events.GuildAvailable, apply);
    client.on(Events.GuildCreate, apply);
    client.on(Events.ClientReady, () => client.guilds.cache.forEach(apply));
    client.on(Events.ChannelCreate, ({ guild }) => apply(guild));
    client.on(Events.ChannelUpdate, (_, channel) => 'guild' in channel && apply(channel.guild));
    client.on(Events.ChannelDelete, (channel) => 'guild' in channel && apply(channel.guild));
    client.on(Events.GuildRoleUpdate, (_, { guild }) => apply(guild));
    client.on(Events.GuildRoleDelete, ({ guild }) => apply(guild));
    client.on(Events.GuildMemberUpdate, (_, member) => member.id === client.user?.id && apply(member.guild));
  }

  #apply(guild: Guild): void {
    const { applied, now } = this.#options;
    const at = now();
    const before = this.#runs.get(guild.id) ?? Promise.resolve();
    const run = before
      .then(() => this.#applyRules(guild))
      .catch((err: unknown) => this.#complain(guild, err))
      .then(() => applied(guild, at));
    this.#runs.set(guild.id, run);
    void run.then(() => this.#runs.get(guild.id) === run && this.#runs.delete(guild.id));
  }

  async #applyRules(guild: Guild): Promise<void> {
    const { workspaces } = this.#options;
    const channels = [...guild.channels.cache.values()].filter(isMappable);
    for (const channel of channels) await this.#follow(channel);
    workspaces.refresh(guild.id);
    for (const { id } of channels) await workspaces.tellAnew(id);
    await this.#dropDeleted(guild);
  }

  /** A channel that is gone is asked about once: it may only be hidden from the bot. */
  async #dropDeleted({ id, channels, client }: Guild): Promise<void> {
    const { workspaces, gone, log } = this.#options;
    for (const workspace of workspaces.ofGuild(id)) {
      const { channelId, name, unmappedAt } = workspace;
      if (channels.cache.has(channelId) || this.#lookedUp.has(channelId)) continue;
      this.#lookedUp.add(channelId);
      if (!(await isDeleted(client, channelId))) continue;
      if (unmappedAt === null) {
        await workspaces.dropByRule(workspace);
        log.info({ channel: name }, 'A recorded channel was deleted.');
      }
      gone.erase({ workspaceId: workspace.id, threadId: null });
    }
  }

  async #follow(channel: MappableChannel): Promise<void> {
    const { workspaces, log } = this.#options;
    const { id, name } = channel;
    this.#lookedUp.delete(id);
    const matching = this.#matching(name);
    if (matching.length > 1) this.#reportOverlap(channel, matching);
    const existing = workspaces.byChannel(id);
    if (existing && existing.name !== name) await workspaces.rename(existing, name);
    const candidate = { rule: matching[0], readable: obstacleTo(channel) === null };
    const change = changeFor(candidate, workspaces.byChannel(id));
    if (change?.kind === 'map') {
      const { type } = await workspaces.setByRule(channel, change.rule);
      log.info({ channel: name, type, rule: change.rule.match }, 'A channel was mapped by rule.');
    } else if (change?.kind === 'unmap') {
      await workspaces.dropByRule(workspaces.byChannel(id)!);
      log.info({ channel: name }, 'No rule matches a channel any longer: it is not recorded any more.');
    }
  }

  #reportOverlap({ id, name }: MappableChannel, matching: readonly WorkspaceRule[]): void {
    const key = `${id} ${name}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    const rules = matching.map(({ match }) => match);
    this.#options.log.error(
      { channel: name, rules },
      `Several rules match #${name}: "${rules[0]}" counts, because it comes first.`,
    );
  }

  #complain(guild: Guild, err: unknown): void {
    this.#options.log.error(
      { err, guild: guild.name },
      'The workspace rules could not be applied to a server.',
    );
  }
}
