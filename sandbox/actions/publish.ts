import { MessageType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { messageCreated } from '../events/messages.ts';
import type { Channel, Message, Thread } from '../world.ts';
import { isThread } from '../world.ts';
import { emptyMessageOf } from './compose.ts';
import { dropFiles } from './files.ts';
import { joinForMessage, unarchiveForMessage } from './thread-members.ts';

/** Puts a message into its channel's history and tells everyone; a thread wakes up and gains members by it. */
export function publish(core: Core, channel: Channel, message: Message): void {
  if (message.ephemeralTo !== undefined) {
    channel.ephemeral.push(message);
    if (channel.ephemeral.length > core.historyLimit) channel.ephemeral.shift();
  } else {
    if (isThread(channel)) countInThread(core, channel, message);
    channel.lastMessageId = message.id;
    for (const dropped of channel.messages.append(message)) dropFiles(core, dropped);
  }
  messageCreated(core, channel, message);
}

function countInThread(core: Core, channel: Thread, message: Message): void {
  unarchiveForMessage(core, channel);
  joinForMessage(core, channel, message);
  message.position = channel.thread.totalMessageSent;
  if (message.type === MessageType.ThreadStarterMessage) return;
  channel.thread.messageCount += 1;
  channel.thread.totalMessageSent += 1;
}

/** What Discord itself says in a channel on someone's behalf: a thread began, a message was pinned. */
export function publishSystemMessage(
  core: Core,
  channel: Channel,
  userId: string,
  said: Partial<Message> & { type: MessageType },
): Message {
  const sender = { authorId: userId, pings: 'users' as const, mayMentionEveryone: false };
  const message = Object.assign(emptyMessageOf(core, channel, sender), said);
  publish(core, channel, message);
  return message;
}
