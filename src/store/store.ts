import type { Author, BotRole } from '../domain/author.ts';
import type { Recorded } from '../domain/catch-up.ts';
import type { GapReason, Interruption, Period, PlacedGap } from '../domain/coverage.ts';
import type { Draft, Entry } from '../domain/entry.ts';
import type {
  Escalation,
  EscalationAction,
  EscalationActor,
  EscalationEvent,
  EscalationOutcome,
} from '../domain/escalation.ts';
import type {
  Insight,
  InsightAction,
  InsightDelivery,
  InsightEvent,
  InsightFollower,
  InsightOutcome,
  InsightState,
} from '../domain/insight.ts';
import type { Reachable } from '../domain/insight-scope.ts';
import type { FeedbackCounts } from '../domain/feedback.ts';
import type { RecordingRules } from '../domain/policy.ts';
import type { Handed, StoredArtifact } from '../domain/stored-artifact.ts';
import type { EndReason, IdleTimes, Participant, WorkLog } from '../domain/work-log.ts';
import type { MappedBy, Owner, Workspace, WorkspaceSettings, WorkspaceType } from '../domain/workspace.ts';
import type { ErasureStore } from './erasure.ts';
import type { PeopleStore } from './people.ts';
import type { SessionFileStore } from './session-files.ts';
import type { SessionSummaryStore } from './session-summaries.ts';
import type { ReportedStore } from './reported.ts';
import type { TokenStore } from './tokens.ts';

export type { ReportedStep, ReportedStore, SaidStep } from './reported.ts';
export type { AgentToken, TokenStore } from './tokens.ts';

/**
 * All that is kept. Methods return promises, so that the store can live in another thread or behind a network; arguments and
 * results are plain data. A method that writes does so in one transaction: after its promise resolves the change is durable,
 * after it rejects nothing has changed.
 */
export interface Store {
  workspaces: WorkspaceStore;
  sessions: SessionStore;
  entries: EntryStore;
  bots: BotStore;
  artifacts: ArtifactStore;
  tokens: TokenStore;
  reported: ReportedStore;
  feedback: FeedbackStore;
  coverage: CoverageStore;
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
  /** Checkpoints and closes the file. Nothing may be called afterwards. */
  close(): Promise<void>;
}

export interface Mapping {
  guildId: string;
  channelId: string;
  name: string;
  type: WorkspaceType;
  coordinator: string | null;
  owners: Owner[];
  mappedBy: MappedBy;
}

export interface WorkspaceStore {
  /** All that were ever mapped, unmapped ones included, by id. */
  list(): Promise<Workspace[]>;
  /**
   * Maps a channel, or changes how it is mapped, and queues `notice` for it in the same transaction when that changed what is
   * recorded or for whom. Mapping an unmapped channel again continues the same workspace.
   */
  map(mapping: Mapping, at: number, notice: OutboxMessage | null): Promise<Workspace>;
  /** Stops recording and closes its open sessions. What was recorded stays. */
  unmap(workspaceId: number, at: number): Promise<void>;
  rename(workspaceId: number, name: string): Promise<void>;
  /** Changes the settings that are given; one given as undefined is as the config file says again. */
  configure(
    workspaceId: number,
    settings: WorkspaceSettings,
    notice?: { message: OutboxMessage; at: number } | null,
  ): Promise<Workspace>;
}

/** Where a session runs: a workspace's channel itself (`threadId` null) or one thread of it. */
export interface Place {
  workspaceId: number;
  threadId: string | null;
}

export interface SessionStore {
  get(sessionId: string): Promise<WorkLog | null>;
  /** Newest first by their latest entry, across the given workspaces. */
  list(query: { workspaceIds: number[]; limit: number }): Promise<WorkLog[]>;
  /** Those that ran at some time from `from` to before `to`: of more than `limit` the latest, the oldest first. */
  during(query: { workspaceId: number; from: number; to: number; limit: number }): Promise<WorkLog[]>;
  /** The one of this place with the latest entry, open or ended. */
  latest(place: Place): Promise<WorkLog | null>;
  /** In the order of their first step. */
  participants(sessionId: string): Promise<Participant[]>;
  /** Ends every open session that has been idle at `now` for longer than its workspace's type allows; returns how many. */
  closeIdle(now: number, idle: IdleTimes): Promise<number>;
  /** Ends what is open in a place: its session, and those of conversations that programs have there. */
  close(place: Place, at: number, reason: EndReason): Promise<void>;
}

