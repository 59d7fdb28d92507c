import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import protobuf from 'protobufjs/light.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkTraces, playTraces } from '../../bench/replay/doors/traces.ts';
import { WorkLogsClient } from '../../src/agents/client.ts';
import { OTLP_TYPES } from '../../src/agents/otlp/protobuf.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { startWithDoors } from './support.ts';
import type { WithDoors } from './support.ts';

let team: WithDoors;
beforeAll(async () => {
  team = await startWithDoors();
});
afterAll(() => team.end());

interface SpanSaid {
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

function requestOf(spans: SpanSaid[]) {
  const all = spans.map((span) => ({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    ...span,
    attributes: listed(span.attributes),
    events: (span.events ?? []).map(({ name, attributes }) => ({ name, attributes: listed(attributes) })),
  }));
  return { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ spans: all }] }] };
}

/** Posts what stands as JSON and gives the steps of the session that its conversation became. */
async function recorded(conversation: string): Promise<Entry[]> {
  const { store, workspaces } = team.running.app;
  const workspaceId = workspaces.byChannel(team.channel.id)!.id;
  for (const { sessionId } of await store.sessions.list({ workspaceIds: [workspaceId], limit: 100 })) {
    const { entries } = await store.entries.page({ sessionId }, 0, 500);
    if (entries.some(({ details }) => details?.['trace_id'] === conversation)) return entries;
  }
  return [];
}

const ns = (ms: number) => `${BigInt(Date.parse('2026-03-01T08:00:00Z') + ms)}000000`;

const TRACE = (traceId: string): SpanSaid[] =>
  [
    {
      spanId: '00f067aa0ba902b8',
      parentSpanId: '00f067aa0ba902b7',
      name: 'execute_tool search',
      startTimeUnixNano: ns(20),
      endTimeUnixNano: ns(362),
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'search',
        'gen_ai.tool.call.arguments': '{"q":"x"}',
        'gen_ai.tool.call.result': '{"hits":2}',
      },
    },
    {
      spanId: '00f067aa0ba902b7',
      name: 'invoke_agent scout',
      startTimeUnixNano: ns(0),
      endTimeUnixNano: ns(900),
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'scout',
        'gen_ai.conversation.id': `conversation of ${traceId}`,
        'input.value': 'Find it',
        'output.value': 'Found it',
      },
      events: [{ name: 'gen_ai.evaluation.result', attributes: { 'gen_ai.evaluation.score.value': 0.75 } }],
    },
    {
      spanId: '00f067aa0ba902b9',
      parentSpanId: 'ffffffffffffffff',
      name: 'write_file',
      startTimeUnixNano: ns(500),
      endTimeUnixNano: ns(400),
      attributes: { 'openinference.span.kind': 'TOOL', 'tool.name': 'write_file', 'input.value': 'plain' },
      events: [{ name: 'exception', attributes: { 'exception.message': 'disk full' } }],
      status: { code: 2 },
    },
    {
      spanId: '00f067aa0ba902ba',
      name: 'slow',
      startTimeUnixNano: ns(600),
      endTimeUnixNano: ns(610),
      attributes: { 'openinference.span.kind': 'TOOL', 'error.type': 'TimeoutError' },
    },
    { spanId: '00f067aa0ba902bb', name: 'chat', attributes: { 'gen_ai.operation.name': 'chat' } },
    { spanId: '00f067aa0ba902bc', name: 'GET /', attributes: { 'http.route': '/' }, status: { code: 2 } },
  ].map((span) => ({ traceId, ...span }));

const EXPECTED = [
  {
    level: 'info',
    message: 'Found it',
    confidence: 0.75,
    durationMs: 900,
    details: { agent: 'scout', span: 'invoke_agent scout' },
  },
  {
    level: 'tool',
    durationMs: 342,
    tool: { name: 'search', status: 'success', error: null, input: { q: 'x' }, output: { hits: 2 } },
  },
  { level: 'tool', durationMs: null, tool: { name: 'write_file', status: 'error', error: 'disk full' } },
  { level: 'tool', durationMs: 10, tool: { name: 'slow', status: 'timeout' } },
];

