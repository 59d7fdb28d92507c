import type { Entry, Level } from './entry.ts';
import type { IdleTimes } from './work-log.ts';
import type { WorkspaceType } from './workspace.ts';

/** What decides how a message enters the log. */
export interface RecordingRules {
  idle: IdleTimes;
  policy: Policy;
  /** Secrets and personal data are hidden before anything is stored. */
  maskSecrets: boolean;
  /** False: no program can report anything, so that nothing need be remembered to join a report with. Default: one can. */
  reports?: boolean | undefined;
}

/** What is kept of what was said, and what is made of how sure an agent was. Plain data. */
export interface Policy {
  /** Null: every level. */
  levels: Level[] | null;
  /** Null: every category. */
  categories: string[] | null;
  types: Record<WorkspaceType, TypePolicy>;
  /** The share of a level's entries that is kept, 0–1; a level that is not named is kept whole. */
  sampling: Partial<Record<Level, number>>;
  /** A decision made with less confidence is an uncertainty. */
  confidenceThreshold: number;
  /** Null: nothing is flagged as an insight. */
  insights: { minConfidence: number; categories: string[] } | null;
}

export interface TypePolicy {
  logBotConversations: boolean;
  logCoordination: boolean;
}

const EVERYTHING: TypePolicy = { logBotConversations: true, logCoordination: true };

/** Everything is kept as it was reported, and nothing is an insight. */
export const KEEP_ALL: Policy = {
  levels: null,
  categories: null,
  types: { open: EVERYTHING, project: EVERYTHING, direct: EVERYTHING, coordination: EVERYTHING },
  sampling: {},
  confidenceThreshold: 0,
  insights: null,
};

/** The rule by which an entry is not kept. */
export const DROP_REASONS = ['level', 'category', 'bot_conversation', 'coordination', 'sampling'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/**
 * Why an entry is not kept; null when it is. What needs a person is always kept. `sampledBy` is the message that sampling goes by: the
 * entry's own, or the first of the answer that it goes on with.
 */
export function dropReason(
  entry: Entry,
  type: WorkspaceType,
  policy: Policy,
  sampledBy: string = entry.messageId,
): DropReason | null {
  if (entry.escalation) return null;
  if (policy.levels && !policy.levels.includes(entry.level)) return 'level';
  if (policy.categories && !policy.categories.includes(entry.category)) return 'category';
  const { logBotConversations, logCoordination } = policy.types[type];
  if (!logBotConversations && entry.category === 'bot_conversation') return 'bot_conversation';
  if (!logCoordination && (entry.level === 'coordination' || entry.category === 'coordination'))
    return 'coordination';
  return isSampledOut(sampledBy, policy.sampling[entry.level] ?? 1) ? 'sampling' : null;
}

/** Decided by the message's id alone, so that recording the same history again keeps the same entries. */
function isSampledOut(messageId: string, share: number): boolean {
  return share < 1 && hash(messageId) / 2 ** 32 >= share;
}

/** FNV-1a, 32 bits: spreads ids evenly, also those that differ in their last digits only. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  // One more round of mixing: FNV's high bits hardly depend on the last characters.
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}

/**
 * The entry as its confidence makes it. A decision that is unsure is an uncertainty, with the reported level in its details; what
 * is sure and of a kind that others can use is an insight.
 */
export function weighed(entry: Entry, policy: Policy): Entry {
  const { level, confidence, details } = entry;
  if (confidence === null) return entry;
  const insightCategory = entry.insightCategory ?? insightCategoryOf(entry, policy);
  if (level !== 'decision' || confidence >= policy.confidenceThreshold) return { ...entry, insightCategory };
  return { ...entry, insightCategory, level: 'uncertainty', details: { ...details, reported_level: level } };
}

function insightCategoryOf({ confidence, category }: Entry, { insights }: Policy): string | null {
  if (!insights || confidence === null || confidence < insights.minConfidence) return null;
  return insights.categories.includes(category) ? category : null;
}
