/** Something that happened in Discord just now. */
export interface Happening {
  /** The message that was posted or edited. */
  messageId: string;
  /** When it was edited, ms UTC; null: it was posted. */
  editedAt: number | null;
  /** Lets it take its way. */
  release(): void;
}

/** Messages that were read, each with when it was last changed by then, ms UTC. */
export type Read = ReadonlyMap<string, number>;

interface Where {
  workspaceId: number;
  /** Of the channel or thread. */
  channelId: string;
}

interface Held {
  workspaceId: number;
  happenings: Happening[];
  /** How many of them are new messages. */
  created: number;
}

interface Behind {
  /** ms UTC since when something may have been missed. */
  since: number | null;
  /** Channels and threads that have caught up. */
  caughtUp: Set<string>;
}

/** So many new messages of one channel are held; Discord has them too, and gives them again. */
const HELD_MAX = 1000;

/**
 * Which workspaces are behind, and what happens there meanwhile: it waits, so that everything is recorded in the order in which it
 * was said. What would be too much to hold is let go and has to be read from Discord.
 */
export class Backlog {
  readonly #behind = new Map<number, Behind>();
  readonly #held = new Map<string, Held>();
  /** Channels of which new messages were let go. */
  readonly #overflowed = new Set<string>();
  /** What was heard before something may have been missed, so that nobody tells what became of it. */
  readonly #uncertain = new WeakSet<Happening>();
  readonly #heldMax: number;

  constructor(heldMax = HELD_MAX) {
    this.#heldMax = heldMax;
  }

  /** From now on what happens in a workspace is held. One that is behind already stays so since then. */
  fallBehind(workspaceId: number, since: number | null): void {
    const before = this.#behind.get(workspaceId);
    if (!before) this.#behind.set(workspaceId, { since, caughtUp: new Set() });
    else {
      before.caughtUp.clear();
      for (const channelId of this.#heldIn(workspaceId)) {
        for (const happening of this.#held.get(channelId)!.happenings) this.#uncertain.add(happening);
      }
    }
  }

  /** Ids of new messages that wait and were heard before their workspace fell behind anew: they may be deleted by now. */
  uncertain(channelId: string): string[] {
    const happenings = this.#held.get(channelId)?.happenings ?? [];
    return happenings
      .filter((one) => one.editedAt === null && this.#uncertain.has(one))
      .map(({ messageId }) => messageId);
  }

  isBehind(workspaceId: number): boolean {
    return this.#behind.has(workspaceId);
  }

  since(workspaceId: number): number | null {
    return this.#behind.get(workspaceId)?.since ?? null;
  }

  /** False: nothing has to be waited for there. */
  hold({ workspaceId, channelId }: Where, happening: Happening): boolean {
    const behind = this.#behind.get(workspaceId);
    if (!behind || behind.caughtUp.has(channelId)) return false;
    const held = this.#held.get(channelId) ?? { workspaceId, happenings: [], created: 0 };
    this.#held.set(channelId, held);
    held.happenings.push(happening);
    if (happening.editedAt === null) held.created += 1;
    if (held.created > this.#heldMax) {
      held.happenings = held.happenings.filter(({ editedAt }) => editedAt !== null);
      held.created = 0;
      this.#overflowed.add(channelId);
    }
    return true;
  }

  /** Whether new messages of a channel were let go since this was asked last. */
  takeOverflow(channelId: string): boolean {
    return this.#overflowed.delete(channelId);
  }

  /** The channel or thread has caught up: what was held goes its way, but for what was read. */
  release({ workspaceId, channelId }: Where, read: Read): void {
    this.#behind.get(workspaceId)?.caughtUp.add(channelId);
    const { happenings } = this.#held.get(channelId) ?? { happenings: [] };
    this.#held.delete(channelId);
    for (const happening of happenings) {
      if (!isRead(happening, read)) happening.release();
    }
  }

  /** The whole workspace has caught up: nothing is held there any more. */
  catchUp(workspaceId: number): void {
    for (const channelId of this.#heldIn(workspaceId)) this.release({ workspaceId, channelId }, NONE);
    this.#behind.delete(workspaceId);
  }

  /** The workspace is not recorded any more. */
  forget(workspaceId: number): void {
    for (const channelId of this.#heldIn(workspaceId)) this.#held.delete(channelId);
    this.#behind.delete(workspaceId);
  }

  #heldIn(workspaceId: number): string[] {
    return [...this.#held].filter(([, held]) => held.workspaceId === workspaceId).map(([id]) => id);
  }
}

const NONE: Read = new Map();

/** What is read shows the last edit; an earlier one would put back what nobody says any more. */
function isRead({ messageId, editedAt }: Happening, read: Read): boolean {
  const readAt = read.get(messageId);
  return readAt !== undefined && (editedAt === null || editedAt < readAt);
}
