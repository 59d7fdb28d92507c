import type { APIMessage } from 'discord-api-types/v10';
import { MessageFlags } from 'discord-api-types/v10';
import { visibleChannel } from '../actions/access.ts';
import { bulkDelete, deleteMessage, editMessage } from '../actions/edit.ts';
import { react, unreact } from '../actions/reactions.ts';
import { pinMessage, unpinMessage } from '../actions/pins.ts';
import { sendMessage } from '../actions/send.ts';
import type { Core } from '../core.ts';
import { typingStarted } from '../events/messages.ts';
import { messagePayload } from '../payloads/message.ts';
import { compareIds } from '../snowflake.ts';
import type { Message } from '../world.ts';
import { channelOf, isThread } from '../world.ts';
import { addToThread, joinThread, leaveThread } from '../actions/thread-members.ts';
import { startThread, startThreadFromMessage } from '../actions/threads.ts';
import { bodyOf } from './body.ts';
import type { Said } from './body.ts';
import { ThreadHandle } from './channel.ts';
import type { HasId } from './channel.ts';
import { waitForMessage } from './wait.ts';

export interface ThreadStart {
  name: string;
  /** The message it hangs on; without one it stands alone. */
  message?: HasId;
  private?: boolean;
  /** Who is added at once. */
  invite?: readonly HasId[];
}

/**
 * Someone in a channel, thread or DM: what they do there and what they see. Everything happens at once, by the rules that
 * bind clients, and throws the DiscordError that a client would get.
 */
export class Place {
  readonly core: Core;
  readonly userId: string;
  readonly channelId: string;

  constructor(core: Core, userId: string, channelId: string) {
    this.core = core;
    this.userId = userId;
    this.channelId = channelId;
  }

  send(said: string | Said): Message {
    const { body, files } = bodyOf(said);
    return sendMessage(this.core, this.channelId, this.userId, body, files);
  }

  edit(message: HasId, said: string | Said): Message {
    const { body, files } = bodyOf(said);
    return editMessage(this.core, this.channelId, message.id, this.userId, body, files);
  }

  delete(message: HasId): void {
    deleteMessage(this.core, this.channelId, message.id, this.userId);
  }

  bulkDelete(messages: readonly HasId[]): void {
    const ids = messages.map(({ id }) => id);
    bulkDelete(this.core, this.channelId, ids, this.userId);
  }

  react(message: HasId, emoji: string): void {
    react(this.core, { channelId: this.channelId, messageId: message.id, emoji }, this.userId);
  }

  unreact(message: HasId, emoji: string): void {
    unreact(this.core, { channelId: this.channelId, messageId: message.id, emoji }, this.userId);
  }

  pin(message: HasId): void {
    pinMessage(this.core, this.channelId, message.id, this.userId);
  }

  unpin(message: HasId): void {
    unpinMessage(this.core, this.channelId, message.id, this.userId);
  }

  typing(): void {
    typingStarted(this.core, visibleChannel(this.core, this.channelId, this.userId), this.userId);
  }

  startThread({ name, message, private: isPrivate = false, invite = [] }: ThreadStart): ThreadHandle {
    const { core, channelId, userId } = this;
    const isNews = channelOf(core.world, channelId).type === 5;
    const type = isPrivate ? 12 : isNews ? 10 : 11;
    const thread =
      message === undefined
        ? startThread(core, channelId, userId, { name, type })
        : startThreadFromMessage(core, channelId, message.id, userId, { name });
    for (const { id } of invite) addToThread(core, thread, userId, id);
    return new ThreadHandle(core, thread, userId);
  }

  /** Joins the thread that this is. */
  join(): void {
    const thread = visibleChannel(this.core, this.channelId, this.userId);
    if (isThread(thread)) joinThread(this.core, thread, this.userId);
  }

  /** Leaves the thread that this is. */
  leave(): void {
    const thread = visibleChannel(this.core, this.channelId, this.userId);
    if (isThread(thread)) leaveThread(this.core, thread, this.userId);
  }

  /** The messages as this person sees them, oldest first, their ephemeral ones included. */
  see(): APIMessage[] {
    const channel = visibleChannel(this.core, this.channelId, this.userId);
    const own = channel.ephemeral.filter(({ ephemeralTo }) => ephemeralTo === this.userId);
    const all = own.length === 0 ? channel.messages.all() : [...channel.messages.all(), ...own];
    const ordered = own.length === 0 ? all : [...all].sort((a, b) => compareIds(a.id, b.id));
    return ordered.map((message) => this.view(message));
  }

  /** One message as this person sees it. */
  view(message: Message): APIMessage {
    const viewer = { userId: this.userId, readsContent: true };
    return messagePayload(this.core, message, viewer) as APIMessage;
  }

  /**
   * The first message that this person sees and that matches, whether it is there already or still to come.
   * Rejects after `timeoutMs` (5000).
   */
  waitFor(
    matches: (message: APIMessage) => boolean,
    { timeoutMs = 5000 }: { timeoutMs?: number } = {},
  ): Promise<APIMessage> {
    return waitForMessage(this, matches, timeoutMs);
  }

  /** Whether a message is one of this place that this person sees; a deferred answer counts once it is filled. */
  concerns(message: Message): boolean {
    const isMine = message.ephemeralTo === undefined || message.ephemeralTo === this.userId;
    return message.channelId === this.channelId && isMine && (message.flags & MessageFlags.Loading) === 0;
  }
}
