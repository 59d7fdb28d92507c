import type { Author } from './author.ts';
import type { WorkspaceType } from './workspace.ts';

/** Why a session ended. */
export type EndReason = 'idle' | 'archived' | 'command' | 'reported' | 'unmapped' | 'deleted';

/** What a session's header says without reading its entries. Kept up to date in the transaction that adds the entries. */
export interface Counts {
  steps: number;
  handoffs: number;
  tools: number;
  errors: number;
  uncertain: number;
  escalations: number;
  /** What the workspace's rules did not keep; those have no step. */
  dropped: number;
  /** Values that were masked. */
  masked: number;
}

export interface Participant {
  author: Author;
  /** How many steps of the session are theirs. */
  steps: number;
}

/** One session of work in a workspace, or in one thread of it, without its entries. */
export interface WorkLog {
  /** The snowflake of the message or interaction that opened it. */
  sessionId: string;
  workspaceId: number;
  /** The thread it ran in; null for the channel itself. */
  threadId: string | null;
  /** In a private thread: only its members may read it. */
  privateThread: boolean;
  /** Of the conversations that programs have in its place, the one that it is: a digest; absent: what is said in the place itself. */
  conversation?: string;
  /** The text that opened it. */
  query: string;
  coordinator: string | null;
  startedAt: number;
  /** When its latest entry was written; `startedAt` while it has none. */
  lastAt: number;
  endedAt: number | null;
  endReason: EndReason | null;
  /** What came out in the end: as an agent reported it, or else what a bot said last, once the session has ended. */
  finalOutput: string | null;
  isOutputReported: boolean;
  /** In at most about 100 words: as an agent reported it, or else made of its steps, once the session has ended. */
  summary: string | null;
  /** How many of its escalations wait for a person. */
  waiting: number;
  counts: Counts;
}

/** Idle time in ms after which a session of that type is over. */
export type IdleTimes = Record<WorkspaceType, number>;

const MINUTE = 60_000;

export const DEFAULT_IDLE_TIMES: IdleTimes = {
  open: 15 * MINUTE,
  direct: 30 * MINUTE,
  project: 120 * MINUTE,
  coordination: 720 * MINUTE,
};

/** True when a message written at `at` no longer belongs to a session last heard of at `lastAt`. */
export function isIdle(lastAt: number, at: number, idleMs: number): boolean {
  return at - lastAt > idleMs;
}

export function noCounts(): Counts {
  return { steps: 0, handoffs: 0, tools: 0, errors: 0, uncertain: 0, escalations: 0, dropped: 0, masked: 0 };
}
