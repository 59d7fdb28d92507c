import type { Author, BotRole } from './author.ts';

export const LEVELS = [
  'info',
  'thinking',
  'decision',
  'correction',
  'uncertainty',
  'warning',
  'error',
  'tool',
  'handoff',
  'coordination',
] as const;
export type Level = (typeof LEVELS)[number];

/**
 * How we know what an entry says: the agent `reported` it as data, it was `parsed` from a known bot's message format, or
 * `inferred` by a rule over plain chat.
 */
export type Origin = 'reported' | 'parsed' | 'inferred';

export const TOOL_STATUSES = ['success', 'error', 'timeout', 'unknown'] as const;
export type ToolStatus = (typeof TOOL_STATUSES)[number];

export interface ToolRun {
  name: string;
  input: unknown;
  output: unknown;
  status: ToolStatus;
  error: string | null;
}

/** What one message says, before it has a place in a session. */
export interface Draft {
  /** The Discord message it was read from. Unique together with `part`, so that a message delivered twice is recorded once. */
  messageId: string;
  /** 0 for what a message says first; one message may say several things. */
  part: number;
  /** The message it answers, when its author used Discord's reply. */
  replyToMessageId: string | null;
  /** ms UTC, when it was written in Discord. */
  at: number;
  author: Author;
  level: Level;
  category: string;
  /** Plain text as a person reads it: mentions by name, never by id. */
  message: string;
  origin: Origin;
  /** The bots it mentions, in the order of their first mention. */
  mentions: Author[];
  /** Those of `mentions` that it addresses: at the start of the message or of one of its lines. */
  addressed: Author[];
  /** It asks a person to decide. */
  escalation: boolean;
  /** 0–1 as the agent reported it; null when it gave no number: confidence is never invented. */
  confidence: number | null;
  durationMs: number | null;
  tool: ToolRun | null;
  details: Record<string, unknown> | null;
  /** How many values were masked in it. */
  masked: number;
  /** What the agent itself says of the step's place; it wins over what we would infer. */
  claims?: Claims | undefined;
}

export interface Claims {
  /** What the bot is, as somebody said. */
  role?: BotRole | undefined;
  /** `user`, or the name of a bot. */
  triggeredBy?: string | undefined;
  responseTo?: number | undefined;
  coordinatorMode?: boolean | undefined;
  /** It is an insight of this category. */
  insightCategory?: string | undefined;
}

/** One step of a work log. */
export interface Entry {
  sessionId: string;
  /** 1, 2, 3 … within the session, without gaps. */
  step: number;
  messageId: string;
  part: number;
  at: number;
  author: Author;
  /** What the author is in this workspace; null for a person. */
  role: BotRole | null;
  level: Level;
  category: string;
  message: string;
  origin: Origin;
  /** `user`, or `@name` of the bot whose reply, mention or handoff caused it. */
  triggeredBy: string;
  /** The bots it mentions, as `@name`. */
  mentions: string[];
  /** For a handoff: the bots that were asked, as `@name`. Empty otherwise. */
  handoffTo: string[];
  /** The step of this session that it answers. */
  responseTo: number | null;
  /** Written by the workspace's coordinator while it coordinates. */
  coordinatorMode: boolean;
  escalation: boolean;
  confidence: number | null;
  durationMs: number | null;
  tool: ToolRun | null;
  details: Record<string, unknown> | null;
  /** The category under which other bots may learn from it; null when it is no insight. */
  insightCategory: string | null;
  masked: number;
  /** When its text was last seen to grow by an edit in Discord. */
  editedAt: number | null;
  /** When its message was deleted in Discord; its text is gone then. */
  deletedAt: number | null;
}

export function isToolEntry(entry: Pick<Entry, 'tool'>): boolean {
  return entry.tool !== null;
}

/** Categories that we give to steps ourselves; any other is a word of the agent that reported it. */
const OWN_CATEGORIES: ReadonlySet<string> = new Set([
  'general',
  'tool',
  'context',
  'correction',
  'escalation',
  'coordination',
  'bot_conversation',
]);

export function isOwnCategory(category: string): boolean {
  return OWN_CATEGORIES.has(category);
}

/**
 * True for what a person said by a button, a form or a command of ours: that a step was wrong, a decision, or that one is needed. No
 * message in Discord has it. What people correct by editing is a later part of their message.
 */
export function isByInteraction({
  author,
  level,
  category,
  origin,
  part,
}: Pick<Entry, 'author' | 'level' | 'category' | 'origin' | 'part'>): boolean {
  if (author.kind !== 'person' || origin !== 'reported' || part !== 0) return false;
  return level === 'correction' || category === 'escalation';
}

/** True when a bot caused the entry or a coordinator wrote it while coordinating. */
export function isBotConversation(entry: Pick<Entry, 'triggeredBy' | 'coordinatorMode'>): boolean {
  return entry.triggeredBy.startsWith('@') || entry.coordinatorMode;
}
