import type { ReportInput } from '../../domain/agent-report.ts';
import { cutMessage } from '../../domain/limits.ts';
import type { Attributes, Span } from './request.ts';

/** What a span is; null: something that makes no step, such as a call of a model that went well. */
export type SpanKind = 'agent' | 'tool' | 'failure' | null;

const NAME_MAX = 100;

/**
 * Where the conventions keep what. GenAI: https://opentelemetry.io/docs/specs/semconv/gen-ai/; OpenInference:
 * https://github.com/Arize-ai/openinference/tree/main/spec; the rest is what frameworks and vendors write instead.
 */
const KINDS = [
  'openinference.span.kind',
  'langfuse.observation.type',
  'langsmith.span.kind',
  'traceloop.span.kind',
];
const TOOL_NAMES = ['gen_ai.tool.name', 'tool.name', 'traceloop.entity.name', 'langsmith.trace.name'];
const INPUTS = [
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.args',
  'tool.parameters',
  'tool_arguments',
  'gcp.vertex.agent.tool_call_args',
  'gen_ai.input.messages',
  'input.value',
  'traceloop.entity.input',
];
const OUTPUTS = [
  'gen_ai.tool.call.result',
  'gcp.vertex.agent.tool_response',
  'tool_response',
  'gen_ai.output.messages',
  'gen_ai.output',
  'output.value',
  'traceloop.entity.output',
];
const CONVERSATIONS = [
  'gen_ai.conversation.id',
  'session.id',
  'langfuse.session.id',
  'langsmith.metadata.session_id',
];
const AGENT_NAMES = ['gen_ai.agent.name', 'agent.name', 'graph.node.id'];

export function kindOf({ attributes, status }: Span): SpanKind {
  const operation = attributes.get('gen_ai.operation.name');
  const kinds = KINDS.map((key) => String(attributes.get(key) ?? '').toLowerCase());
  if (operation === 'execute_tool' || kinds.includes('tool') || isToolCall(attributes)) return 'tool';
  if (operation === 'invoke_agent' || operation === 'create_agent' || kinds.includes('agent')) return 'agent';
  const isOfModel = operation !== undefined || kinds.some((kind) => kind !== '');
  return status.isError && isOfModel ? 'failure' : null;
}

/** Some frameworks call a tool's span like any other: then a tool's name, or a message that answers a tool call, tells. */
function isToolCall(attributes: Attributes): boolean {
  if (attributes.has('gen_ai.tool.name')) return true;
  const output = structured(attributes.get('output.value'));
  return typeof output === 'object' && output !== null && 'tool_call_id' in output;
}

/** The agent's own name of the conversation that a span is of; null where it has none. */
export function conversationOf({ attributes }: Span): string | null {
  const name = first(attributes, CONVERSATIONS);
  return name === undefined || String(name).trim() === '' ? null : String(name).trim().slice(0, 200);
}

/** The step that a span is. */
export function entryOf(span: Span, kind: Exclude<SpanKind, null>): ReportInput {
  const details = detailsOf(span);
  const took = tookMs(span);
  const common = { details, confidence: confidenceOf(span), duration_ms: took };
  if (kind === 'tool') return { ...common, ...toolOf(span) };
  const output = textOf(first(span.attributes, OUTPUTS));
  const error = errorOf(span);
  const failed = error === null ? null : `${span.name || 'A span'}: ${error}`;
  const query = span.parentSpanId === null ? textOf(first(span.attributes, INPUTS)) : '';
  return {
    ...common,
    type: error === null ? 'info' : 'error',
    category: 'agent',
    message: failed ?? (output || agentOf(span)),
    ...(kind === 'agent' && query !== '' && { query }),
  };
}

function toolOf(span: Span): ReportInput {
  const { attributes, name } = span;
  const tool = String(first(attributes, TOOL_NAMES) ?? name.replace(/^execute_tool\s+/, '')).trim();
  const error = errorOf(span);
  const isLate = /time(?:d )?-?_?out/i.test(`${error} ${String(attributes.get('error.type') ?? '')}`);
  return {
    type: 'tool',
    tool_name: tool.slice(0, NAME_MAX).toWellFormed() || 'tool',
    tool_input: structured(first(attributes, INPUTS)),
    tool_output: structured(first(attributes, OUTPUTS)),
    tool_status: error === null ? 'success' : isLate ? 'timeout' : 'error',
    tool_error: error,
  };
}

/** Null: it went well, as far as the span says. */
function errorOf({ status, events, attributes }: Span): string | null {
  if (!status.isError && !attributes.has('error.type')) return null;
  const exception = events.find(({ name }) => name === 'exception')?.attributes;
  const words = [status.message, exception?.get('exception.message'), attributes.get('error.type')];
  return String(words.find((word) => typeof word === 'string' && word !== '') ?? 'It failed.');
}

/** A score that is no share is kept in the details alone. */
function confidenceOf({ events }: Span): number | null {
  const result = events.findLast(({ name }) => name === 'gen_ai.evaluation.result');
  const score = result?.attributes.get('gen_ai.evaluation.score.value');
  return typeof score === 'number' && score >= 0 && score <= 1 ? score : null;
}

/** Null where clocks disagree, or the span does not say. */
function tookMs({ start, end }: Span): number | null {
  return start > 0n && end >= start ? Number(end - start) / 1e6 : null;
}

function detailsOf(span: Span): Record<string, unknown> {
  const { traceId, spanId, parentSpanId, name, attributes, events } = span;
  const evaluations = events.filter((event) => event.name === 'gen_ai.evaluation.result');
  const known = {
    agent: first(attributes, AGENT_NAMES),
    model: first(attributes, ['gen_ai.response.model', 'gen_ai.request.model', 'llm.model_name']),
    tool_call_id: first(attributes, ['gen_ai.tool.call.id', 'tool_call.id']),
    parent_span_id: parentSpanId ?? undefined,
    evaluations:
      evaluations.length > 0 ? evaluations.map((event) => Object.fromEntries(event.attributes)) : undefined,
  };
  const given = Object.entries(known).filter(([, value]) => value !== undefined && value !== null);
  return { span: name, trace_id: traceId, span_id: spanId, ...Object.fromEntries(given) };
}

function agentOf({ attributes, name }: Span): string {
  return String(first(attributes, AGENT_NAMES) ?? name) || 'An agent';
}

function first(attributes: Attributes, names: readonly string[]): unknown {
  const found = names.find((name) => attributes.get(name) !== undefined && attributes.get(name) !== null);
  return found === undefined ? undefined : attributes.get(found);
}

/** Attributes hold objects as JSON; what is none is the text that it is. */
function structured(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return cutMessage((typeof value === 'string' ? value : JSON.stringify(value)).trim());
}
