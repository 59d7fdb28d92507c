import { isBot } from './author.ts';
import type { Author, AuthorKind, BotRole } from './author.ts';
import type { Entry, Level, Origin, ToolStatus } from './entry.ts';
import type { WorkspaceType } from './workspace.ts';

/** Where an entry was written, as files say it. */
export interface RecordSetting {
  /** `#name` of the workspace. */
  workspaceId: string;
  workspaceType: WorkspaceType;
  /** Names of the bots that took part. */
  participants: string[];
}

/** One step with all that is known of it, for files and other programs. The names are public. */
export interface EntryRecord {
  session_id: string;
  /** ISO 8601, UTC. */
  timestamp: string;
  level: Level;
  step: number;
  category: string;
  message: string;
  workspace_id: string;
  workspace_type: WorkspaceType;
  participants: string[];
  triggered_by: string;
  /** Who wrote it; a person's name where `author_kind` says so. */
  bot_name: string;
  bot_role: BotRole | null;
  author_kind: AuthorKind;
  details: Record<string, unknown>;
  confidence: number | null;
  duration_ms: number | null;
  coordinator_mode: boolean;
  escalation: boolean;
  tool_name: string | null;
  tool_input: unknown;
  tool_output: unknown;
  tool_status: ToolStatus | null;
  tool_error: string | null;
  mentions: string[];
  handoff_to: string[];
  response_to: number | null;
  shareable_insight: boolean;
  insight_category: string | null;
  origin: Origin;
  message_id: string;
  /** How many values were masked in it. */
  masked: number;
  edited_at: string | null;
  deleted_at: string | null;
}

export function toRecord(entry: Entry, setting: RecordSetting): EntryRecord {
  const { author, tool } = entry;
  return {
    session_id: entry.sessionId,
    timestamp: instant(entry.at),
    level: entry.level,
    step: entry.step,
    category: entry.category,
    message: entry.message,
    workspace_id: setting.workspaceId,
    workspace_type: setting.workspaceType,
    participants: setting.participants,
    triggered_by: entry.triggeredBy,
    bot_name: author.name,
    bot_role: entry.role,
    author_kind: author.kind,
    details: entry.details ?? {},
    confidence: entry.confidence,
    duration_ms: entry.durationMs,
    coordinator_mode: entry.coordinatorMode,
    escalation: entry.escalation,
    tool_name: tool?.name ?? null,
    tool_input: tool?.input ?? null,
    tool_output: tool?.output ?? null,
    tool_status: tool?.status ?? null,
    tool_error: tool?.error ?? null,
    mentions: entry.mentions,
    handoff_to: entry.handoffTo,
    response_to: entry.responseTo,
    shareable_insight: entry.insightCategory !== null,
    insight_category: entry.insightCategory,
    origin: entry.origin,
    message_id: entry.messageId,
    masked: entry.masked,
    edited_at: entry.editedAt === null ? null : instant(entry.editedAt),
    deleted_at: entry.deletedAt === null ? null : instant(entry.deletedAt),
  };
}

/** The names of the bots among those who took part. */
export function botNames(authors: readonly Author[]): string[] {
  return authors.filter(isBot).map(({ name }) => name);
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