describe('traces', () => {
  test('become steps: agents and tools with what they took, gave and how it went, in order of time', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const body = JSON.stringify(requestOf(TRACE(traceId)));
    const first = await team.call('traces', {}, { body });
    expect(first).toMatchObject({ status: 200, body: {} });
    await team.call('traces', {}, { body });
    const steps = await recorded(traceId);
    expect(steps).toMatchObject(EXPECTED);
    expect(steps).toHaveLength(EXPECTED.length);
    expect(new Date(steps[0]!.at).toISOString()).toBe('2026-03-01T08:00:00.000Z');
    const log = await team.running.app.store.sessions.get(steps[0]!.sessionId);
    expect(log).toMatchObject({ query: 'Find it' });
  });

  test('are read as protobuf too, packed or not', async () => {
    const type = protobuf.Root.fromJSON({ nested: OTLP_TYPES }).lookupType('Request');
    const traceId = '1af7651916cd43dd8448eb211c80319c';
    const request = requestOf(TRACE(traceId));
    const bytes = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
    for (const span of request.resourceSpans[0]!.scopeSpans[0]!.spans) {
      span.traceId = bytes(span.traceId);
      span.spanId = bytes(span.spanId);
      if (span.parentSpanId) span.parentSpanId = bytes(span.parentSpanId);
    }
    const body = new Uint8Array(gzipSync(type.encode(type.fromObject(request)).finish()));
    const headers = { 'content-type': 'application/x-protobuf', authorization: `Bearer ${team.token}` };
    const post = (sent: Uint8Array<ArrayBuffer>, more = {}) =>
      fetch(`${team.url()}/v1/traces`, { method: 'POST', headers: { ...headers, ...more }, body: sent });
    const answer = await post(body, { 'content-encoding': 'gzip' });
    expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, 0]);
    expect(await recorded(traceId)).toMatchObject(EXPECTED);
    for (const bad of [
      Uint8Array.of(10, 200, 1, 1),
      Uint8Array.of(0xff, 0xff, 0xff),
      new Uint8Array(64).fill(0x0b),
    ])
      expect((await post(bad)).status).toBe(400);
  });

  test('that are malformed are refused with what is wrong, and nothing of them is recorded', async () => {
    const rows: [unknown, string][] = [
      [{ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }] }] }] }, 'traceId'],
      [requestOf([{ spanId: '0000000000000001', name: 'x', startTimeUnixNano: 'soon' }]), 'nanoseconds'],
      [{ resourceSpans: 1 }, 'resourceSpans'],
    ];
    for (const [body, words] of rows) {
      const { status, body: answer } = await team.call('traces', body);
      expect(status).toBe(400);
      expect(answer['error'].message).toContain(words);
    }
    expect((await team.call('traces', {}, { token: 'wrong' })).status).toBe(401);
    expect((await team.call('traces', requestOf(TRACE('x')), { query: '?workspace=nowhere' })).status).toBe(
      404,
    );
    expect(
      (await team.call('traces', {}, { body: 'x', headers: { 'content-type': 'text/csv' } })).status,
    ).toBe(415);
  });
});

/** Posts spans as a trace of its own and gives the steps that they became. */
async function stepsFor(traceId: string, spans: Omit<SpanSaid, 'traceId'>[]): Promise<Entry[]> {
  const body = requestOf(spans.map((span) => ({ ...span, traceId })));
  expect((await team.call('traces', body)).status).toBe(200);
  return recorded(traceId);
}

const at = (from: number, to: number) => ({ startTimeUnixNano: ns(from), endTimeUnixNano: ns(to) });
const tool = (name: string, more: Record<string, unknown> = {}) => ({
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': name,
  ...more,
});