/** A draft and where it was written. */
export interface PlacedDraft extends Place {
  privateThread: boolean;
  draft: Draft;
  /**
   * A message of the answer that this one goes on with: all are one entry. The draft's text starts with a line break where one
   * stands between it and the message before. Where there is no such step in the session, the draft is one of its own; what sampling
   * leaves out of an answer, it leaves out as a whole.
   */
  continues?: string | undefined;
  /** What the chunks before and after this one say from now on, when something to hide reaches from one into the other. */
  beside?: { before?: string | undefined; after?: string | undefined } | undefined;
  /**
   * Of the conversations that programs have in a place at the same time, the one that it belongs to, each of them a session of its own:
   * a digest. Absent: it belongs to what is said in the place itself.
   */
  conversation?: string | null | undefined;
  /** The draft opens a new session, or is the last step of the one that runs. */
  session?: 'start' | 'end' | undefined;
  /** What the draft says about its session as a whole. */
  log?: SessionTexts | undefined;
  /** Data that it hands over. It is saved whether or not the policy keeps the step: somebody waits for it. */
  artifact?: Handed | undefined;
}

export interface SessionTexts {
  query?: string | undefined;
  finalOutput?: string | undefined;
  summary?: string | undefined;
}

export interface EntryFilter {
  sessionId: string;
  /** Only entries of this author. */
  authorKey?: string | undefined;
  /** Only what was written in coordinator mode. */
  coordinatorMode?: boolean | undefined;
  /** Only later steps; not together with the others. */
  afterStep?: number | undefined;
}

/**
 * What to look for: any of the words in the text, whatever their form, or any of the tags: a level, a category, `escalation`, the
 * whole name of a bot or a tool. Nobody needs to quote anything.
 */
export interface SearchQuery {
  workspaceId: number;
  sessionId?: string | undefined;
  words: string[];
  tags: string[];
  /** The newest so many matches are returned; the caller ranks them. */
  limit: number;
}

export interface Appended {
  recorded: number;
  duplicates: number;
  dropped: number;
}

export interface EntryStore {
  /**
   * Gives each draft its session and step by the rules of domain/session.ts and adds it, in the order given, in one
   * transaction. A message that is already recorded is passed over and changes nothing. So is one of a workspace that was
   * unmapped meanwhile; it counts as neither. What the policy does not keep is counted for its session and has no step. Artifacts
   * are saved in the same transaction. `seen`: how far the places of these drafts have been read with them.
   */
  append(drafts: PlacedDraft[], rules: RecordingRules, seen?: Mark[]): Promise<Appended>;
  /** Entries in the order of their steps, and how many the filter lets through in all. */
  page(filter: EntryFilter, offset: number, limit: number): Promise<{ entries: Entry[]; total: number }>;
  /** The entry that a message became, or became a part of. */
  byMessage(messageId: string): Promise<Entry | null>;
  /**
   * All that a message said, corrections included, in the order of their parts. Of an answer that was posted in several messages, only
   * what this one says.
   */
  ofMessage(messageId: string): Promise<Entry[]>;
  /**
   * Puts what an edited message says now in the place of what it said: part by part the same steps, further parts as new ones.
   * Parts that it has no longer stay as they are. Messages that are not recorded, or were deleted, are passed over.
   */
  rewrite(drafts: PlacedDraft[], editedAt: number, rules: RecordingRules): Promise<void>;
  /** Removes all that these messages said, also from the search index; their steps stay, marked. Returns how many steps. */
  erase(messageIds: string[], at: number): Promise<number>;
  /** Up to `radius` steps on either side of `step`, with that step itself. */
  around(sessionId: string, step: number, radius: number): Promise<Entry[]>;
  byStep(sessionId: string, step: number): Promise<Entry | null>;
  /** What a bot said last in the session that runs in a place, if that is among its latest steps: the last message of it. */
  lastOf(place: Place, authorKey: string): Promise<Entry | null>;
  /** What the messages before and after this one say, when all are one answer. */
  beside(messageId: string): Promise<{ before: string | null; after: string | null }>;
  /** Matches of one workspace, newest first. Its cost does not grow with the database. */
  search(query: SearchQuery): Promise<Entry[]>;
}

/** What is known of a bot beside its name. */
export interface BotProfile {
  author: Author;
  /** Null: nobody has said. */
  role: BotRole | null;
  /** The format of its messages; null: plain chat, as far as is known. */
  dialect: string | null;
  dialectBy: 'command' | 'detected' | null;
  /** ms UTC of about its latest entry in the workspaces asked for; null where it has none. */
  lastAt: number | null;
}

