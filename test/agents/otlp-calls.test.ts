import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, stepsFor, tool } from './otlp-support.ts';
import { startWithDoors } from './support.ts';
import type { WithDoors } from './support.ts';

let team: WithDoors;
beforeAll(async () => {
  team = await startWithDoors();
});
afterAll(() => team.end());

describe('a call of a tool is one step', () => {
  test('when a framework and both ends of MCP have a span for it each', async () => {
    const failed = { status: { code: 2, message: 'no such city' } };
    const steps = await stepsFor(team, 'aa01', [
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
    const steps = await stepsFor(team, 'aa02', [
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
    const steps = await stepsFor(team, traceId, [
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
