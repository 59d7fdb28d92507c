import type { Author } from '../domain/author.ts';
import type { EscalationActor } from '../domain/escalation.ts';
import type { Exchanged } from '../domain/digest.ts';
import type { Reachable } from '../domain/insight-scope.ts';
import type {
  Insight,
  InsightAction,
  InsightDelivery,
  InsightEvent,
  InsightFollower,
  InsightOutcome,
  InsightState,
} from '../domain/insight.ts';
import type { Posted } from './outbox-store.ts';
import type { Place } from './session-store.ts';

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
  review(query: {
    workspaceIds: number[];
    /** The id of the last that is known. */ after?: number;
    limit: number;
  }): Promise<Insight[]>;
  /** Without those of private threads, unless these are asked for. */
  counts(workspaceIds: number[], how?: { withPrivate: boolean }): Promise<InsightCounts>;
  /** How many first reached a bot in that time, and how many that bots had were taken back, outside of private threads. */
  exchanged(workspaceId: number, period: { from: number; to: number }): Promise<Exchanged>;
  /** A person adds one; it waits for approval. Null when that step or interaction is one already, or its workspace is not recorded. */
  add(added: AddedInsight, at: number): Promise<Insight | null>;
  /** The one that a step is, or has become a part of. */
  ofStep(sessionId: string, step: number): Promise<Insight | null>;
  /** Does what a person asks for, if its state still allows that, and queues what is to be said of it, in one transaction. */
  act(id: number, action: InsightAction, actor: EscalationActor, at: number): Promise<InsightOutcome | null>;
  /** How many wait, openly said and never shared, by the same author in the same workspace, and the number of the latest; 0: none. */
  alike(id: number): Promise<{ count: number; newest: number }>;
  /** Rejects some of these up to the number `upTo`, in a person's name. Returns how many; 0: none is left. */
  rejectAlike(id: number, how: { by: Author; upTo: number }, at: number): Promise<number>;
  /** Looks at `limit` of those in force, by id from after `after` on, for what some of these bots should have and do not. */
  undelivered(query: {
    workspaceId: number;
    bots: Reachable[];
    after: number;
    limit: number;
  }): Promise<Undelivered>;
  /** Hands insights to bots, each to each once, and queues the message that does so. Returns how many hand-overs were new. */
  deliver(workspaceId: number, parcel: InsightParcel, at: number): Promise<number>;
  /** What a message of ours hands to whom; null: there is no such one. */
  post(id: number): Promise<InsightPost | null>;
  /** What a bot has in a server that holds, the newest first. */
  inbox(query: { bot: string; guildId: string; limit: number }): Promise<Insight[]>;
  /** Whom an artifact hands an insight to, by key; null: it hands over none. */
  holderOf(artifactId: string): Promise<string | null>;
  /** Notes that a bot has seen those of these that it has. */
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

export interface Undelivered {
  /** With the keys of the bots that lack it. */
  found: { insight: Insight; bots: string[] }[];
  /** After which id to go on; null: all were looked at. */
  next: number | null;
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
