import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import protobuf from 'protobufjs/light.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkTraces, playTraces } from '../../bench/replay/doors/traces.ts';
import { WorkLogsClient } from '../../src/agents/client.ts';
import { OTLP_TYPES } from '../../src/agents/otlp/protobuf.ts';
import { ns, recorded, requestOf } from './otlp-support.ts';
import type { SpanSaid } from './otlp-support.ts';
import { startWithDoors } from './support.ts';
import type { WithDoors } from './support.ts';

let team: WithDoors;
beforeAll(async () => {
  team = await startWithDoors();
});
afterAll(() => team.end());

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
    const steps = await recorded(team, traceId);
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
    expect(await recorded(team, traceId)).toMatchObject(EXPECTED);
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
