import { GuildMember, PermissionFlagsBits, Routes } from 'discord.js';
import type { BaseInteraction, Client, Guild, GuildBasedChannel } from 'discord.js';
import { isOwner, mayReadPrivateThread, mayReadWorkspace } from '../domain/visibility.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import { orNull } from './or-null.ts';
import type { Workspaces } from './workspaces.ts';

/** Who asks, and in which server. */
export interface Asker {
  guildId: string;
  userId: string;
  /** Them in the server, with the roles of this moment, when an interaction brought it; fetched when it is absent. */
  member?: GuildMember | undefined;
}

/** Decides who may read what, with Discord's permissions of the moment it is asked. */
export interface Access {
  /** True when the asker can view the workspace's channel, read its history, and owns it where owners only may read. */
  mayRead(asker: Asker, workspace: Workspace): Promise<boolean>;
  /** The same for what was said in a private thread: only its members and those who manage threads. */
  mayReadThread(asker: Asker, workspace: Workspace, threadId: string): Promise<boolean>;
  /** True when the asker is one of the workspace's owners: what decides for it. */
  owns(asker: Asker, workspace: Workspace): Promise<boolean>;
  /** The workspaces of the server that the asker may read, unmapped ones included, as long as their channel exists. */
  readable(asker: Asker): Promise<Workspace[]>;
}

/** The person behind an interaction. Throws a {@link UserError} outside a server, where there is nothing to read. */
export function askerOf(interaction: BaseInteraction): Asker {
  if (interaction.guildId === null)
    throw new UserError('Work logs belong to a server: ask in one of its channels.');
  return {
    guildId: interaction.guildId,
    userId: interaction.user.id,
    member: interaction.member instanceof GuildMember ? interaction.member : undefined,
  };
}

interface Options {
  client: Client;
  workspaces: Pick<Workspaces, 'ofGuild'>;
  /** `privacy.user_only_access`: only a workspace's owners read its logs. */
  userOnlyAccess: boolean;
}

/** {@link Access} from what the gateway keeps up to date, and from REST for what it does not. */
export class DiscordAccess implements Access {
  readonly #client: Client;
  readonly #workspaces: Pick<Workspaces, 'ofGuild'>;
  readonly #userOnlyAccess: boolean;

  constructor(options: Options) {
    this.#client = options.client;
    this.#workspaces = options.workspaces;
    this.#userOnlyAccess = options.userOnlyAccess;
  }

  async mayRead(asker: Asker, workspace: Workspace): Promise<boolean> {
    const seat = await this.#seat(asker);
    return seat !== null && this.#allows(seat, workspace);
  }

  async mayReadThread(asker: Asker, workspace: Workspace, threadId: string): Promise<boolean> {
    const seat = await this.#seat(asker);
    if (!seat || !this.#allows(seat, workspace)) return false;
    const permissions = channelOf(seat, workspace)?.permissionsFor(seat.member);
    const canManageThreads = permissions?.has(PermissionFlagsBits.ManageThreads) ?? false;
    return mayReadPrivateThread({
      canManageThreads,
      member: !canManageThreads && (await this.#isThreadMember(threadId, asker.userId)),
    });
  }

  async owns(asker: Asker, workspace: Workspace): Promise<boolean> {
    const seat = await this.#seat(asker);
    return seat !== null && isOwner(viewerOf(seat), workspace.owners);
  }

  async readable(asker: Asker): Promise<Workspace[]> {
    const seat = await this.#seat(asker);
    if (!seat) return [];
    return this.#workspaces.ofGuild(asker.guildId).filter((workspace) => this.#allows(seat, workspace));
  }

  #allows(seat: Seat, workspace: Workspace): boolean {
    const permissions = channelOf(seat, workspace)?.permissionsFor(seat.member);
    if (!permissions) return false;
    const viewer = {
      ...viewerOf(seat),
      canView: permissions.has(PermissionFlagsBits.ViewChannel),
      canReadHistory: permissions.has(PermissionFlagsBits.ReadMessageHistory),
    };
    return mayReadWorkspace(viewer, workspace.owners, this.#userOnlyAccess);
  }

  /** Null when the bot is not in the server, or the asker has left it. */
  async #seat(asker: Asker): Promise<Seat | null> {
    const guild = this.#client.guilds.cache.get(asker.guildId);
    if (!guild) return null;
    const member =
      asker.member ?? (await orNull(guild.members.fetch({ user: asker.userId, force: true, cache: false })));
    return member && { guild, member };
  }

  /** Always asked anew: the gateway tells a bot without the members intent only of its own joining and leaving. */
  async #isThreadMember(threadId: string, userId: string): Promise<boolean> {
    return (await orNull(this.#client.rest.get(Routes.threadMembers(threadId, userId)))) !== null;
  }
}

interface Seat {
  guild: Guild;
  member: GuildMember;
}

function viewerOf({ guild, member }: Seat) {
  const roleIds = [...member.roles.cache.keys()];
  return { userId: member.id, roleIds, guildOwner: guild.ownerId === member.id };
}

function channelOf(seat: Seat, workspace: Workspace): GuildBasedChannel | undefined {
  return workspace.guildId === seat.guild.id ? seat.guild.channels.cache.get(workspace.channelId) : undefined;
}
