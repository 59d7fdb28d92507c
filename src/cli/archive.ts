import type { Config } from '../config.ts';
import { sameName } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';
import type { Participant, WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import type { StoreReader } from '../store/read-only.ts';
import type { EntryFilter, GuildTimezone } from '../store/store.ts';
import { plainLine } from '../views/text.ts';
import type { Known } from './render/markdown.ts';

/** A session and where it ran. */
export interface Found {
  workspace: Workspace;
  log: WorkLog;
}

/** Which session is meant; without either, the latest of all. */
export interface Wanted {
  workspace?: string | undefined;
  session?: string | undefined;
}

/** What there is, and the one instant that is now, ms UTC. */
export interface Recorded {
  config: Config;
  store: StoreReader;
  workspaces: readonly Workspace[];
  timezones: readonly GuildTimezone[];
  at: number;
}

const PAGE = 500;

/** All that is recorded: whoever can read the file can read all of it. */
export class Archive {
  readonly config: Config;
  readonly store: StoreReader;
  /** Those that whoever asks may know of, unmapped ones included. */
  readonly workspaces: readonly Workspace[];
  /** The one instant that all of an answer is as of, ms UTC. */
  readonly at: number;

  /** By which clock servers live, where people have set it. */
  readonly #timezones: readonly GuildTimezone[];

  constructor({ config, store, workspaces, timezones, at }: Recorded) {
    this.config = config;
    this.store = store;
    this.workspaces = workspaces;
    this.at = at;
    this.#timezones = timezones;
  }

  /** The workspace named, or all. @throws UserError when there is none of that name, or more than one */
  chosen(name: string | undefined): readonly Workspace[] {
    return name === undefined ? this.workspaces : [this.#named(name)];
  }

  /** The newest sessions of these workspaces. */
  async latest(workspaces: readonly Workspace[], limit: number): Promise<Found[]> {
    const workspaceIds = workspaces.map(({ id }) => id);
    const logs = await this.store.sessions.list({ workspaceIds, limit });
    return (await Promise.all(logs.map((log) => this.found(log)))).filter((found) => found !== null);
  }

  async bySession(sessionId: string): Promise<Found | null> {
    const log = await this.store.sessions.get(sessionId);
    return log && this.found(log);
  }

  /** @throws UserError when there is no such session */
  async session({ workspace: name, session }: Wanted): Promise<Found> {
    const workspaces = this.chosen(name);
    if (session === undefined) {
      const [newest] = await this.latest(workspaces, 1);
      if (newest) return newest;
      const where = name === undefined ? '' : ` in #${plainLine(workspaces[0]!.name, 60)}`;
      throw new UserError(
        `No session is recorded${where} yet. The next message in a mapped channel begins one.`,
      );
    }
    const found = await this.bySession(session);
    if (found && workspaces.some(({ id }) => id === found.workspace.id)) return found;
    const where = found ? ` in that workspace: it belongs to #${plainLine(found.workspace.name, 60)}` : '';
    throw new UserError(
      `There is no session ${plainLine(session, 40)}${where}. "work-logs workspace-logs" lists the latest ones.`,
    );
  }

  /** Which of the participants is meant, in the order of their first step. @throws UserError when it is none of them */
  participant(bot: string, participants: readonly Participant[]): number {
    const ordinal = participants.findIndex(({ author }) => author.key === bot || sameName(author.name, bot));
    if (ordinal !== -1) return ordinal;
    const names = participants.map(({ author }) => plainLine(author.name, 40)).join(', ');
    throw new UserError(
      `Nobody called “${plainLine(bot, 60)}” wrote in this session. Who did: ${names || 'nobody yet'}.`,
    );
  }

  /** A session's steps in order, read as they are asked for. */
  async *steps(filter: EntryFilter, from = 0): AsyncGenerator<Entry> {
    for (let offset = from; ; offset += PAGE) {
      const { entries } = await this.store.entries.page(filter, offset, PAGE);
      yield* entries;
      if (entries.length < PAGE) return;
    }
  }

  /** Those whose older steps are not searched yet. */
  async partlySearched(workspaces: readonly Workspace[]): Promise<Workspace[]> {
    const partly = await this.store.partlySearched(workspaces.map(({ id }) => id));
    return workspaces.filter(({ id }) => partly.includes(id));
  }

  /** What answers about these workspaces may speak of by id or instant: by the clock of their server, where it is one. */
  known(about: readonly Workspace[]): Known {
    const names = new Map(this.workspaces.map(({ channelId, name }) => [channelId, plainLine(name, 100)]));
    return { channel: (id) => names.get(id), now: this.at, timezone: this.#timezoneOf(about) };
  }

  #timezoneOf(workspaces: readonly Workspace[]): string {
    const usual = this.config.timezone;
    const set = new Map(this.#timezones.map(({ guildId, timezone }) => [guildId, timezone]));
    const all = new Set(workspaces.map(({ guildId }) => set.get(guildId) ?? usual));
    return all.size === 1 ? [...all][0]! : usual;
  }

  #named(asked: string): Workspace {
    const name = asked.trim().replace(/^#/, '');
    const named = this.workspaces.filter(
      (workspace) => workspace.channelId === name || workspace.name.toLowerCase() === name.toLowerCase(),
    );
    const [workspace, ...others] = named;
    if (workspace && others.length === 0) return workspace;
    if (workspace) throw new UserError(ambiguous(named));
    const shown = this.workspaces.map(({ name }) => `#${plainLine(name, 40)}`);
    throw new UserError(
      `There is no workspace #${plainLine(name, 60)}. ${shown.length > 0 ? `There are: ${listOf(shown)}.` : 'None is mapped yet: /workspace map in Discord.'}`,
    );
  }

  /** Null for what whoever asks may not see. */
  protected async found(log: WorkLog): Promise<Found | null> {
    const workspace = this.workspaces.find(({ id }) => id === log.workspaceId);
    return workspace ? { log, workspace } : null;
  }
}

function ambiguous(named: readonly Workspace[]): string {
  const each = named.map(({ channelId, guildId }) => `${channelId} (server ${guildId})`);
  return `More than one workspace is called #${plainLine(named[0]!.name, 60)}. Give the id of its channel: ${listOf(each)}.`;
}

const LISTED = 20;

function listOf(all: readonly string[]): string {
  const more = all.length > LISTED ? ` and ${all.length - LISTED} more` : '';
  return `${all.slice(0, LISTED).join(', ')}${more}`;
}
