import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, stepsFor, tool } from './otlp-support.ts';
import type { SpanSaid } from './otlp-support.ts';
import { startWithDoors } from './support.ts';
import type { WithDoors } from './support.ts';

let team: WithDoors;
beforeAll(async () => {
  team = await startWithDoors();
});
afterAll(() => team.end());

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
  const steps = await stepsFor(team, traceId, [{ spanId: '01', name: '', ...at(0, 5), ...span }]);
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
    const steps = await stepsFor(team, `ee${Buffer.from(how).toString('hex')}`, [
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
