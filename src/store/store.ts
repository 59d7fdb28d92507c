import type { ArtifactStore } from './artifact-store.ts';
import type { BotStore } from './bot-store.ts';
import type { CoverageStore } from './coverage-store.ts';
import type { EntryStore } from './entry-store.ts';
import type { ErasureStore } from './erasure.ts';
import type { EscalationStore } from './escalation-store.ts';
import type { FeedbackStore } from './feedback-store.ts';
import type { GuildStore } from './guild-store.ts';
import type { JournalStore } from './journal.ts';
import type { InsightStore } from './insight-store.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { PeopleStore } from './people.ts';
import type { ReportStore } from './report-store.ts';
import type { ReportedStore } from './reported.ts';
import type { SessionFileStore } from './session-files.ts';
import type { SessionStore } from './session-store.ts';
import type { SessionSummaryStore } from './session-summaries.ts';
import type { TokenStore } from './tokens.ts';
import type { WorkspaceStore } from './workspace-store.ts';

export type { GuildStore, GuildTimezone } from './guild-store.ts';
export type { Mapping, WorkspaceStore } from './workspace-store.ts';
export type { Place, SessionStore, SessionTexts } from './session-store.ts';
export type { PlacedDraft, EntryFilter, SearchQuery, Appended, EntryStore } from './entry-store.ts';
export type { BotProfile, BotStore } from './bot-store.ts';
export type { NewArtifact, ArtifactStore } from './artifact-store.ts';
export type { FeedbackStore } from './feedback-store.ts';
export type { EscalationStore, RaisedByPerson } from './escalation-store.ts';
export type {
  AddedInsight,
  InsightRecipient,
  InsightParcel,
  InsightCounts,
  InsightStore,
  Undelivered,
  InsightPost,
  InsightsWaiting,
} from './insight-store.ts';
export type { DayReport, ReportStore } from './report-store.ts';
export type {
  OutboxSubject,
  OutboxMessage,
  OutboxItem,
  OutboxRow,
  Attempt,
  GivenUp,
  OutboxState,
  Refusal,
  Posted,
  OutboxStore,
} from './outbox-store.ts';
export type { Mark, Left, CoverageStore } from './coverage-store.ts';
export type { JournalStore } from './journal.ts';
export type { ReportedStep, ReportedStore, SaidStep } from './reported.ts';
export type { AgentToken, TokenStore } from './tokens.ts';

/**
 * All that is kept. Methods return promises, so that the store can live in another thread or behind a network; arguments and
 * results are plain data. A method that writes does so in one transaction: after its promise resolves the change is durable,
 * after it rejects nothing has changed. Where the store was opened so that `durable` is awaited, it is durable once that resolves.
 */
export interface Store {
  workspaces: WorkspaceStore;
  guilds: GuildStore;
  sessions: SessionStore;
  entries: EntryStore;
  bots: BotStore;
  artifacts: ArtifactStore;
  tokens: TokenStore;
  reported: ReportedStore;
  feedback: FeedbackStore;
  coverage: CoverageStore;
  journal: JournalStore;
  escalations: EscalationStore;
  insights: InsightStore;
  reports: ReportStore;
  outbox: OutboxStore;
  files: SessionFileStore;
  summaries: SessionSummaryStore;
  people: PeopleStore;
  erasure: ErasureStore;
  /** Bytes of the database, without its log of what is newest. */
  size(): Promise<number>;
  /**
   * Resolves when all that was changed before has reached the disk.
   *
   * @throws Error of the system when the disk failed
   */
  durable(): Promise<void>;
  /** Checkpoints and closes the file. Nothing may be called afterwards. */
  close(): Promise<void>;
}
