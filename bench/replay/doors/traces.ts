import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { WorkLogsClient } from '../../../src/agents/client.ts';
import type { Entry } from '../../../src/domain/entry.ts';
import type { Store } from '../../../src/store/store.ts';
import { InputError } from '../../../sandbox/replay/conversations.ts';
import { differences } from './compare.ts';
import { resultOf } from './result.ts';
import type { ExpectedEntry, FileResult } from './result.ts';

const attributes = z
  .array(z.object({ key: z.string(), value: z.looseObject({ stringValue: z.string().optional() }) }))
  .default([])
  .transform((all) => new Map(all.map(({ key, value }) => [key, value.stringValue ?? ''])));

const traces = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              spanId: z.string(),
              parentSpanId: z.string().nullish(),
              name: z.string(),
              startTimeUnixNano: z.coerce.bigint(),
              endTimeUnixNano: z.coerce.bigint(),
              attributes,
              status: z.object({ code: z.number().default(0), message: z.string().optional() }).optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

type Span = z.output<typeof traces>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

export interface PlayedTraces {
  file: string;
  /** By span. */
  expected: Map<string, ExpectedEntry>;
}

/** Posts each file of a folder as it is. @throws InputError for one that holds no traces */
export async function playTraces(client: WorkLogsClient, folder: string): Promise<PlayedTraces[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (files.length === 0) throw new InputError(`${folder}: holds no .json`);
  const played: PlayedTraces[] = [];
  for (const file of files.toSorted()) {
    const body = readFileSync(join(folder, file), 'utf8');
    const parsed = traces.safeParse(JSON.parse(body));
    if (!parsed.success) throw new InputError(`${file}: ${z.prettifyError(parsed.error)}`);
    await client.post('/v1/traces', { body, type: 'application/json' });
    const spans = parsed.data.resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans),
    );
    played.push({ file, expected: expectedOfAll(spans) });
  }
  return played;
}

export async function checkTraces(store: Store, played: readonly PlayedTraces[]): Promise<FileResult[]> {
  const found = await entriesBySpan(store);
  const known = new Set(played.flatMap(({ expected }) => [...expected.keys()]));
  const strays = [...found.keys()].filter((span) => !known.has(span));
  return played.map(({ file, expected }, index) => {
    const wrong = [...expected].flatMap(([span, entry]) => differences(entry, found.get(span) ?? []));
    const stray =
      index === 0 ? strays.map((span) => `an entry for span ${span}, which is neither tool nor agent`) : [];
    return resultOf(file, [...expected.values()], [...wrong, ...stray]);
  });
}

async function entriesBySpan(store: Store): Promise<Map<string, Entry[]>> {
  const workspaceIds = (await store.workspaces.list()).map(({ id }) => id);
  const logs = await store.sessions.list({ workspaceIds, limit: Number.MAX_SAFE_INTEGER });
  const pages = await Promise.all(
    logs.map(({ sessionId, counts }) => store.entries.page({ sessionId }, 0, counts.steps)),
  );
  return Map.groupBy(
    pages.flatMap(({ entries }) => entries),
    ({ details }) => String(details?.['span_id']),
  );
}

/** One entry for each call and each agent; some write each moment of a call as a span of its own. */
function expectedOfAll(spans: readonly Span[]): PlayedTraces['expected'] {
  const expected = new Map<string, ExpectedEntry>();
  const calls = Map.groupBy(spans, (span) => {
    const [, call, number] = MOMENT.exec(span.name) ?? [];
    const isMoment =
      call !== undefined && expectedOf(span)?.kind === 'tool' && !span.attributes.has('tool.name');
    return isMoment ? `${span.parentSpanId} ${call} ${number}` : span.spanId;
  });
  for (const parts of calls.values()) {
    const [begin, ...later] = parts.toSorted((a, b) => Number(a.startTimeUnixNano - b.startTimeUnixNano));
    const entry = expectedOf(begin!);
    if (entry) expected.set(begin!.spanId, later.length === 0 ? entry : wholeCall(entry, begin!, later));
  }
  return expected;
}

const MOMENT = /^(.+)\.(?:start|success|error|finish|retry)-(\d+)$/;

/** From its first moment to its last: the spans of moments end with the trace. */
function wholeCall(entry: ExpectedEntry, begin: Span, later: readonly Span[]): ExpectedEntry {
  const [, tool = null] = MOMENT.exec(begin.name) ?? [];
  const failed = later.map((span) => expectedOf(span)).find((moment) => moment?.status === 'error');
  const durationMs = Number(later.at(-1)!.startTimeUnixNano - begin.startTimeUnixNano) / 1e6;
  return { ...entry, tool, durationMs, ...(failed && { status: failed.status, error: failed.error }) };
}

const KINDS = ['openinference.span.kind', 'langfuse.observation.type', 'langsmith.span.kind'];

/** Null: the span is neither a tool's nor an agent's, as its own attributes have it. */
function expectedOf({
  name,
  attributes,
  startTimeUnixNano,
  endTimeUnixNano,
  status,
}: Span): ExpectedEntry | null {
  const operation = attributes.get('gen_ai.operation.name') ?? '';
  const kinds = new Set(KINDS.map((key) => attributes.get(key)?.toUpperCase()));
  const durationMs = Number(endTimeUnixNano - startTimeUnixNano) / 1e6;
  const tool = attributes.get('gen_ai.tool.name') ?? attributes.get('tool.name');
  if (
    operation === 'execute_tool' ||
    kinds.has('TOOL') ||
    attributes.has('gen_ai.tool.name') ||
    answersCall(attributes)
  ) {
    const isError = status?.code === 2;
    const error = isError ? (status.message ?? 'It failed.') : null;
    return {
      name,
      kind: 'tool',
      tool: tool ?? name,
      status: isError ? 'error' : 'success',
      error,
      durationMs,
    };
  }
  const isAgent = ['invoke_agent', 'create_agent'].includes(operation) || kinds.has('AGENT');
  return isAgent ? { name, kind: 'agent', tool: null, status: null, error: null, durationMs } : null;
}

/** LangChain calls a tool's span like any other; what it puts out is a message that answers a tool call. */
function answersCall(attributes: Span['attributes']): boolean {
  const [, json] = /^(\{.*\})$/s.exec(attributes.get('output.value') ?? '') ?? [];
  return (
    json !== undefined && json.includes('tool_call_id') && 'tool_call_id' in (JSON.parse(json) as object)
  );
}
