import type { ReportInput } from '../../domain/agent-report.ts';
import { cutMessage } from '../../domain/limits.ts';
import {
  AGENT_NAMES,
  CALL_IDS,
  CONVERSATIONS,
  MODELS,
  first,
  firstText,
  inputOf,
  outputOf,
  structured,
} from './attributes.ts';
import { toolNameOf } from './calls.ts';
import { evaluationsOf } from './evaluations.ts';
import type { SpanKind } from './kind.ts';
import type { Span } from './request.ts';

const NAME_MAX = 100;

/** The agent's own name of the conversation that a span is of; null where it has none. */
export function conversationOf({ attributes, resource }: Span): string | null {
  return (firstText(attributes, CONVERSATIONS) ?? firstText(resource, CONVERSATIONS))?.slice(0, 200) ?? null;
}

/** The step that a span is. */
export function entryOf(span: Span, kind: Exclude<SpanKind, null>): ReportInput {
  const details = detailsOf(span);
  const took = tookMs(span);
  const common = { details, confidence: confidenceOf(span), duration_ms: took };
  if (kind === 'tool') return { ...common, ...toolOf(span) };
  const output = textOf(outputOf(span));
  const error = errorOf(span);
  const failed = error === null ? null : `${span.name || 'A span'}: ${error}`;
  const query = span.parentSpanId === null ? textOf(inputOf(span)) : '';
  return {
    ...common,
    type: error === null ? 'info' : 'error',
    category: 'agent',
    message: failed ?? (output || agentOf(span)),
    ...(kind === 'agent' && query !== '' && { query }),
  };
}

function toolOf(span: Span): ReportInput {
  const error = errorOf(span);
  const isLate = /time(?:d )?-?_?out/i.test(`${error} ${firstText(span.attributes, ['error.type']) ?? ''}`);
  return {
    type: 'tool',
    tool_name: toolNameOf(span).slice(0, NAME_MAX).toWellFormed() || 'tool',
    tool_input: structured(inputOf(span)),
    tool_output: structured(outputOf(span)),
    tool_status: error === null ? 'success' : isLate ? 'timeout' : 'error',
    tool_error: error,
  };
}

/** Null: it went well, as far as the span says. */
function errorOf(span: Span): string | null {
  const { status, events, attributes } = span;
  const type = firstText(attributes, ['error.type']);
  const exception = events.findLast(({ name }) => EXCEPTION.test(name))?.attributes ?? new Map();
  const said = saidByTool(span);
  const isThrown = exception.size > 0 && !status.isOk && outputOf(span) === undefined;
  if (!status.isError && type === undefined && said === undefined && !isThrown) return null;
  const thrown = firstText(exception, ['exception.message', 'exception.type']);
  return [status.message, thrown, said, type].find((words) => words) ?? 'It failed.';
}

const EXCEPTION = /^(?:exception|gen_ai\.\w+\.exception)$/;

/** What a tool says of its failing where its span is fine: in its message to the model, or in an attribute. Undefined: it did not fail. */
function saidByTool(span: Span): string | undefined {
  if (span.attributes.get('tool.status') === 'error') return textOf(outputOf(span)) || 'It failed.';
  const output = structured(outputOf(span));
  if (typeof output !== 'object' || output === null || !('tool_call_id' in output)) return undefined;
  const { status, content } = output as { status?: unknown; content?: unknown };
  return status === 'error' ? textOf(content) || 'It failed.' : undefined;
}

/** A score that is no share is kept in the details alone. */
function confidenceOf(span: Span): number | null {
  const score = evaluationsOf(span).at(-1)?.['gen_ai.evaluation.score.value'];
  const share = typeof score === 'string' && score.trim() !== '' ? Number(score) : score;
  return typeof share === 'number' && share >= 0 && share <= 1 ? share : null;
}

/** Null where clocks disagree, or the span does not say. */
function tookMs({ start, end }: Span): number | null {
  return start > 0n && end >= start ? Number(end - start) / 1e6 : null;
}

function detailsOf(span: Span): Record<string, unknown> {
  const { traceId, spanId, parentSpanId, name, attributes } = span;
  const evaluations = evaluationsOf(span);
  const known = {
    agent: first(attributes, AGENT_NAMES),
    model: first(attributes, MODELS),
    tool_call_id: first(attributes, CALL_IDS),
    parent_span_id: parentSpanId ?? undefined,
    evaluations: evaluations.length > 0 ? evaluations : undefined,
  };
  const given = Object.entries(known).filter(([, value]) => value !== undefined && value !== null);
  return { span: name, trace_id: traceId, span_id: spanId, ...Object.fromEntries(given) };
}

function agentOf({ attributes, name }: Span): string {
  return String(first(attributes, AGENT_NAMES) ?? name) || 'An agent';
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return cutMessage((typeof value === 'string' ? value : JSON.stringify(value)).trim());
}
