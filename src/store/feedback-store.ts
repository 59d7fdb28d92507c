import type { Draft } from '../domain/entry.ts';
import type { FeedbackCounts } from '../domain/feedback.ts';

export interface FeedbackStore {
  /** Notes that a person asked for a log; only the first time is kept. */
  asked(asker: { guildId: string; userId: string }, at: number): Promise<void>;
  /** Whether the person has said if answers about this session helped. */
  hasRated(userId: string, sessionId: string): Promise<boolean>;
  /** Keeps what a person says last about a session. */
  rate(rating: { userId: string; sessionId: string; helped: boolean }, at: number): Promise<void>;
  /**
   * Adds a person's objection (see domain/feedback.ts) as the next step of that session, whether it runs or has ended; returns the
   * step. Null when it is recorded already, or there is no such session.
   */
  object(sessionId: string, draft: Draft): Promise<number | null>;
  /** Of all sessions of these workspaces but those in private threads. */
  counts(workspaceIds: number[]): Promise<FeedbackCounts>;
  /** Ids of those who have asked in a server. */
  askers(guildId: string): Promise<string[]>;
  /** Keys of people that wrote in any workspace of any server, those who came last first. */
  people(limit: number): Promise<string[]>;
}
