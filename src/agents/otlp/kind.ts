import { KINDS, outputOf, structured } from './attributes.ts';
import type { Span } from './request.ts';

/** What a span is; null: something that makes no step, such as a call of a model that went well. */
export type SpanKind = 'agent' | 'tool' | 'failure' | null;

/** As `gen_ai.operation.name` has it. */
const OF_AGENTS: ReadonlySet<string> = new Set(['invoke_agent', 'create_agent']);
/** What a model is asked for may speak of tools, and is no run of one. */
const OF_MODELS: ReadonlySet<string> = new Set(['chat', 'generate_content', 'text_completion', 'embeddings']);

export function kindOf(span: Span): SpanKind {
  const { attributes, status } = span;
  const operation = textOf(attributes.get('gen_ai.operation.name') ?? attributes.get('operation.name'));
  const kinds = KINDS.map((key) => textOf(attributes.get(key)));
  const isModel = OF_MODELS.has(operation);
  if (operation === 'execute_tool' || kinds.some((kind) => TOOL.test(kind))) return 'tool';
  if (OF_AGENTS.has(operation) || kinds.some((kind) => AGENT.test(kind))) return 'agent';
  if (!isModel && isToolCall(span)) return 'tool';
  if (operation === '' && attributes.has('agent_name') && /^agent run\b/.test(span.name)) return 'agent';
  const isOfModel = operation !== '' || kinds.some((kind) => kind !== '');
  return status.isError && isOfModel ? 'failure' : null;
}

const TOOL = /^(?:tool|(?:mcp_)?tool_call|ai\.toolcall)$/;
const AGENT = /^agent(?:_run)?$/;

/** In lower case, without the quotes of JSON. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim().replaceAll('"', '').toLowerCase() : '';
}

/** Some frameworks call a tool's span like any other: then a tool's name, or a message that answers a tool call, tells. */
function isToolCall(span: Span): boolean {
  const { attributes } = span;
  if (attributes.has('gen_ai.tool.name') || attributes.has('lk.function_tool.name')) return true;
  if (attributes.get('mcp.method.name') === 'tools/call') return true;
  const output = structured(outputOf(span));
  return typeof output === 'object' && output !== null && 'tool_call_id' in output;
}
