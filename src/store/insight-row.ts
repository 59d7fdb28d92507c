import type { Author, AuthorKind } from '../domain/author.ts';
import type { Insight, InsightEvent, InsightFlag, SensitiveReason } from '../domain/insight.ts';
import type { Scope } from '../domain/insight-scope.ts';

/** A row of insights with its session and authors; see {@link INSIGHTS}. */
export interface InsightRow {
  id: number;
  workspace_id: number;
  thread_id: string | null;
  private_thread: number;
  session_id: string | null;
  step: number | null;
  message_id: string | null;
  by: string;
  added: string | null;
  origin: Insight['origin'];
  category: string;
  content: string;
  confidence: number | null;
  sensitive: string;
  scope: string;
  count: number;
  state: Insight['state'];
  version: number;
  created_at: number;
  state_at: number;
  decider: string | null;
  approver: string | null;
  shared_at: number | null;
  expires_at: number;
  flag: string | null;
}

/** An author as JSON; null where there is none. */
export const authorJson = (alias: string) =>
  `iif(${alias}.id IS NULL, NULL, json_object('key', ${alias}.key, 'name', ${alias}.name, 'kind', ${alias}.kind))`;

/** Ask for one by `= +?`: SQLite, when built with STAT4 as here, plans a join anew for every value otherwise, which takes longer than to run it. */
export const INSIGHTS = `
  SELECT i.*, s.session_id, ${authorJson('a')} AS by, ${authorJson('b')} AS added, ${authorJson('c')} AS decider,
    ${authorJson('d')} AS approver
  FROM insights i LEFT JOIN sessions s ON s.id = i.session JOIN authors a ON a.id = i.author_id
    LEFT JOIN authors b ON b.id = i.added_by LEFT JOIN authors c ON c.id = i.state_by LEFT JOIN authors d ON d.id = i.approved_by`;

export function toInsight(row: InsightRow): Insight {
  const { step, message_id: messageId, session_id: sessionId } = row;
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    threadId: row.thread_id,
    privateThread: row.private_thread === 1,
    source: step === null || messageId === null ? null : { sessionId, step, messageId },
    by: parse<Author>(row.by)!,
    addedBy: parse<Author>(row.added),
    origin: row.origin,
    category: row.category,
    content: row.content,
    confidence: row.confidence,
    sensitive: parse<SensitiveReason[]>(row.sensitive)!,
    scope: parse<Scope>(row.scope)!,
    count: row.count,
    state: row.state,
    version: row.version,
    createdAt: row.created_at,
    stateAt: row.state_at,
    stateBy: parse<Author>(row.decider),
    approvedBy: parse<Author>(row.approver),
    sharedAt: row.shared_at,
    expiresAt: row.expires_at,
    flag: parse<InsightFlag>(row.flag),
  };
}

/** What may change of an insight, by column; `state_by` and `approved_by` are the caller's. */
export function changingInsight(insight: Insight): Record<string, string | number | null> {
  return {
    content: insight.content,
    sensitive: JSON.stringify(insight.sensitive),
    scope: JSON.stringify(insight.scope),
    count: insight.count,
    state: insight.state,
    version: insight.version,
    state_at: insight.stateAt,
    shared_at: insight.sharedAt,
    expires_at: insight.expiresAt,
    flag: insight.flag && JSON.stringify(insight.flag),
  };
}

export interface InsightEventRow {
  version: number;
  kind: InsightEvent['kind'];
  at: number;
  key: string | null;
  name: string | null;
  author_kind: AuthorKind | null;
  reason: string | null;
}

export function toInsightEvent({
  version,
  kind,
  at,
  key,
  name,
  author_kind,
  reason,
}: InsightEventRow): InsightEvent {
  const by = key === null || name === null || author_kind === null ? null : { key, name, kind: author_kind };
  return { version, kind, at, by, reason };
}

function parse<T>(json: string | null): T | null {
  return json === null ? null : (JSON.parse(json) as T);
}
