import { MessageType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { ChannelType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { missingPermissions, threadArchived } from '../errors.ts';
import { threadDeleted, threadUpdated } from '../events/threads.ts';
import type { Thread, ThreadState } from '../world.ts';
import { demand } from './access.ts';
import { archiveWhenIdle } from './auto-archive.ts';
import { publishSystemMessage } from './publish.ts';

export interface ThreadChange {
  name?: string;
  archived?: boolean;
  locked?: boolean;
  invitable?: boolean;
  autoArchiveMinutes?: ThreadState['autoArchiveMinutes'];
  rateLimitPerUser?: number;
}

/**
 * Changes a thread: its owner may rename and archive it, whoever may write there may wake an unlocked one, the rest
 * needs Manage Threads. An archived thread cannot be changed but by waking it in the same request.
 * @throws DiscordError 50013, 50083
 */
export function changeThread(core: Core, thread: Thread, userId: string, change: ThreadChange): void {
  demandChange(core, thread, userId, change);
  const state = thread.thread;
  const before = { name: thread.name, archived: state.archived };
  const { name, archived, locked, invitable, autoArchiveMinutes, rateLimitPerUser } = change;
  if (name !== undefined) thread.name = name;
  if (rateLimitPerUser !== undefined) thread.rateLimitPerUser = rateLimitPerUser;
  if (autoArchiveMinutes !== undefined) state.autoArchiveMinutes = autoArchiveMinutes;
  if (locked !== undefined) state.locked = locked;
  if (invitable !== undefined) state.invitable = invitable;
  if (archived !== undefined) setArchived(core, thread, archived);
  threadUpdated(core, thread);
  if (!state.archived && (before.archived || autoArchiveMinutes !== undefined)) archiveWhenIdle(core, thread);
  if (thread.name !== before.name && !state.archived) {
    const type = MessageType.ChannelNameChange;
    publishSystemMessage(core, thread, userId, { type, content: thread.name });
  }
}

function setArchived(core: Core, thread: Thread, archived: boolean): void {
  if (thread.thread.archived === archived) return;
  thread.thread.archived = archived;
  thread.thread.archivedAt = core.clock.now();
}

function demandChange(core: Core, thread: Thread, userId: string, change: ThreadChange): void {
  if (core.permissions.has(thread, userId, P.ManageThreads)) return demandAwake(thread, change);
  const { archived, locked, rateLimitPerUser, invitable, ...rest } = change;
  const isOwner = thread.thread.ownerId === userId;
  const onlyWakes = archived === false && Object.values(rest).every((value) => value === undefined);
  const mayWake = onlyWakes && core.permissions.has(thread, userId, P.SendMessagesInThreads);
  if (locked !== undefined || rateLimitPerUser !== undefined) throw missingPermissions();
  if (thread.thread.locked || !(isOwner || mayWake)) throw missingPermissions();
  if (invitable !== undefined && !isOwner) throw missingPermissions();
  demandAwake(thread, change);
}

function demandAwake(thread: Thread, { archived }: ThreadChange): void {
  if (thread.thread.archived && archived !== false) throw threadArchived();
}

/** @throws DiscordError 50013 without Manage Threads */
export function deleteThread(core: Core, thread: Thread, userId: string): void {
  demand(core, thread, userId, P.ManageThreads);
  dropThread(core, thread);
}

/** Takes a thread out of the world and tells everyone. */
export function dropThread(core: Core, thread: Thread): void {
  threadDeleted(core, thread);
  core.world.channels.delete(thread.id);
  core.world.guilds.get(thread.guildId)?.threads.delete(thread.id);
  core.world.accessVersion += 1;
}

/** Archived threads of a channel that the user may list, the last archived first. */
export function archivedThreads(core: Core, channelId: string, types: readonly ChannelType[]): Thread[] {
  const threads = [...core.world.channels.values()].filter(
    (channel): channel is Thread =>
      channel.parentId === channelId && channel.thread?.archived === true && types.includes(channel.type),
  );
  return threads.sort((a, b) => b.thread.archivedAt - a.thread.archivedAt);
}
