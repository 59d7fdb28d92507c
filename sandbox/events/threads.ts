import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { View } from '../events.ts';
import { threadMemberPayload, threadPayload } from '../payloads/channel.ts';
import { memberPayload } from '../payloads/guild.ts';
import type { Guild, Thread } from '../world.ts';

/** THREAD_CREATE of a new thread to all who may see it. */
export function threadCreated(core: Core, thread: Thread): void {
  core.events.toViewers(
    thread,
    Intent.Guilds,
    'THREAD_CREATE',
    (receiver) => new View(() => ({ ...threadPayload(thread, receiver.userId), newly_created: true })),
  );
}

export function threadUpdated(core: Core, thread: Thread): void {
  core.events.toViewers(
    thread,
    Intent.Guilds,
    'THREAD_UPDATE',
    (receiver) => new View(() => threadPayload(thread, receiver.userId)),
  );
}

export function threadDeleted(core: Core, thread: Thread): void {
  const { id, guildId, parentId, type } = thread;
  const view = new View(() => ({ id, guild_id: guildId, parent_id: parentId, type }));
  core.events.toViewers(thread, Intent.Guilds, 'THREAD_DELETE', view);
}

/**
 * Users joined or left. The added ones first get the thread itself, with their membership; THREAD_MEMBERS_UPDATE goes to
 * them, and to everyone with the Guild Members intent.
 */
export function threadMembersChanged(
  core: Core,
  thread: Thread,
  { added = [], removed = [] }: { added?: string[]; removed?: string[] },
): void {
  for (const userId of added) {
    core.events.toUser(userId, Intent.Guilds, 'THREAD_CREATE', threadPayload(thread, userId));
  }
  const view = new View(() => membersUpdate(core, thread, added, removed));
  const concerned = new Set([...added, ...removed]);
  core.events.toGuild(thread.guildId, Intent.Guilds, 'THREAD_MEMBERS_UPDATE', (receiver) => {
    const seesAll =
      (receiver.intents & Intent.GuildMembers) !== 0 && core.permissions.canView(thread, receiver.userId);
    return seesAll || concerned.has(receiver.userId) ? view : undefined;
  });
}

function membersUpdate(core: Core, thread: Thread, added: string[], removed: string[]): object {
  const members = core.world.guilds.get(thread.guildId)?.members;
  return {
    id: thread.id,
    guild_id: thread.guildId,
    member_count: Math.min(thread.thread.members.size, 50),
    added_members: added.map((userId) => {
      const member = members?.get(userId);
      return {
        ...threadMemberPayload(thread, userId),
        ...(member !== undefined && { member: memberPayload(core.world, member) }),
        presence: null,
      };
    }),
    removed_member_ids: removed,
  };
}

/** THREAD_LIST_SYNC: the active threads of channels that a user can now look into. */
export function threadsSynced(core: Core, guild: Guild, userId: string, channelIds: string[]): void {
  const threads = activeThreads(core, guild, userId).filter((thread) => channelIds.includes(thread.parentId));
  core.events.toUser(userId, Intent.Guilds, 'THREAD_LIST_SYNC', {
    guild_id: guild.id,
    channel_ids: channelIds,
    threads: threads.map((thread) => threadPayload(thread, userId)),
    members: threads
      .filter(({ thread }) => thread.members.has(userId))
      .map((thread) => threadMemberPayload(thread, userId)),
  });
}

/** The threads a user may see that are not archived. */
export function activeThreads(core: Core, guild: Guild, userId: string): Thread[] {
  return [...guild.threads.values()].filter(
    (thread) => !thread.thread.archived && core.permissions.canView(thread, userId),
  );
}
