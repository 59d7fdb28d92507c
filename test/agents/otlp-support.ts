import { expect } from 'vitest';
import type { Entry } from '../../src/domain/entry.ts';
import type { WithDoors } from './support.ts';

/** A span as OTLP says it in JSON, its attributes as a plain object. */
export interface SpanSaid {
  traceId?: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano?: string;
  endTimeUnixNano?: string;
  attributes?: Record<string, unknown>;
  events?: { name: string; attributes: Record<string, unknown> }[];
  status?: { code?: number; message?: string };
}

function valueOf(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

const listed = (attributes: Record<string, unknown> = {}) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) }));

/** The body of a request that exports spans. */
export function requestOf(spans: SpanSaid[]) {
  const all = spans.map((span) => ({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    ...span,
    attributes: listed(span.attributes),
    events: (span.events ?? []).map(({ name, attributes }) => ({ name, attributes: listed(attributes) })),
  }));
  return { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ spans: all }] }] };
}

/** The steps of the session that a trace became. */
export async function recorded(team: WithDoors, traceId: string): Promise<Entry[]> {
  const { store, workspaces } = team.running.app;
  const workspaceId = workspaces.byChannel(team.channel.id)!.id;
  for (const { sessionId } of await store.sessions.list({ workspaceIds: [workspaceId], limit: 100 })) {
    const { entries } = await store.entries.page({ sessionId }, 0, 500);
    if (entries.some(({ details }) => details?.['trace_id'] === traceId)) return entries;
  }
  return [];
}

/** A time of a span, nanoseconds. */
export const ns = (ms: number) => `${BigInt(Date.parse('2026-03-01T08:00:00Z') + ms)}000000`;

/** Posts spans as a trace of its own and gives the steps that they became. */
export async function stepsFor(
  team: WithDoors,
  traceId: string,
  spans: Omit<SpanSaid, 'traceId'>[],
): Promise<Entry[]> {
  const body = requestOf(spans.map((span) => ({ ...span, traceId })));
  expect((await team.call('traces', body)).status).toBe(200);
  return recorded(team, traceId);
}

export const at = (from: number, to: number) => ({ startTimeUnixNano: ns(from), endTimeUnixNano: ns(to) });
export const tool = (name: string, more: Record<string, unknown> = {}) => ({
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': name,
  ...more,
});
