import { isBot, sameName } from './author.ts';
import type { Author, BotRole } from './author.ts';
import type { Claims, Draft, Entry, Level } from './entry.ts';
import type { WorkspaceType } from './workspace.ts';

/** What a session remembers of itself while it runs, beside its counts: who asked whom last. */
export interface SessionMemory {
  sessionId: string;
  /** The latest step; 0 before the first. */
  step: number;
  /** By author key: the bot that last addressed or mentioned it, as `@name`, or `user` when a person did. */
  askedBy: Map<string, string>;
}

/** The step that a draft answers, when that step is known. */
export interface AnsweredStep {
  sessionId: string;
  step: number;
  author: Author;
}

/** The workspace's side of the rules. */
export interface Setting {
  type: WorkspaceType;
  coordinator: string | null;
}

export function newMemory(sessionId: string): SessionMemory {
  return { sessionId, step: 0, askedBy: new Map() };
}

/** Gives a draft its step in the session. Pure: `memory` changes only through {@link remember}. */
export function placeInSession(
  draft: Draft,
  memory: SessionMemory,
  setting: Setting,
  answered: AnsweredStep | null,
): Entry {
  const { claims = {} } = draft;
  const role = roleOf(draft.author, setting, claims.role);
  const triggeredBy = claimedTrigger(claims) ?? triggerOf(draft, memory, answered);
  const { level, category } = levelOf(draft, setting, role, triggeredBy);
  return {
    sessionId: memory.sessionId,
    step: memory.step + 1,
    messageId: draft.messageId,
    part: draft.part,
    at: draft.at,
    author: draft.author,
    role,
    level,
    category,
    message: draft.message,
    origin: draft.origin,
    triggeredBy,
    mentions: draft.mentions.map(atName),
    handoffTo: level === 'handoff' ? draft.addressed.map(atName) : [],
    responseTo:
      claimedStep(claims, memory) ?? (answered?.sessionId === memory.sessionId ? answered.step : null),
    coordinatorMode: claims.coordinatorMode ?? role === 'coordinator',
    escalation: draft.escalation,
    confidence: draft.confidence,
    durationMs: draft.durationMs,
    tool: draft.tool,
    details: draft.details,
    insightCategory: claims.insightCategory ?? null,
    masked: draft.masked,
    editedAt: null,
    deletedAt: null,
  };
}

/**
 * The same step after its message was edited into what `draft` says. Who, when and where stay as they were; so does what caused it and
 * what it answers, unless the agent says so by now.
 */
export function revised(entry: Entry, draft: Draft, setting: Setting): Entry {
  const { claims = {} } = draft;
  const triggeredBy = claimedTrigger(claims) ?? entry.triggeredBy;
  const { level, category } = levelOf(draft, setting, entry.role, triggeredBy);
  return {
    ...entry,
    level,
    category,
    triggeredBy,
    responseTo: claimedStep(claims, { step: entry.step - 1 }) ?? entry.responseTo,
    insightCategory: claims.insightCategory ?? null,
    message: draft.message,
    origin: draft.origin,
    mentions: draft.mentions.map(atName),
    handoffTo: level === 'handoff' ? draft.addressed.map(atName) : [],
    escalation: draft.escalation,
    confidence: draft.confidence,
    durationMs: draft.durationMs,
    tool: draft.tool,
    details: draft.details,
    masked: draft.masked,
  };
}

/** Lets the session know of an entry that was added to it. */
export function remember(
  memory: SessionMemory,
  entry: Pick<Entry, 'step' | 'author'>,
  mentions: readonly Author[],
): void {
  memory.step = entry.step;
  for (const mentioned of mentions) {
    if (mentioned.key !== entry.author.key) memory.askedBy.set(mentioned.key, causeOf(entry.author));
  }
}

function roleOf(author: Author, setting: Setting, said: BotRole = 'specialist'): BotRole | null {
  if (!isBot(author)) return null;
  return setting.coordinator !== null && sameName(author.name, setting.coordinator) ? 'coordinator' : said;
}

/** An agent names its cause with or without `@`. */
function claimedTrigger({ triggeredBy }: Claims): string | null {
  if (triggeredBy === undefined || triggeredBy === 'user') return triggeredBy ?? null;
  return `@${triggeredBy.replace(/^@/, '')}`;
}

/** A step can only answer one that was there before it. */
function claimedStep({ responseTo }: Claims, { step }: Pick<SessionMemory, 'step'>): number | null {
  return responseTo !== undefined && responseTo >= 1 && responseTo <= step ? responseTo : null;
}

/** A reply names its cause; without one, whoever last mentioned this bot in the session caused what it says. */
function triggerOf(draft: Draft, memory: SessionMemory, answered: AnsweredStep | null): string {
  if (!isBot(draft.author)) return 'user';
  if (answered && answered.author.key !== draft.author.key) return causeOf(answered.author);
  return memory.askedBy.get(draft.author.key) ?? 'user';
}

function levelOf(
  draft: Draft,
  setting: Setting,
  role: BotRole | null,
  triggeredBy: string,
): { level: Level; category: string } {
  const { level, category } = draft;
  if (draft.origin !== 'inferred' || level !== 'info' || !isBot(draft.author)) return { level, category };
  if (draft.addressed.length > 0) return { level: 'handoff', category: 'bot_conversation' };
  if (role === 'coordinator' && setting.type === 'coordination')
    return { level: 'coordination', category: 'coordination' };
  if (draft.mentions.length > 0 || triggeredBy !== 'user') return { level, category: 'bot_conversation' };
  return { level, category };
}

function causeOf(author: Author): string {
  return isBot(author) ? atName(author) : 'user';
}

function atName(author: Author): string {
  return `@${author.name}`;
}
