import type { Attributes, Span } from './request.ts';

/**
 * Where spans keep what. First what the conventions say, now and before: GenAI and MCP,
 * https://github.com/open-telemetry/semantic-conventions-genai/tree/main/docs/gen-ai, and OpenInference,
 * https://github.com/Arize-ai/openinference/tree/main/spec; then what frameworks and vendors write instead.
 */
export const KINDS = [
  'openinference.span.kind',
  'langfuse.observation.type',
  'langsmith.span.kind',
  'traceloop.span.kind',
  'gen_ai.span.kind',
  'mlflow.spanType',
  'mastra.span.type',
  'ag2.span.type',
  'langwatch.span.type',
  'spring.ai.kind',
  'ai.operationId',
];
export const TOOL_NAMES = [
  'gen_ai.tool.name',
  'tool.name',
  'ai.toolCall.name',
  'traceloop.entity.name',
  'langsmith.trace.name',
  'mcp.tool.name',
  'lk.function_tool.name',
  'spring.ai.tool.definition.name',
  'tool_name',
];
export const CALL_IDS = [
  'gen_ai.tool.call.id',
  'tool_call.id',
  'tool.id',
  'ai.toolCall.id',
  'lk.function_tool.id',
];
export const CONVERSATIONS = [
  'gen_ai.conversation.id',
  'session.id',
  'langfuse.session.id',
  'langsmith.trace.session_id',
  'langsmith.metadata.session_id',
  'langsmith.metadata.thread_id',
  'gcp.vertex.agent.session_id',
  'traceloop.association.properties.session_id',
  'ai.telemetry.metadata.sessionId',
  'langgraph.thread_id',
  'langwatch.thread.id',
  'gen_ai.thread.id',
  'mlflow.trace.session',
];
export const AGENT_NAMES = [
  'gen_ai.agent.name',
  'agent.name',
  'agent_name',
  'lk.agent_name',
  'graph.node.id',
];
export const MODELS = [
  'gen_ai.response.model',
  'gen_ai.request.model',
  'llm.model_name',
  'ai.model.id',
  'model_name',
];

const INPUTS = [
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.args',
  'tool.parameters',
  'tool_arguments',
  'ai.toolCall.args',
  'ai.toolCall.input',
  'gcp.vertex.agent.tool_call_args',
  'lk.function_tool.arguments',
  'spring.ai.tool.call.arguments',
  'tool.arguments',
  'gen_ai.input.messages',
  'input.value',
  'langfuse.observation.input',
  'traceloop.entity.input',
  'mlflow.spanInputs',
  'langwatch.input',
  'gen_ai.prompt',
  'ai.prompt',
];
const OUTPUTS = [
  'gen_ai.tool.call.result',
  'gcp.vertex.agent.tool_response',
  'tool_response',
  'ai.toolCall.result',
  'ai.toolCall.output',
  'lk.function_tool.output',
  'spring.ai.tool.call.result',
  'tool.result',
  'tool.output',
  'gen_ai.output.messages',
  'gen_ai.output',
  'output.value',
  'final_result',
  'langfuse.observation.output',
  'traceloop.entity.output',
  'mlflow.spanOutputs',
  'langwatch.output',
  'gen_ai.completion',
  'ai.response.text',
];
/** What went in and came out may stand in events instead, and in which of their attributes. */
const INPUT_EVENTS = { 'gen_ai.tool.message': 'content', 'gen_ai.user.message': 'content' };
const OUTPUT_EVENTS = { 'gen_ai.choice': 'message' };

/** What went in; undefined where the span does not say. */
export function inputOf(span: Span): unknown {
  return first(span.attributes, INPUTS) ?? inEvents(span, INPUT_EVENTS, INPUTS);
}

/** What came out; undefined where the span does not say. */
export function outputOf(span: Span): unknown {
  return first(span.attributes, OUTPUTS) ?? inEvents(span, OUTPUT_EVENTS, OUTPUTS);
}

export function first(attributes: Attributes, names: readonly string[]): unknown {
  const found = names.find((name) => attributes.get(name) !== undefined && attributes.get(name) !== null);
  return found === undefined ? undefined : attributes.get(found);
}

/** The same as text: undefined where there is none, or an empty one. */
export function firstText(attributes: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes.get(name);
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    if (text !== '') return text;
  }
  return undefined;
}

/** Attributes hold objects as JSON; what is none is the text that it is. */
export function structured(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function inEvents(
  { events }: Span,
  byName: Readonly<Record<string, string>>,
  names: readonly string[],
): unknown {
  for (const { name, attributes } of events) {
    const key = byName[name];
    const found = (key === undefined ? undefined : attributes.get(key)) ?? first(attributes, names);
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
}