describe('a call of a tool is one step', () => {
  test('when a framework and both ends of MCP have a span for it each', async () => {
    const failed = { status: { code: 2, message: 'no such city' } };
    const steps = await stepsFor('aa01', [
      {
        spanId: '0c',
        parentSpanId: '0b',
        name: 'tools/call weather',
        ...at(30, 80),
        attributes: { 'mcp.method.name': 'tools/call', 'gen_ai.tool.call.result': 'none' },
        ...failed,
      },
      {
        spanId: '0b',
        parentSpanId: '0x',
        name: 'tools/call weather',
        ...at(20, 90),
        attributes: tool('weather', { 'mcp.method.name': 'tools/call' }),
      },
      { spanId: '0x', parentSpanId: '0a', name: 'POST', ...at(15, 95) },
      {
        spanId: '0a',
        name: 'execute_tool weather',
        ...at(10, 100),
        attributes: tool('weather', { 'gen_ai.tool.call.arguments': '{"city":"X"}' }),
      },
    ]);
    expect(steps).toMatchObject([
      {
        durationMs: 90,
        tool: {
          name: 'weather',
          status: 'error',
          error: 'no such city',
          input: { city: 'X' },
          output: { _value: 'none' },
        },
        details: { span_id: '0a' },
      },
    ]);
    expect(steps).toHaveLength(1);
  });

  test('when its moments have a span each, however long those last', async () => {
    const moment = (spanId: string, phase: string, from: number, attributes = {}) => ({
      spanId,
      parentSpanId: '0a',
      name: `tool.search.${phase}`,
      ...at(from, 9000),
      attributes: { 'openinference.span.kind': 'TOOL', ...attributes },
    });
    const steps = await stepsFor('aa02', [
      moment('03', 'finish-7', 250),
      moment('01', 'start-7', 50, { 'tool.parameters': '{"q":1}' }),
      moment('02', 'success-7', 249, { 'output.value': 'found' }),
      moment('04', 'start-8', 300),
      moment('05', 'error-8', 400),
    ]);
    expect(steps).toMatchObject([
      {
        durationMs: 200,
        tool: { name: 'tool.search', input: { q: 1 }, output: { _value: 'found' }, status: 'success' },
      },
      { durationMs: 100, tool: { name: 'tool.search' } },
    ]);
    expect(steps).toHaveLength(2);
  });

  test.each([
    ['an agent runs between them', { attributes: { 'gen_ai.operation.name': 'invoke_agent' } }, {}, {}, 3],
    ['a model is asked between them', { attributes: { 'gen_ai.request.model': 'm' } }, {}, {}, 2],
    ['they are other tools', {}, {}, { 'gen_ai.tool.name': 'other' }, 2],
    ['they have other ids', {}, { 'gen_ai.tool.call.id': '1' }, { 'gen_ai.tool.call.id': '2' }, 2],
    ['they go round in a circle', { parentSpanId: '0c' }, {}, {}, 1],
  ])('but calls within one another are their own when %s', async (why, between, outer, inner, count) => {
    const traceId = Buffer.from(why).toString('hex').slice(0, 32);
    const steps = await stepsFor(traceId, [
      {
        spanId: '0a',
        ...(why.includes('circle') && { parentSpanId: '0c' }),
        name: 'execute_tool ask',
        ...at(1, 9),
        attributes: tool('ask', outer),
      },
      { spanId: '0b', parentSpanId: '0a', name: 'between', ...at(2, 8), ...between },
      {
        spanId: '0c',
        parentSpanId: '0b',
        name: 'execute_tool ask',
        ...at(3, 7),
        attributes: tool('ask', inner),
      },
    ]);
    expect(steps.length).toBe(count);
  });
});

type Said = [what: string, span: Partial<SpanSaid>, step: object];