export interface BotStore {
  /** The bots that wrote in any of these workspaces, the latest first. */
  profiles(workspaceIds: number[], limit: number): Promise<BotProfile[]>;
  /** Those of these bots that have ever written. */
  byKeys(keys: string[]): Promise<BotProfile[]>;
  /** Says how a bot writes or what it is; what is not given stays. A dialect set by command is not changed by detection. */
  describe(
    key: string,
    what: { role?: BotRole; dialect?: { name: string | null; by: 'command' | 'detected' } },
  ): Promise<void>;
  /** The bots that wrote in any of these workspaces, the latest first (to the hour). */
  list(workspaceIds: number[], limit: number): Promise<Author[]>;
}

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

/**
 * Decisions that agents need from people. They are raised, changed and cancelled with the entries they come from, in the same
 * transaction; so are the messages that tell people of them.
 */
export interface EscalationStore {
  get(id: number): Promise<Escalation | null>;
  byStep(sessionId: string, step: number): Promise<Escalation | null>;
  /** All that has happened to it, in order. */
  events(id: number): Promise<EscalationEvent[]>;
  /** To whom else the answer goes: those who asked the same while it waited, each once. */
  othersAsking(id: number): Promise<Author[]>;
  /** Those that wait for a person, the oldest first, and how many there are in all. */
  waiting(query: {
    workspaceIds: number[];
    offset: number;
    limit: number;
  }): Promise<{ escalations: Escalation[]; total: number }>;
  /** Those that waited at any time from `from` to before `to`, the oldest first. */
  during(query: { workspaceId: number; from: number; to: number; limit: number }): Promise<Escalation[]>;
  /**
   * A person raises one: the draft is added as a step of theirs, and what follows from it is queued, in one transaction. Null when that
   * interaction has raised one already, or the workspace is not recorded any more.
   */
  raise(raised: RaisedByPerson, rules: RecordingRules): Promise<Escalation | null>;
  /**
   * Does what a person asks for, if its state still allows that. A decision adds the person's entry to the session of the step, saves
   * an artifact for the agent, and queues the answer and the change of the card, all in one transaction.
   */
  act(
    id: number,
    action: EscalationAction,
    actor: EscalationActor,
    at: number,
  ): Promise<EscalationOutcome | null>;
  /** How many wait in a workspace without a card, and this hour's message that tells so; null: there is none. */
  digest(workspaceId: number, now: number): Promise<{ more: number; message: Posted | null }>;
  /** Does what time asks for: reminders, time-outs, ends of snoozes. Returns how many changed; less than `limit`: it is done. */
  advance(now: number, limit: number): Promise<number>;
}

/** What a person wants decided, by a command: there is no message of theirs. */
export interface RaisedByPerson extends Place {
  privateThread: boolean;
  /** The message id is the interaction's; what is asked for is in the details, under the names of a block. */
  draft: Draft;
  /**
   * The step it is about, whose session it becomes a step of, whether that runs or has ended; the answer goes to its author, as a
   * reply to its message. Null: it is about nothing that was said, and the answer goes to the person.
   */
  about: { sessionId: string; step: number } | null;
}

/** What a person wants others to know, as they said it. */
export interface AddedInsight extends Place {
  privateThread: boolean;
  /** The step that it was learned from; null: the person's own words. */
  about: { sessionId: string; step: number } | null;
  interactionId: string;
  by: Author;
  category: string;
  /** Masked. */
  content: string;
  masked: number;
}

/** A bot that is to get insights, and the workspace in which it finds what is handed to it. */
export interface InsightRecipient {
  bot: Author;
  workspaceId: number;
}

/** What one message hands to some bots. */
export interface InsightParcel {
  insightIds: number[];
  recipients: InsightRecipient[];
  /** The name of the insights' workspace. */
  workspace: string;
}

/** How many insights stand how. */
export type InsightCounts = Record<InsightState, number> & {
  /** In force, but somebody should look again. */
  flagged: number;
};

/**
 * What one bot learned and others may use. It is queued with the ends of sessions, and goes with the messages it was learned from, in the
 * same transactions; so do the messages that tell of it.
 */
