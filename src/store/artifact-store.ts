import type { StoredArtifact } from '../domain/stored-artifact.ts';

export interface NewArtifact {
  workspaceId: number;
  sessionId: string | null;
  /** The message and its part that it was posted in; null for one that came another way. */
  source: { messageId: string; part: number } | null;
  workflowId: string | null;
  schema: string;
  /** Names of bots, with or without `@`. */
  producer: string;
  /** Null: for any. */
  consumer: string | null;
  /** Masked already, as everything that is stored; its JSON has at most `ARTIFACT_MAX` bytes. */
  content: Record<string, unknown>;
}

/**
 * What agents hand to one another as data. An artifact is known in its own workspace alone: asked for from others, it is as if it
 * were not there.
 */
export interface ArtifactStore {
  /**
   * What a message said is saved once, however often the message is delivered; said anew by an edit, it takes the place of what
   * still waits. Rejects with a UserError when it is too large.
   */
  save(artifact: NewArtifact, at: number): Promise<StoredArtifact>;
  /**
   * Makes what an edited message hands over by now take the place of all that still waits of it; what was taken stays. One without a
   * session is of a message that is not recorded, and replaces what that handed over before, but adds nothing.
   */
  revise(messageId: string, artifacts: NewArtifact[], at: number): Promise<void>;
  get(id: string, workspaceIds: number[]): Promise<StoredArtifact | null>;
  /** The first that came from a session, in the order of handing over. */
  ofSession(sessionId: string, limit: number): Promise<StoredArtifact[]>;
  /** What waits for a bot in these workspaces, the oldest first. */
  waiting(query: { consumer: string; workspaceIds: number[]; limit: number }): Promise<StoredArtifact[]>;
  /**
   * Takes an artifact that waits for this bot, or for any. Only one taker gets it; null for all others, and when it is another
   * bot's, another workspace's, or expired.
   */
  take(query: { id: string; by: string; workspaceIds: number[] }, at: number): Promise<StoredArtifact | null>;
  /** Removes the content of those handed over before `before`, taken or not. Returns how many. */
  expire(before: number, at: number): Promise<number>;
}
