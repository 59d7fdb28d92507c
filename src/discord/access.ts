import { GuildMember, PermissionFlagsBits } from 'discord.js';
import type { BaseInteraction } from 'discord.js';
import { isOwner, mayReadPrivateThread, mayReadWorkspace } from '../domain/visibility.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import type { Seat, Seats } from './seats.ts';
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
  /** True when those who manage threads in the workspace's channel, and so see the private ones, have the asker among them. */
  managesThreads(asker: Asker, workspace: Workspace): Promise<boolean>;
  /** True when the asker is one of the workspace's owners: what decides for it. */
  owns(asker: Asker, workspace: Workspace): Promise<boolean>;
  /** The workspaces of the server that the asker may read, unmapped ones included, as long as their channel exists. */
  readable(asker: Asker): Promise<Workspace[]>;
  /** True when the asker sees that this channel, which is no thread, exists: what those who set the bot up may know of. */
  sees(asker: Asker, channelId: string): Promise<boolean>;
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
  seats: Seats;
  workspaces: Pick<Workspaces, 'ofGuild'>;
  /** `privacy.user_only_access`: only a workspace's owners read its logs. */
  userOnlyAccess: boolean;
}

/** {@link Access} by what {@link Seats} say of the asker. */
export class DiscordAccess implements Access {
  readonly #seats: Seats;
  readonly #workspaces: Pick<Workspaces, 'ofGuild'>;
  readonly #userOnlyAccess: boolean;

  constructor(options: Options) {
    this.#seats = options.seats;
    this.#workspaces = options.workspaces;
    this.#userOnlyAccess = options.userOnlyAccess;
  }

  async mayRead(asker: Asker, workspace: Workspace): Promise<boolean> {
    const seat = await this.#seatFor(asker, workspace);
    return seat !== null && this.#allows(seat, workspace);
  }

  async mayReadThread(asker: Asker, workspace: Workspace, threadId: string): Promise<boolean> {
    const seat = await this.#seatFor(asker, workspace);
    if (!seat || !this.#allows(seat, workspace)) return false;
    const canManageThreads = may(seat, workspace.channelId, PermissionFlagsBits.ManageThreads);
    const member = !canManageThreads && (await this.#seats.isThreadMember(threadId, asker.userId));
    return mayReadPrivateThread({ canManageThreads, member });
  }

  async managesThreads(asker: Asker, workspace: Workspace): Promise<boolean> {
    const seat = await this.#seatFor(asker, workspace);
    return seat !== null && may(seat, workspace.channelId, PermissionFlagsBits.ManageThreads);
  }

  async owns(asker: Asker, workspace: Workspace): Promise<boolean> {
    const seat = await this.#seatFor(asker, workspace);
    return seat !== null && isOwner(seat, workspace.owners);
  }

  async readable(asker: Asker): Promise<Workspace[]> {
    const seat = await this.#seats.seat(asker);
    if (!seat) return [];
    return this.#workspaces.ofGuild(asker.guildId).filter((workspace) => this.#allows(seat, workspace));
  }

  async sees(asker: Asker, channelId: string): Promise<boolean> {
    const seat = await this.#seats.seat(asker);
    return seat !== null && may(seat, channelId, PermissionFlagsBits.ViewChannel);
  }

  #allows(seat: Seat, workspace: Workspace): boolean {
    const viewer = {
      ...seat,
      canView: may(seat, workspace.channelId, PermissionFlagsBits.ViewChannel),
      canReadHistory: may(seat, workspace.channelId, PermissionFlagsBits.ReadMessageHistory),
    };
    return mayReadWorkspace(viewer, workspace.owners, this.#userOnlyAccess);
  }

  /** Null for a workspace of another server than the asker is in. */
  async #seatFor(asker: Asker, { guildId }: Workspace): Promise<Seat | null> {
    return guildId === asker.guildId ? this.#seats.seat(asker) : null;
  }
}

function may(seat: Seat, channelId: string, permission: bigint): boolean {
  return ((seat.permissionsIn(channelId) ?? 0n) & permission) !== 0n;
}
