import { ChannelType, MessageType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { notOnThisChannelType, threadExists } from '../errors.ts';
import { messageUpdated } from '../events/messages.ts';
import { threadCreated } from '../events/threads.ts';
import { checkMessage } from '../validate/message.ts';
import type { Channel, Message, Thread, ThreadState } from '../world.ts';
import { demand, messageIn, visibleChannel } from './access.ts';
import { archiveWhenIdle } from './auto-archive.ts';
import { emptyChannel } from './channels.ts';
import { compose } from './compose.ts';
import type { Upload } from './files.ts';
import { publish, publishSystemMessage } from './publish.ts';
import { fileNames, senderIn } from './send.ts';

export interface ThreadOptions {
  name: string;
  type?: ChannelType;
  autoArchiveMinutes?: ThreadState['autoArchiveMinutes'];
  invitable?: boolean;
  rateLimitPerUser?: number;
}

/** What a thread's parent makes of it. */
const threadTypes = new Map<ChannelType, ChannelType>([
  [ChannelType.GuildText, ChannelType.PublicThread],
  [ChannelType.GuildAnnouncement, ChannelType.AnnouncementThread],
  [ChannelType.GuildForum, ChannelType.PublicThread],
]);

/** A thread under a message, with the message's id. @throws DiscordError 10003, 50001, 10008, 50013, 50024, 160004 */
export function startThreadFromMessage(
  core: Core,
  channelId: string,
  messageId: string,
  userId: string,
  options: ThreadOptions,
): Thread {
  const channel = visibleChannel(core, channelId, userId);
  const message = messageIn(channel, messageId);
  const type = threadTypes.get(channel.type);
  if (type === undefined || channel.type === ChannelType.GuildForum) throw notOnThisChannelType();
  demand(core, channel, userId, P.CreatePublicThreads);
  if (core.world.channels.has(message.id)) throw threadExists();
  const thread = createThread(core, channel, userId, { ...options, type }, message.id);
  messageUpdated(core, channel, message);
  publishSystemMessage(core, thread, userId, {
    type: MessageType.ThreadStarterMessage,
    reference: { type: 0, channelId: channel.id, messageId: message.id, guildId: thread.guildId },
  });
  return thread;
}

/**
 * A thread on its own; private unless its type says otherwise. A public one is announced in the channel.
 * @throws DiscordError 10003, 50001, 50013, 50024
 */
export function startThread(core: Core, channelId: string, userId: string, options: ThreadOptions): Thread {
  const channel = visibleChannel(core, channelId, userId);
  const type = options.type ?? ChannelType.PrivateThread;
  const isPrivate = type === ChannelType.PrivateThread;
  const fits = isPrivate ? channel.type === ChannelType.GuildText : threadTypes.get(channel.type) === type;
  if (!fits || channel.type === ChannelType.GuildForum) throw notOnThisChannelType();
  demand(core, channel, userId, isPrivate ? P.CreatePrivateThreads : P.CreatePublicThreads);
  const thread = createThread(core, channel, userId, { ...options, type });
  if (!isPrivate) announceIn(core, channel, thread, userId);
  return thread;
}

/** A post of a forum: a thread whose first message has the thread's id. @throws DiscordError 50024, 50013, 50035, 50006 */
export function startPost(
  core: Core,
  channel: Channel,
  userId: string,
  options: ThreadOptions,
  rawBody: unknown,
  files: readonly Upload[],
): { thread: Thread; message: Message } {
  if (channel.type !== ChannelType.GuildForum) throw notOnThisChannelType();
  demand(core, channel, userId, P.SendMessages);
  const body = checkMessage(rawBody, { kind: 'create', files: fileNames(files) });
  const thread = createPost(core, channel, userId, options, [userId]);
  const message = compose(core, thread, senderIn(core, thread, userId), body, files);
  publishFirst(core, thread, message);
  return { thread, message };
}

/** The thread of a post, without its first message; a webhook's has no members. */
export function createPost(
  core: Core,
  channel: Channel,
  ownerId: string,
  options: ThreadOptions,
  memberIds: readonly string[],
): Thread {
  return createThread(core, channel, ownerId, { ...options, type: ChannelType.PublicThread, memberIds });
}

/** Publishes a post's first message under the thread's own id. */
export function publishFirst(core: Core, thread: Thread, message: Message): void {
  message.id = thread.id;
  publish(core, thread, message);
}

function announceIn(core: Core, channel: Channel, thread: Thread, userId: string): Message {
  return publishSystemMessage(core, channel, userId, {
    type: MessageType.ThreadCreated,
    content: thread.name,
    reference: { type: 0, channelId: thread.id, guildId: thread.guildId },
  });
}

function createThread(
  core: Core,
  channel: Channel,
  ownerId: string,
  options: ThreadOptions & { type: ChannelType; memberIds?: readonly string[] },
  id = core.ids.next(),
): Thread {
  const now = core.clock.now();
  const thread: Thread = {
    ...emptyChannel(core, id, options.type),
    guildId: channel.guildId!,
    name: options.name,
    parentId: channel.id,
    rateLimitPerUser: options.rateLimitPerUser ?? 0,
    thread: {
      ownerId,
      archived: false,
      archivedAt: now,
      autoArchiveMinutes: options.autoArchiveMinutes ?? 4320,
      locked: false,
      invitable: options.invitable ?? true,
      createdAt: now,
      messageCount: 0,
      totalMessageSent: 0,
      members: new Map((options.memberIds ?? [ownerId]).map((memberId) => [memberId, now])),
    },
  };
  core.world.channels.set(id, thread);
  core.world.guilds.get(thread.guildId)!.threads.set(id, thread);
  core.world.accessVersion += 1;
  threadCreated(core, thread);
  archiveWhenIdle(core, thread);
  return thread;
}