const OK = { status: 'success', error: null };
const SAID: Said[] = [
  [
    'the AI SDK',
    {
      name: 'ai.toolCall',
      attributes: {
        'operation.name': 'ai.toolCall',
        'ai.operationId': 'ai.toolCall',
        'ai.toolCall.name': 'x',
        'ai.toolCall.args': '{"a":1}',
        'ai.toolCall.result': '2',
      },
    },
    { tool: { name: 'x', input: { a: 1 }, output: { _value: '2' }, ...OK } },
  ],
  [
    'Traceloop',
    {
      name: 'x.tool',
      attributes: {
        'traceloop.span.kind': 'tool',
        'traceloop.entity.name': 'x',
        'traceloop.entity.input': '[1]',
      },
    },
    { tool: { name: 'x', input: { args: [1] }, ...OK } },
  ],
  [
    'Logfire',
    {
      name: 'running tool',
      attributes: { 'gen_ai.tool.name': 'x', tool_arguments: '{}', tool_response: 'y' },
    },
    { tool: { name: 'x', input: {}, output: { _value: 'y' }, ...OK } },
  ],
  [
    'MLflow',
    { name: 'x', attributes: { 'mlflow.spanType': '"TOOL"', 'mlflow.spanInputs': '{"a":1}' } },
    { tool: { name: 'x', input: { a: 1 }, ...OK } },
  ],
  [
    'events',
    {
      name: 'execute_tool x',
      attributes: tool('x', { 'tool.status': 'error' }),
      events: [
        { name: 'gen_ai.tool.message', attributes: { content: '{"a":1}' } },
        { name: 'gen_ai.choice', attributes: { message: 'it broke' } },
      ],
    },
    { tool: { name: 'x', input: { a: 1 }, status: 'error', error: 'it broke' } },
  ],
  [
    'an exception without a status',
    {
      name: 'x',
      attributes: tool('x'),
      events: [
        { name: 'exception', attributes: { 'exception.type': 'OSError', 'exception.message': 'full' } },
      ],
    },
    { tool: { status: 'error', error: 'full' } },
  ],
  [
    'an exception that was handled',
    {
      name: 'x',
      attributes: tool('x', { 'gen_ai.tool.call.result': 'y' }),
      events: [{ name: 'exception', attributes: { 'exception.message': 'once' } }],
    },
    { tool: { ...OK, output: { _value: 'y' } } },
  ],
  [
    'a message to the model that says so',
    {
      name: 'x',
      attributes: { 'output.value': '{"tool_call_id":"1","status":"error","content":"bad input"}' },
    },
    { tool: { status: 'error', error: 'bad input' } },
  ],
  [
    'a chat that offers a tool',
    {
      name: 'chat',
      attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.tool.name': 'x' },
      status: { code: 2 },
    },
    { level: 'error', tool: null },
  ],
  [
    'an agent of the older form',
    { name: 'agent run', attributes: { agent_name: 'scout', final_result: 'Done' } },
    { level: 'info', message: 'Done', details: { agent: 'scout' } },
  ],
  [
    'an evaluation of what an agent said',
    {
      name: 'a',
      attributes: { 'gen_ai.operation.name': 'invoke_agent' },
      events: [{ name: 'gen_ai.evaluation.result', attributes: { 'gen_ai.evaluation.score.value': '0.5' } }],
    },
    { confidence: 0.5 },
  ],
  [
    'an evaluation on another scale',
    {
      name: 'a',
      attributes: { 'gen_ai.operation.name': 'invoke_agent' },
      events: [{ name: 'gen_ai.evaluation.result', attributes: { 'gen_ai.evaluation.score.value': 7 } }],
    },
    { confidence: null, details: { evaluations: [{}] } },
  ],
];

test.each(SAID)('what %s says is read', async (what, span, step) => {
  const traceId = Buffer.from(what).toString('hex').slice(0, 32);
  const steps = await stepsFor(traceId, [{ spanId: '01', name: '', ...at(0, 5), ...span }]);
  expect(steps).toMatchObject([step]);
  expect(steps).toHaveLength(1);
});

test.each([
  [
    'event',
    { events: [{ name: 'gen_ai.evaluation.result', attributes: { 'gen_ai.evaluation.score.value': 0.8 } }] },
  ],
  ['span', { name: 'gen_ai.evaluation.result', attributes: { 'gen_ai.evaluation.score.value': 0.8 } }],
])(
  'the evaluation of an answer, told as its %s, is that of the agent who asked for it',
  async (how, span) => {
    const steps = await stepsFor(`ee${Buffer.from(how).toString('hex')}`, [
      {
        spanId: '02',
        parentSpanId: '01',
        name: 'chat',
        attributes: { 'gen_ai.operation.name': 'chat' },
        ...at(1, 2),
        ...span,
      },
      { spanId: '01', name: 'a', ...at(0, 5), attributes: { 'gen_ai.operation.name': 'invoke_agent' } },
    ]);
    expect(steps).toMatchObject([{ confidence: 0.8 }]);
  },
);

const folder = process.env['OTLP_TRACES'] ?? '';

test.skipIf(!existsSync(folder))('of real agents make a step of every tool call and agent', async () => {
  const client = new WorkLogsClient({ url: team.url(), token: team.token });
  const played = await playTraces(client, folder);
  // What stands in the log besides is of the tests before.
  const results = await checkTraces(team.running.app.store, played);
  expect(
    results.flatMap(({ wrong }) => wrong.filter((words) => !words.startsWith('an entry for span'))),
  ).toEqual([]);
  expect(results.reduce((sum, { tools }) => sum + tools, 0)).toBeGreaterThan(0);
});
