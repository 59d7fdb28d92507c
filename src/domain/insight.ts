import type { Author } from './author.ts';
import type { Entry, Origin } from './entry.ts';
import type { Scope } from './insight-scope.ts';

/**
 * How something that one bot learned stands. `pending`: a person has to say whether others get it. `approved`: they get it with the
 * next exchange. `shared`: at least one bot has it. `rejected`: nobody gets it. `revoked`: it was taken back, and whoever had it is told.
 * `expired`: its time ran out, and nobody wanted to keep it.
 */
export const INSIGHT_STATES = ['pending', 'approved', 'shared', 'rejected', 'revoked', 'expired'] as const;
export type InsightState = (typeof INSIGHT_STATES)[number];

/** Those that bots have, or are about to get. */
export const IN_FORCE: readonly InsightState[] = ['approved', 'shared'];

/** Longest content, in UTF-16 units: it is a thing learned, not an essay, and whoever approves it has to see all of it. */
export const INSIGHT_MAX = 700;

/** Why an insight is never approved without a person. */
export const SENSITIVE_REASONS = [
  'masked',
  'private',
  'direct',
  'private_thread',
  'no_confidence',
  'unsure',
  'category',
  'person',
  'revoked_before',
  'instructs',
  'mentions',
  'links',
  'block',
  'hidden',
] as const;
export type SensitiveReason = (typeof SENSITIVE_REASONS)[number];

/** Where it was said. */
export interface InsightSource {
  /** Null once the log of that time is deleted. */
  sessionId: string | null;
  step: number;
  /** The message in Discord. */
  messageId: string;
}

/** Why a person should look at one again. `by`: the insight that says the opposite, or the step that corrects it. */
export interface InsightFlag {
  kind: 'corrected' | 'contradicted' | 'lapsed';
  by: number | null;
  /** ms UTC. */
  at: number;
}

/** Something that one bot learned and others may use, as it stands now. Its content is masked. */
export interface Insight {
  id: number;
  workspaceId: number;
  threadId: string | null;
  privateThread: boolean;
  /** Null: a person wrote it down without a message. */
  source: InsightSource | null;
  /** Who said it: a bot, or the person who wrote it down. */
  by: Author;
  /** The person who shared what somebody else said; null where nobody did. */
  addedBy: Author | null;
  /** `person`: somebody wrote it down or shared it. */
  origin: Origin | 'person';
  category: string;
  /** Up to {@link INSIGHT_MAX}; empty once what it was learned from was deleted. */
  content: string;
  /** 0–1; null when nobody said. */
  confidence: number | null;
  /** Why it is never approved without a person; empty: nothing speaks against it. */
  sensitive: SensitiveReason[];
  scope: Scope;
  /** How often it was learned. */
  count: number;
  state: InsightState;
  /** How many events it has had: what a change is based on. */
  version: number;
  /** ms UTC, as are those below. */
  createdAt: number;
  stateAt: number;
  /** Who brought it into this state; null: the rules, or time. */
  stateBy: Author | null;
  /** Who approved it; null: nobody yet, or the rules. */
  approvedBy: Author | null;
  /** When the first bot got it. */
  sharedAt: number | null;
  /** When somebody has to confirm it, or it is dropped. */
  expiresAt: number;
  flag: InsightFlag | null;
}

/** What happens to an insight, in the order of its `version`. Append-only. */
export const INSIGHT_EVENTS = [
  'learned',
  'repeated',
  'narrowed',
  'edited',
  'approved',
  'rejected',
  'shared',
  'flagged',
  'kept',
  'lapsed',
  'expired',
  'revoked',
  'forgotten',
] as const;
export type InsightEventKind = (typeof INSIGHT_EVENTS)[number];

export interface InsightEvent {
  version: number;
  kind: InsightEventKind;
  at: number;
  /** Null: the rules, or time. */
  by: Author | null;
  /** In words for a person; null where the kind says it all. */
  reason: string | null;
}

/** What a person wants to happen. */
export type InsightAction =
  /** `content`: it is to be said like this. */
  | { kind: 'approve'; content?: string | undefined }
  | { kind: 'reject' }
  | { kind: 'narrow'; scope: Scope }
  /** What made it doubtful does not matter. */
  | { kind: 'keep' }
  | { kind: 'revoke'; reason: string | null };

/** `done`: it is as asked for now. `refused`: somebody or time was first, or its state does not allow it; it is as it was. */
export interface InsightOutcome {
  kind: 'done' | 'refused';
  insight: Insight;
}

/** A bot that has an insight. */
export interface InsightDelivery {
  bot: Author;
  /** ms UTC. */
  deliveredAt: number;
  /** When the bot fetched it or said that it uses it; null: not known. */
  seenAt: number | null;
}

/** A step after a bot had got an insight. `reported`: it names the insight. `inferred`: a decision of a bot that had it, there and then. */
export interface InsightFollower {
  entry: Entry;
  how: 'reported' | 'inferred';
}

/** What is learned, and when it is shared. Plain data; durations in ms. */
export interface InsightRules {
  /** False: nothing is queued and nothing is shared. */
  enabled: boolean;
  minConfidence: number;
  /** Others are queued as well, and always need a person. */
  categories: readonly string[];
  autoApprove: boolean;
  expireAfter: number;
  /** So long after it lapsed it may still be confirmed. */
  confirmWithin: number;
  /** False: bots get what they get, and nothing is posted. */
  announce: boolean;
}

const DAY = 24 * 60 * 60_000;

export const DEFAULT_INSIGHT_RULES: InsightRules = {
  enabled: true,
  minConfidence: 0.85,
  categories: ['user_preference', 'tool_pattern', 'research_finding'],
  autoApprove: false,
  expireAfter: 180 * DAY,
  confirmWithin: 30 * DAY,
  announce: true,
};
