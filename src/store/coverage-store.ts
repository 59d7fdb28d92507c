import type { Recorded } from '../domain/catch-up.ts';
import type { GapReason, Interruption, Period, PlacedGap } from '../domain/coverage.ts';
import type { Place } from './session-store.ts';

/** A place has been read up to this message: every one before it is recorded, was not to be recorded, or lies in a gap. */
export interface Mark extends Place {
  messageId: string;
}

/** What the last process left behind. */
export interface Left {
  /** ms UTC since when something may have been missed; null: it never ran before. */
  since: number | null;
  /** It was stopped, and had recorded all that had arrived. */
  clean: boolean;
  /** When recording was last switched on again after it had been off: nothing of before is to be recorded. */
  resumedAt: number | null;
}

/** What was not seen, and how far everything was. */
export interface CoverageStore {
  /** Of a workspace's channel and threads. */
  marks(workspaceId: number): Promise<Mark[]>;
  /** Notes how far a place has been read; an earlier message changes nothing. */
  mark(mark: Mark): Promise<void>;
  /** The messages of a place's latest `limit` steps that are not deleted. */
  recorded(place: Place, limit: number): Promise<Recorded[]>;
  /** The gaps of these workspaces that touch a period, newest first. */
  gaps(query: Period & { workspaceIds: number[] }, limit: number): Promise<PlacedGap[]>;
  addGap(gap: PlacedGap): Promise<void>;
  /** A workspace cannot be read from `from` on. One that lasts already keeps its beginning and gets this reason. */
  openGap(workspaceId: number, reason: GapReason, from: number): Promise<void>;
  /** Ends what lasts; null: all of it has been read after all, so there is no gap. */
  closeGap(workspaceId: number, endedAt: number | null): Promise<void>;
  /** To be called when the process starts: what the last one left open is an interruption. */
  started(at: number): Promise<Left>;
  /** The bot is connected at this time. `isPaused`: recording is switched off. */
  beat(at: number, isPaused: boolean): Promise<void>;
  /** The bot was connected until now, and all that arrived is recorded. */
  stopped(at: number): Promise<void>;
  /** When the bot last said that it is connected, ms UTC; null: it never did. */
  heardUntil(): Promise<number | null>;
  /** The connection is lost; further calls change nothing until it is {@link back}. */
  lost(at: number): Promise<void>;
  back(at: number): Promise<void>;
  /** What was said in all interruptions that are over has been read. */
  caughtUp(at: number): Promise<void>;
  /** Those that touch a period, newest first. */
  interruptions(period: Period, limit: number): Promise<Interruption[]>;
}
