import { createChannel } from '../actions/channels.ts';
import {
  addMember,
  changeRole,
  createRole,
  deleteRole,
  removeMember,
  renameGuild,
  setNick,
  setRoles,
  timeOut,
} from '../actions/guilds.ts';
import type { RoleOptions } from '../actions/guilds.ts';
import type { Core } from '../core.ts';
import { unknownMember } from '../errors.ts';
import type { Guild as GuildState, Member, Role } from '../world.ts';
import { GuildChannel, channelTypes, overwritesOf } from './channel.ts';
import type { HasId, OverwriteSaid } from './channel.ts';

export interface ChannelSaid {
  name: string;
  type?: keyof typeof channelTypes;
  parent?: HasId;
  topic?: string;
  /** Without them a channel takes those of its category. */
  overwrites?: readonly OverwriteSaid[];
}

/** A server, as its owner handles it. */
export class Guild implements HasId {
  readonly id: string;
  readonly #core: Core;
  readonly #guild: GuildState;

  constructor(core: Core, guild: GuildState) {
    this.#core = core;
    this.#guild = guild;
    this.id = guild.id;
  }

  get name(): string {
    return this.#guild.name;
  }

  /** The role that everybody has. */
  get everyone(): Role {
    return this.#guild.roles.get(this.id)!;
  }

  rename(name: string): void {
    renameGuild(this.#core, this.#guild, name);
  }

  /** Lets a person or bot in. A bot's `permissions` come as a managed role of its own. */
  add(
    user: HasId,
    { roles = [], permissions }: { roles?: readonly HasId[]; permissions?: bigint } = {},
  ): void {
    const account = this.#core.world.users.get(user.id)!;
    addMember(this.#core, this.#guild, account, { roles: roles.map(({ id }) => id), permissions });
  }

  remove(user: HasId): void {
    removeMember(this.#core, this.#guild, user.id);
  }

  setRoles(user: HasId, roles: readonly HasId[]): void {
    const ids = roles.map(({ id }) => id);
    setRoles(this.#core, this.#guild, this.#member(user), ids);
  }

  /** Lets somebody only look on until then (ms UTC); null ends it. */
  timeOut(user: HasId, until: number | null): void {
    timeOut(this.#core, this.#guild, this.#member(user), until);
  }

  setNick(user: HasId, nick: string | null): void {
    setNick(this.#core, this.#guild, this.#member(user), nick);
  }

  /** A new role; it has no permissions unless they are given. */
  createRole(options: RoleOptions): Role {
    return createRole(this.#core, this.#guild, { permissions: 0n, ...options });
  }

  changeRole(role: HasId, change: RoleOptions): void {
    changeRole(this.#core, this.#guild, this.#guild.roles.get(role.id)!, change);
  }

  deleteRole(role: HasId): void {
    deleteRole(this.#core, this.#guild, this.#guild.roles.get(role.id)!);
  }

  createChannel({ name, type = 'text', parent, topic, overwrites }: ChannelSaid): GuildChannel {
    const channel = createChannel(this.#core, this.#guild, {
      name,
      type: channelTypes[type],
      ...(parent !== undefined && { parentId: parent.id }),
      ...(topic !== undefined && { topic }),
      ...(overwrites !== undefined && { overwrites: overwritesOf(this.#guild, overwrites) }),
    });
    return new GuildChannel(this.#core, channel);
  }

  #member(user: HasId): Member {
    const member = this.#guild.members.get(user.id);
    if (member === undefined) throw unknownMember();
    return member;
  }
}
