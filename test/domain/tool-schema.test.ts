import { describe, expect, it } from 'vitest';
import { inputOf, toolInput, toolOutput } from '../../src/domain/tool-schema.ts';
import { POLICY, START, testManager } from './live-log.ts';

const long = 'x'.repeat(600);
const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

describe('the input of a tool', () => {
  it.each<[string, unknown, unknown]>([
    ['none', undefined, null],
    ['null', null, null],
    ['a text', 'git status', { args: ['git status'] }],
    ['a number', 0, { args: [0] }],
    ['false', false, { args: [false] }],
    ['a list', ['a', 1], { args: ['a', 1] }],
    ['an object of its own', { path: 'a.ts' }, { path: 'a.ts' }],
    [
      'the schema',
      {
        args: [1],
        kwargs: { strict: false },
        timestamp: '2026-01-05T09:00:00.000Z',
        caller: 'nanobot',
        context: {},
      },
      {
        args: [1],
        kwargs: { strict: false },
        timestamp: '2026-01-05T09:00:00.000Z',
        caller: 'nanobot',
        context: {},
      },
    ],
    ['a single argument in the schema', { args: 'a.ts' }, { args: ['a.ts'] }],
    ['what JSON cannot say', cyclic, { args: ['[object Object]'] }],
    ['a big number', 12n, { args: ['12'] }],
  ])('%s', (_, input, expected) => {
    expect(toolInput(input)).toEqual(expected);
  });

  it('has of long named arguments the beginning, and says how much is cut', () => {
    const { kwargs } = toolInput({ kwargs: { text: long, list: [long], short: [1] } }) as {
      kwargs: Record<string, unknown>;
    };
    expect(kwargs['text']).toMatch(/^x{400,}… \[cut: 1\d\d characters\]$/);
    expect(kwargs['list']).toMatch(/^\["x{400,}… \[cut: 1\d\d characters\]$/);
    expect(kwargs['short']).toEqual([1]);
  });

  it('of a call says when it was made and by whom', () => {
    expect(inputOf({ args: ['./skill'], kwargs: { strict: false } }, 'nanobot', START)).toEqual({
      args: ['./skill'],
      kwargs: { strict: false },
      timestamp: new Date(START).toISOString(),
      caller: 'nanobot',
    });
    expect(inputOf({ context: { dir: '/' } }, 'nanobot', START)).toMatchObject({
      args: [],
      kwargs: {},
      context: { dir: '/' },
    });
  });
});

describe('the output of a tool', () => {
  it.each<[string, unknown, unknown]>([
    ['none', undefined, null],
    ['an object', { risk_score: 15, next_actions: ['review'] }, { risk_score: 15, next_actions: ['review'] }],
    ['a list', [1, 2], [1, 2]],
    [
      'the schema',
      { _raw: { a: 1 }, _type: 'Report', _summary: 'fine', status: 'success', error: null, metadata: {} },
      { _raw: { a: 1 }, _type: 'Report', _summary: 'fine', status: 'success', error: null, metadata: {} },
    ],
    ['a text', 'done', { _value: 'done', _type: 'string' }],
    ['a number', 12, { _value: '12', _type: 'number', _raw: 12 }],
    ['false', false, { _value: 'false', _type: 'boolean', _raw: false }],
    ['a big number', 12n, { _value: '12', _type: 'bigint' }],
    ['no number', Number.NaN, { _value: 'NaN', _type: 'number' }],
    ['what JSON cannot say', cyclic, { _value: '[object Object]', _type: 'object' }],
    ['what writes itself as JSON', { toJSON: () => ({ a: 1 }) }, { a: 1 }],
  ])('%s', (_, output, expected) => {
    expect(toolOutput(output)).toEqual(expected);
  });
});

describe('a run in a log', () => {
  it('has the input of its call, and its output', () => {
    const { manager } = testManager(POLICY);
    const log = manager.startWorkspaceSession({
      workspaceId: '#general',
      workspaceType: 'open',
      query: 'scan',
      participants: ['@nanobot'],
    });
    const { step } = log.startTool({ name: 'scan', call: { args: ['./skill'] } })!;
    expect(log.finishTool(step, { output: true }).tool).toMatchObject({
      input: { args: ['./skill'], caller: 'nanobot', timestamp: new Date(START).toISOString() },
      output: { _value: 'true', _type: 'boolean' },
    });
    expect(log.addEntry({ toolName: 'ls', toolInput: './skill', toolOutput: ['a'] })!.tool).toMatchObject({
      input: { args: ['./skill'] },
      output: ['a'],
    });
  });
});
