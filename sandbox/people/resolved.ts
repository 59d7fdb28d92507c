import type { Core } from '../core.ts';
import { attachmentPayload, messagePayload } from '../payloads/message.ts';
import { channelPayload } from '../payloads/channel.ts';
import { bareMemberPayload, rolePayload } from '../payloads/guild.ts';
import { userPayload } from '../payloads/user.ts';
import type { Attachment, Channel, Message } from '../world.ts';
import { RefusedByClient } from './refusal.ts';

type Kind = 'users' | 'members' | 'roles' | 'channels' | 'messages' | 'attachments';

/** Where an interaction happens: what its ids are looked up for. */
export interface Scene {
  core: Core;
  channel: Channel;
  userId: string;
}

/**
 * Collects what the ids of an interaction's data mean.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure
 */
export class Resolved {
  readonly #scene: Scene;
  readonly #data: Partial<Record<Kind, Record<string, object>>> = {};

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** With the member, when the user is one here. @throws RefusedByClient for an unknown user */
  user(id: string): void {
    const { core, channel } = this.#scene;
    const user = core.world.users.get(id);
    if (user === undefined) throw new RefusedByClient(`There is no user ${id}`);
    this.#add('users', id, userPayload(user));
    const member = this.#guild()?.members.get(id);
    if (member === undefined) return;
    const permissions = core.permissions.in(channel, id).toString();
    const { deaf: _deaf, mute: _mute, ...partial } = bareMemberPayload(member);
    this.#add('members', id, { ...partial, permissions });
  }

  /** @throws RefusedByClient for a role that the guild does not have */
  role(id: string): void {
    const role = this.#guild()?.roles.get(id);
    if (role === undefined) throw new RefusedByClient(`There is no role ${id} here`);
    this.#add('roles', id, rolePayload(role));
  }

  /** With what the asker may do there. @throws RefusedByClient for one the asker does not see, or of another type */
  channel(id: string, types: readonly number[] | undefined): void {
    const { core, userId, channel: here } = this.#scene;
    const channel = core.world.channels.get(id);
    if (
      channel === undefined ||
      channel.guildId !== here.guildId ||
      !core.permissions.canView(channel, userId)
    ) {
      throw new RefusedByClient(`There is no channel ${id} here`);
    }
    if (types !== undefined && types.length > 0 && !types.includes(channel.type)) {
      throw new RefusedByClient(
        `#${channel.name} is of type ${channel.type}; allowed are ${types.join(', ')}`,
      );
    }
    const { permission_overwrites: _, ...partial } = channelPayload(core.world, channel, userId) as Record<
      string,
      unknown
    >;
    this.#add('channels', id, { ...partial, permissions: core.permissions.in(channel, userId).toString() });
  }

  /** A context menu's target is shown whole, whatever intents the application has. */
  message(message: Message, applicationId: string): void {
    const { core } = this.#scene;
    this.#add(
      'messages',
      message.id,
      messagePayload(core, message, { userId: applicationId, readsContent: true }),
    );
  }

  attachment(attachment: Attachment): void {
    const { core, channel } = this.#scene;
    this.#add(
      'attachments',
      attachment.id,
      attachmentPayload(core, channel.id, { ...attachment, ephemeral: true }),
    );
  }

  /** The `resolved` member, or nothing when there is nothing to resolve. */
  get member(): { resolved?: object } {
    return Object.keys(this.#data).length > 0 ? { resolved: this.#data } : {};
  }

  #guild() {
    const { core, channel } = this.#scene;
    return core.world.guilds.get(channel.guildId ?? '');
  }

  #add(kind: Kind, id: string, payload: object): void {
    (this.#data[kind] ??= {})[id] = payload;
  }
}
