import type { Author } from '../domain/author.ts';
import type { BlockEntry } from '../domain/block.ts';

/** What a program reports of its bot's work, checked; where and when it was is decided already. Plain data. */
export interface Report {
  /** Its own, see domain/report.ts. The same report has the same id, however often it is made. */
  id: string;
  /** The id was drawn for this report: nobody can have made it before. */
  isUnnamed?: boolean;
  /** The same object in all reports of a call: it is copied once on the way to the database's thread. */
  from: ReportedFrom;
  /** ms UTC. */
  at: number;
  /** The message in Discord that says the same; null: it is not known whether there is one. */
  messageId: string | null;
  entry: BlockEntry;
}

/** Who reports, and where. */
export interface ReportedFrom {
  workspaceId: number;
  threadId: string | null;
  privateThread: boolean;
  /** See {@link PlacedDraft.conversation}. */
  conversation: string | null;
  author: Author;
}

/**
 * What became of a report. `recorded`: a step of its own. `joined`: the step of its message says it now. `duplicate`: it was recorded
 * before. `not_kept`: the rules do not keep such steps.
 */
export interface ReportOutcome {
  id: string;
  status: 'recorded' | 'joined' | 'duplicate' | 'not_kept';
  /** Null: it is no step. */
  sessionId: string | null;
  step: number | null;
}