export interface InsightStore {
  get(id: number): Promise<Insight | null>;
  /** All that has happened to it, in order. */
  events(id: number): Promise<InsightEvent[]>;
  /** Who has it, in the order of the deliveries. */
  deliveries(id: number): Promise<InsightDelivery[]>;
  /** Those in these states, the newest first, and how many there are in all. */
  list(query: {
    workspaceIds: number[];
    states: readonly InsightState[];
    offset: number;
    limit: number;
  }): Promise<{ insights: Insight[]; total: number }>;
  /** Those that a person should look at, the oldest first: what waits for approval, and what is in force but doubtful. */
  review(query: { workspaceIds: number[]; limit: number }): Promise<Insight[]>;
  /** Without those of private threads, unless these are asked for. */
  counts(workspaceIds: number[], how?: { withPrivate: boolean }): Promise<InsightCounts>;
  /** A person adds one; it waits for approval. Null when that step or interaction is one already, or its workspace is not recorded. */
  add(added: AddedInsight, at: number): Promise<Insight | null>;
  /** The one that a step is, or has become a part of. */
  ofStep(sessionId: string, step: number): Promise<Insight | null>;
  /** Does what a person asks for, if its state still allows that, and queues what is to be said of it, in one transaction. */
  act(id: number, action: InsightAction, actor: EscalationActor, at: number): Promise<InsightOutcome | null>;
  /** Those in force that some of these bots should have and do not, by id from after `after` on. */
  undelivered(query: {
    workspaceId: number;
    bots: Reachable[];
    after: number;
    limit: number;
  }): Promise<{ insight: Insight; bots: string[] }[]>;
  /** Hands insights to bots, each to each once, and queues the message that does so. Returns how many hand-overs were new. */
  deliver(workspaceId: number, parcel: InsightParcel, at: number): Promise<number>;
  /** What a message of ours hands to whom; null: there is no such one. */
  post(id: number): Promise<InsightPost | null>;
  /** What a bot has that holds, the newest first. */
  inbox(query: { bot: string; limit: number }): Promise<Insight[]>;
  /** Notes that a bot has seen these. */
  seen(ids: number[], bot: string, at: number): Promise<void>;
  /** What bots did after they had got it, in these workspaces, the newest first. */
  followed(id: number, query: { workspaceIds: number[]; limit: number }): Promise<InsightFollower[]>;
  /** How many wait in a workspace outside of private threads, and the message that tells so. */
  waiting(workspaceId: number): Promise<InsightsWaiting>;
  /** Queues that message, where something waits that it has not told of. */
  tell(workspaceId: number, at: number): Promise<void>;
  /** Lets those lapse or expire whose time has come. Returns how many; less than `limit`: it is done. */
  advance(now: number, limit: number): Promise<number>;
}

export interface InsightPost {
  workspaceId: number;
  /** Those of it that are in force. */
  insights: Insight[];
  /** Those that were taken back since. */
  gone: number[];
  bots: Author[];
  message: Posted | null;
}

export interface InsightsWaiting {
  pending: number;
  flagged: number;
  /** The latest of them; 0: none. */
  newest: number;
  message: (Posted & { at: number; newest: number }) | null;
}

/** What was done in a workspace up to a day's time of reporting. */
export interface DayReport {
  workspaceId: number;
  /** `2026-02-13`, by the clock of the zone it was due in. */
  day: string;
  /** ms UTC, `from` included, `to` not. */
  from: number;
  to: number;
  /** The bot was not running when it was due. */
  late: boolean;
}

export interface ReportStore {
  /** Notes the report of a day and queues it when it is to be posted, in one transaction; false when that day has its report already. */
  note(report: DayReport, isPosted: boolean, at: number): Promise<boolean>;
  get(workspaceId: number, day: string): Promise<DayReport | null>;
  /** The one that reaches furthest. */
  latest(workspaceId: number): Promise<DayReport | null>;
  /** Up to when a person has looked at what was done; null: never. */
  looked(userId: string, workspaceId: number): Promise<number | null>;
  look(userId: string, workspaceId: number, at: number): Promise<void>;
}

/**
 * What the bot says of something that may change until it is said: it is composed when it is sent, from what is true then. One that
 * needs not be said any more is withdrawn.
 */
export type OutboxSubject =
  /** The card of an escalation. */
  | { kind: 'escalation-card'; id: number; ping: boolean }
  /** It still waits, or waits again: `version` is its event. `second`: it has waited for so long that the second owner is told, too. */
  | { kind: 'escalation-reminder'; id: number; version: number; second: boolean }
  /** What was decided, or what follows because nobody did, for the agent. */
  | { kind: 'escalation-answer'; id: number; version: number }
  /** The card says how it stands now. */
  | { kind: 'escalation-update'; id: number }
  /** How many more wait in a workspace than people were pinged for. */
  | { kind: 'escalation-digest'; workspaceId: number }
  /** The report of a workspace for a day: see {@link DayReport}. */
  | { kind: 'report'; workspaceId: number; day: string }
  /** Tells a person that Discord does not let the bot write in a channel, and with which of its codes it says so. */
  | { kind: 'refusal'; workspaceId: number; channelId: string; code: number; userId: string }
  /** Insights for bots, or what became of them. */
  | { kind: 'insight-post'; id: number; workspaceId: number }
  /** An insight does not hold any more: `version` is its event. */
  | { kind: 'insight-recall'; id: number; version: number; workspaceId: number }
  /** How many insights wait for a person in a workspace. */
  | { kind: 'insights-waiting'; workspaceId: number };

