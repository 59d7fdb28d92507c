import type { Core } from '../core.ts';
import { threadUpdated } from '../events/threads.ts';
import { createdAt } from '../snowflake.ts';
import type { Thread } from '../world.ts';

/** Archives a thread once nothing was said in it for the time it was given; call it when a thread begins or wakes. */
export function archiveWhenIdle(core: Core, thread: Thread): void {
  core.clock.after(Math.max(0, idleUntil(thread) - core.clock.now()), () => {
    const isGone = core.world.channels.get(thread.id) !== thread;
    if (isGone || thread.thread.archived) return;
    if (idleUntil(thread) > core.clock.now()) return archiveWhenIdle(core, thread);
    thread.thread.archived = true;
    thread.thread.archivedAt = core.clock.now();
    threadUpdated(core, thread);
  });
}

function idleUntil({ lastMessageId, thread }: Thread): number {
  const spokenAt = lastMessageId === null ? 0 : createdAt(lastMessageId);
  return Math.max(spokenAt, thread.archivedAt) + thread.autoArchiveMinutes * 60_000;
}
