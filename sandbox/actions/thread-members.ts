import { ChannelType, MessageType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { missingAccess, unknownMember } from '../errors.ts';
import { threadMembersChanged, threadUpdated } from '../events/threads.ts';
import type { Message, Thread } from '../world.ts';
import { demand, demandActive } from './access.ts';
import { archiveWhenIdle } from './auto-archive.ts';

/** @throws DiscordError 50083 */
export function joinThread(core: Core, thread: Thread, userId: string): void {
  demandActive(thread);
  admit(core, thread, [userId]);
}

/** @throws DiscordError 50083 */
export function leaveThread(core: Core, thread: Thread, userId: string): void {
  demandActive(thread);
  dismiss(core, thread, userId);
}

/** Adds someone else, who must be able to look into the parent. @throws DiscordError 50083, 50013, 10007, 50001 */
export function addToThread(core: Core, thread: Thread, userId: string, addedId: string): void {
  demandActive(thread);
  demand(core, thread, userId, P.SendMessagesInThreads);
  if (!core.world.guilds.get(thread.guildId)?.members.has(addedId)) throw unknownMember();
  if (!canBeAdded(core, thread, addedId)) throw missingAccess();
  const isClosed = thread.type === ChannelType.PrivateThread && !thread.thread.invitable;
  if (isClosed && thread.thread.ownerId !== userId) demand(core, thread, userId, P.ManageThreads);
  admit(core, thread, [addedId]);
}

/** Removes someone else: for who manages threads, or owns the private thread. @throws DiscordError 50083, 50013 */
export function removeFromThread(core: Core, thread: Thread, userId: string, removedId: string): void {
  demandActive(thread);
  const isOwner = thread.type === ChannelType.PrivateThread && thread.thread.ownerId === userId;
  if (!isOwner) demand(core, thread, userId, P.ManageThreads);
  dismiss(core, thread, removedId);
}

/** Writing in a thread joins it, and being mentioned in one adds those who can look into the parent. */
export function joinForMessage(core: Core, thread: Thread, message: Message): void {
  if (message.type === MessageType.ThreadStarterMessage) return;
  const writer = message.webhook === undefined ? [message.authorId] : [];
  const mentioned = message.mentions.filter((id) => canBeAdded(core, thread, id));
  admit(core, thread, [...writer, ...mentioned]);
}

/** A message wakes an archived thread up. */
export function unarchiveForMessage(core: Core, thread: Thread): void {
  if (!thread.thread.archived) return;
  thread.thread.archived = false;
  thread.thread.archivedAt = core.clock.now();
  threadUpdated(core, thread);
  archiveWhenIdle(core, thread);
}

/** Makes members of those who are not; without asking whether they may. */
export function admit(core: Core, thread: Thread, userIds: readonly string[]): void {
  const { members } = thread.thread;
  const added = [...new Set(userIds)].filter((id) => !members.has(id));
  if (added.length === 0) return;
  for (const id of added) members.set(id, core.clock.now());
  core.world.accessVersion += 1;
  threadMembersChanged(core, thread, { added });
}

function dismiss(core: Core, thread: Thread, userId: string): void {
  if (!thread.thread.members.delete(userId)) return;
  core.world.accessVersion += 1;
  threadMembersChanged(core, thread, { removed: [userId] });
}

function canBeAdded(core: Core, thread: Thread, userId: string): boolean {
  const parent = core.world.channels.get(thread.parentId);
  return parent !== undefined && core.permissions.canView(parent, userId);
}