/** Something the bot says unprompted. Sent exactly once, also when the bot restarts in between. */
export interface OutboxMessage {
  channelId: string;
  /** The body of Discord's Create Message. */
  payload: Record<string, unknown>;
}

/** What is to be said: a message as it is, or something to compose when it is sent. */
export type OutboxItem = OutboxMessage | { subject: OutboxSubject };

export type OutboxRow = OutboxItem & {
  id: number;
  /** Stable per row, ≤ 25 characters: with `enforce_nonce`, Discord answers a repeated send with the first message. */
  nonce: string;
  attempts: number;
  /** The workspace it is about. */
  workspaceId: number | null;
  /** Rows of one lane are sent one after the other. */
  lane: string;
  /** The last send, when nobody knows how it ended: the message may be in Discord. */
  tried: Attempt | null;
  /** It needs not be said any more, but may have been. */
  withdrawn: boolean;
};

/** A send to a channel. */
export interface Attempt {
  channelId: string;
  /** By it the message is known again. */
  print: string;
  /** ms UTC. */
  at: number;
}

/** Messages that were given up, of one workspace and channel and for one reason. */
export interface GivenUp {
  workspaceId: number | null;
  /** Null: it was never known where it would have gone. */
  channelId: string | null;
  /** In Discord's words. */
  error: string;
  /** When the first of them was given up, ms UTC. */
  since: number;
  count: number;
}

/** How the outbox stands for some workspaces. */
export interface OutboxState {
  /** Messages whose time has come and that are not sent yet. */
  waiting: number;
  /** Since when the first of them waits, ms UTC. */
  oldestAt: number | null;
  givenUp: GivenUp[];
}

/** Why and where a message is given up. */
export interface Refusal {
  /** Null: it was never known where it would have gone. */
  channelId: string | null;
  /** Discord's code; null where it has none. */
  code: number | null;
  /** In Discord's words. */
  error: string;
  /** It is not in Discord for certain. */
  isKnown: boolean;
  /** Ids of the people who are told, each of them once for a channel and code. */
  tell: readonly string[];
}

/** A message of ours in Discord. */
export interface Posted {
  /** The channel or thread. */
  channelId: string;
  messageId: string;
}

export interface OutboxStore {
  add(item: OutboxItem, at: number): Promise<void>;
  /**
   * Those whose time has come, oldest first, but for those of `busy` lanes and those behind one of their lane that waits to be tried
   * again.
   */
  due(now: number, limit: number, busy?: readonly string[]): Promise<OutboxRow[]>;
  /** To be called before each send of a new message: whatever happens then, it is known that it may be in Discord. */
  trying(id: number, attempt: Attempt): Promise<void>;
  /** Notes what was posted, or edited, and what follows from it for its subject, in one transaction. */
  sent(id: number, posted: Posted, at: number): Promise<void>;
  /** Those of these messages that a row was sent as. */
  known(messageIds: readonly string[]): Promise<string[]>;
  /** It needs not be said any more, and is not in Discord. */
  withdraw(id: number): Promise<void>;
  /** Tries again at `retryAt`. `isKnown`: the message is not in Discord for certain. */
  failed(id: number, error: string, retryAt: number, isKnown: boolean): Promise<void>;
  /** Discord refuses it: it is not tried again, and people are told, in one transaction. */
  giveUp(id: number, refusal: Refusal, at: number): Promise<void>;
  /** Channels in which messages were given up that would still matter. */
  refusedChannels(): Promise<string[]>;
  /** Tries once more what was given up in a channel and still matters; the rest stays given up. */
  revive(channelId: string, at: number): Promise<void>;
  /** Tries once more what was given up in a channel, still matters and was said after `since`, ms UTC; until then it stays given up. */
  retry(channelId: string, since: number, at: number): Promise<void>;
  state(workspaceIds: readonly number[], now: number): Promise<OutboxState>;
}

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
