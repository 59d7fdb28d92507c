import { isEscalation, levelOfBlock, readTimeout } from '../../domain/block.ts';
import type { BlockEntry } from '../../domain/block.ts';
import { NO_REASON } from '../../domain/escalation-request.ts';
import type { Level, ToolRun, ToolStatus } from '../../domain/entry.ts';
import { TOOL_STATUSES } from '../../domain/entry.ts';
import { toolInput, toolOutput } from '../../domain/tool-schema.ts';
import type { Insight, LogTexts, Part } from './dialect.ts';

/** What an agent reported as data. */
export function partOfBlock(block: BlockEntry): Part {
  const level = levelOfBlock(block);
  const escalation = isEscalation(block);
  return {
    level,
    category: block.category ?? categoryOf(level, escalation),
    message: messageOf(block),
    origin: 'reported',
    tool: toolOf(block),
    confidence: block.confidence ?? undefined,
    durationMs: typeof block.duration_ms === 'number' ? Math.round(block.duration_ms) : undefined,
    details: detailsOf(block, escalation),
    escalation: escalation || undefined,
    handoffTo: listOf(block.to)?.map(withoutAt),
    mentions: block.mentions?.map(withoutAt),
    responseTo: block.response_to ?? block.corrects ?? undefined,
    triggeredBy: block.triggered_by ?? undefined,
    coordinatorMode: block.coordinator_mode ?? undefined,
    insight: insightOf(block),
    session: sessionOf(block),
    log: logOf(block),
    artifact: block.artifact
      ? {
          content: block.artifact,
          consumer: block.consumer ? withoutAt(block.consumer) : null,
          workflowId: block.workflow_id ?? null,
        }
      : undefined,
  };
}

function categoryOf(level: Level, escalation: boolean): string {
  if (escalation) return 'escalation';
  if (level === 'tool' || level === 'coordination') return level;
  return level === 'handoff' ? 'bot_conversation' : 'general';
}

/** What a person reads when the agent gave no message: its own words elsewhere in the block, as far as there are any. */
function messageOf(block: BlockEntry): string {
  const session = sessionOf(block);
  return (
    block.message ??
    (block.reason?.trim() || null) ??
    (block.tool_name ? toolMessage(block) : null) ??
    block.final_output ??
    block.summary ??
    block.query ??
    block.after ??
    (session && `Session ${session}`) ??
    (isEscalation(block) ? NO_REASON : null) ??
    (block.consumer ? `Artifact for ${block.consumer}` : 'Artifact')
  );
}

function toolMessage(block: BlockEntry): string {
  const summary = standardOf(block.tool_output)['_summary'];
  if (typeof summary === 'string' && summary !== '') return summary;
  const error = toolOf(block)?.error;
  return error ? `${block.tool_name}: ${error}` : block.tool_name!;
}

/** Where the output follows the schema for tool outputs, it says how the run went. */
function toolOf(block: BlockEntry): ToolRun | undefined {
  if (!block.tool_name) return undefined;
  const output = standardOf(block.tool_output);
  const outputError = typeof output['error'] === 'string' && output['error'] !== '' ? output['error'] : null;
  const error = block.tool_error ?? outputError;
  const status =
    block.tool_status ?? (isToolStatus(output['status']) ? output['status'] : error ? 'error' : 'unknown');
  return {
    name: block.tool_name,
    input: toolInput(block.tool_input),
    output: toolOutput(block.tool_output),
    status,
    error,
  };
}

function standardOf(output: unknown): Record<string, unknown> {
  return typeof output === 'object' && output !== null && !Array.isArray(output) ? { ...output } : {};
}

function isToolStatus(value: unknown): value is ToolStatus {
  return (TOOL_STATUSES as readonly unknown[]).includes(value);
}

/** The agent's own details, and the fields that have no place of their own in an entry, under their names in the block. */
function detailsOf(block: BlockEntry, escalation: boolean): Record<string, unknown> | undefined {
  const details = {
    ...block.details,
    ...given({
      alternatives: block.alternatives,
      corrects: block.corrects,
      before: block.before,
      after: block.after,
      next_actions: block.next_actions,
      tool_error: block.tool_name ? null : block.tool_error,
      kind: escalation ? 'question' : null,
      consumer: block.consumer,
      workflow_id: block.workflow_id,
      insight_ids: block.insight_ids,
      ...requestOf(block),
    }),
    ...claimsOf(block),
    ...sharingOf(block),
  };
  return Object.keys(details).length > 0 ? details : undefined;
}

/** What an escalation asks for. */
function requestOf(block: BlockEntry): Record<string, unknown> {
  const timeout = readTimeout(block.timeout);
  return {
    reason: block.reason === block.message ? null : block.reason,
    options: block.options,
    default: block.default,
    severity: block.severity,
    timeout_ms: timeout && 'afterMs' in timeout ? timeout.afterMs : null,
    expires_at: timeout && 'at' in timeout ? new Date(timeout.at).toISOString() : null,
    on_timeout: block.on_timeout,
    dedupe_key: block.dedupe_key,
  };
}

/** Who wrote it, where and when is what Discord says. What the agent says of it is kept, and believed by nobody. */
function claimsOf(block: BlockEntry): Record<string, unknown> {
  const { timestamp, step, workspace_id, workspace_type, participants, bot_name, bot_role } = block;
  const claims = given({ timestamp, step, workspace_id, workspace_type, participants, bot_name, bot_role });
  return Object.keys(claims).length > 0 ? { as_reported: claims } : {};
}

function insightOf(block: BlockEntry): Insight | undefined {
  const isShared =
    block.shareable_insight ??
    (block.type === 'insight' || block.share === 'now' || Boolean(block.insight_category));
  if (!isShared) return undefined;
  return {
    category: block.insight_category ?? null,
    shareNow: block.share === 'now',
    applicableTo: block.applicable_to?.map(withoutAt) ?? [],
  };
}

/** What the agent says of who may learn from it, and when; beside the category that every insight has. */
function sharingOf(block: BlockEntry): Record<string, unknown> {
  const insight = insightOf(block);
  if (!insight || (!insight.shareNow && insight.applicableTo.length === 0)) return {};
  const category = insight.category ?? block.category;
  const applicable_to = insight.applicableTo.length > 0 ? insight.applicableTo : null;
  return { insight: given({ category, share: block.share, applicable_to }) };
}

function sessionOf({ session, type }: BlockEntry): 'start' | 'end' | undefined {
  if (session) return session;
  if (type === 'session_start') return 'start';
  return type === 'session_end' ? 'end' : undefined;
}

function logOf(block: BlockEntry): LogTexts | undefined {
  const log = given({
    query: block.query,
    finalOutput: block.final_output,
    summary: block.summary,
    nextActions: block.next_actions,
  });
  return Object.keys(log).length > 0 ? log : undefined;
}

/** An object without the fields that are not given. */
function given<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const some: { [K in keyof T]?: NonNullable<T[K]> } = {};
  for (const name in fields)
    if (fields[name] !== undefined && fields[name] !== null) some[name] = fields[name];
  return some;
}

function listOf(value: string | string[] | null | undefined): string[] | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'string' ? [value] : value;
}

function withoutAt(name: string): string {
  return name.replace(/^@/, '');
}
