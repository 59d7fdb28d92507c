import type { EndReason, IdleTimes, Participant, WorkLog } from '../domain/work-log.ts';

/** Where a session runs: a workspace's channel itself (`threadId` null) or one thread of it. */
export interface Place {
  workspaceId: number;
  threadId: string | null;
}

export interface SessionStore {
  get(sessionId: string): Promise<WorkLog | null>;
  /** Newest first by their latest entry, across the given workspaces. */
  list(query: { workspaceIds: number[]; limit: number }): Promise<WorkLog[]>;
  /**
   * Those that ran at some time from `from` to before `to`, but in no private thread, in the order in which they began; `after`: the
   * session id of the last that is known, null for the first page.
   */
  during(query: {
    workspaceId: number;
    from: number;
    to: number;
    after: string | null;
    limit: number;
  }): Promise<WorkLog[]>;
  /** The one of this place with the latest entry, open or ended. */
  latest(place: Place): Promise<WorkLog | null>;
  /** The threads of a workspace in which something was said that is not deleted for its age, with when that began, ms UTC. */
  threads(workspaceId: number): Promise<{ threadId: string; startedAt: number }[]>;
  /** In the order of their first step. */
  participants(sessionId: string): Promise<Participant[]>;
  /** Ends every open session that has been idle at `now` for longer than its workspace's type allows; returns how many. */
  closeIdle(now: number, idle: IdleTimes): Promise<number>;
  /** Ends what is open in a place: its session, and those of conversations that programs have there. */
  close(place: Place, at: number, reason: EndReason): Promise<void>;
}

export interface SessionTexts {
  query?: string | undefined;
  finalOutput?: string | undefined;
  summary?: string | undefined;
}
