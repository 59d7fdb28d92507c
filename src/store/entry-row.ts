import type { Author, AuthorKind, BotRole } from '../domain/author.ts';
import type { Entry, Level, Origin, ToolRun } from '../domain/entry.ts';
import { tagsOf } from './search.ts';

/** A row of entries, with what it says of its session and author. */
export interface EntryRow {
  session_id: string;
  step: number;
  message_id: string;
  part: number;
  at: number;
  author_key: string;
  author_name: string;
  author_kind: AuthorKind;
  role: BotRole | null;
  level: Level;
  category: string;
  message: string;
  origin: Origin;
  triggered_by: string;
  mentions: string | null;
  handoff_to: string | null;
  response_to: number | null;
  coordinator_mode: number;
  escalation: number;
  confidence: number | null;
  duration_ms: number | null;
  tool: string | null;
  details: string | null;
  insight_category: string | null;
  masked: number;
  edited_at: number | null;
  deleted_at: number | null;
}

/** Of `entries e JOIN sessions s JOIN authors a`. */
export const ENTRY_COLUMNS = `
  s.session_id, e.step, e.message_id, e.part, e.at, a.key AS author_key, a.name AS author_name, a.kind AS author_kind,
  e.role, e.level, e.category, e.message, e.origin, e.triggered_by, e.mentions, e.handoff_to, e.response_to,
  e.coordinator_mode, e.escalation, e.confidence, e.duration_ms, e.tool, e.details,
  e.insight_category, e.masked, e.edited_at, e.deleted_at`;

export function toEntry(row: EntryRow): Entry {
  return {
    sessionId: row.session_id,
    step: row.step,
    messageId: row.message_id,
    part: row.part,
    at: row.at,
    author: { key: row.author_key, name: row.author_name, kind: row.author_kind },
    role: row.role,
    level: row.level,
    category: row.category,
    message: row.message,
    origin: row.origin,
    triggeredBy: row.triggered_by,
    mentions: parse<Author[]>(row.mentions, []).map(({ name }) => `@${name}`),
    handoffTo: parse<string[]>(row.handoff_to, []),
    responseTo: row.response_to,
    coordinatorMode: row.coordinator_mode === 1,
    escalation: row.escalation === 1,
    confidence: row.confidence,
    durationMs: row.duration_ms,
    tool: parse<ToolRun | null>(row.tool, null),
    details: parse<Record<string, unknown> | null>(row.details, null),
    insightCategory: row.insight_category,
    masked: row.masked,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
  };
}

function parse<T>(json: string | null, otherwise: T): T {
  return json === null ? otherwise : (JSON.parse(json) as T);
}

/** What an edit may change of an entry, in the order of {@link SAID_COLUMNS}. `mentions` are those of its draft. */
export function saidValues(entry: Entry, mentions: readonly Author[]): unknown[] {
  return [
    entry.level,
    entry.category,
    entry.origin,
    entry.triggeredBy,
    entry.responseTo,
    Number(entry.escalation),
    entry.confidence,
    entry.durationMs === null ? null : Math.round(entry.durationMs),
    // With their keys, which an entry does not have, so that a restart can tell who was asked.
    listJson(mentions),
    listJson(entry.handoffTo),
    entry.tool && JSON.stringify(entry.tool),
    entry.details && JSON.stringify(entry.details),
    entry.insightCategory,
    entry.masked,
    tagsOf(entry),
    entry.message,
  ];
}

export const SAID_COLUMNS = [
  'level',
  'category',
  'origin',
  'triggered_by',
  'response_to',
  'escalation',
  'confidence',
  'duration_ms',
  'mentions',
  'handoff_to',
  'tool',
  'details',
  'insight_category',
  'masked',
  'tags',
  'message',
];

/** Where an entry stands, which no edit changes, in the order of {@link PLACED_COLUMNS}. */
export function placedValues(id: number, session: number, authorId: number, entry: Entry): unknown[] {
  return [
    id,
    session,
    entry.step,
    entry.messageId,
    entry.part,
    entry.at,
    authorId,
    entry.role,
    Number(entry.coordinatorMode),
  ];
}

export const PLACED_COLUMNS = [
  'id',
  'session',
  'step',
  'message_id',
  'part',
  'at',
  'author_id',
  'role',
  'coordinator_mode',
];

function listJson(list: readonly unknown[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}
