import { describe, expect, it } from 'vitest';
import { toAgentArtifact } from '../../src/domain/artifact.ts';
import type { Entry, ToolRun } from '../../src/domain/entry.ts';
import { toRecord } from '../../src/domain/entry-record.ts';
import { entry } from '../views/support.ts';

const options = { confidenceThreshold: 0.7 };

function run(output: unknown, overrides: Partial<ToolRun> = {}): Partial<Entry> {
  return { tool: { name: 'bird', input: null, output, status: 'success', error: null, ...overrides } };
}

function recommendationsOf(...overrides: Partial<Entry>[]): string[] {
  const entries = overrides.map((each, index) => entry(index + 1, each));
  return toAgentArtifact({ query: 'q', finalOutput: null }, entries, options).recommendations;
}

describe('the artifact of a session', () => {
  it('of nothing is whole, with a final output of null', () => {
    expect(toAgentArtifact({ query: 'q', finalOutput: null }, [], options)).toEqual({
      schema: 'work-log-v1',
      workflow_id: null,
      query: 'q',
      decisions: [],
      summary: { total_steps: 0, tool_calls: 0, errors: 0, total_duration_ms: 0, final_output: null },
      recommendations: [],
    });
  });

  it('cuts a long final output to 500 characters', () => {
    const { final_output } = toAgentArtifact(
      { query: '', finalOutput: 'x'.repeat(900) },
      [],
      options,
    ).summary;
    expect(final_output).toHaveLength(500);
    expect(final_output).toMatch(/x… \[cut: \d+ characters\]$/);
  });

  it('has the tool runs alone as decisions, and sums up all steps', () => {
    const entries = [
      entry(1, { durationMs: 30 }),
      entry(2, {
        ...run(null, { status: 'error', error: 'no' }),
        level: 'error',
        durationMs: 12,
        confidence: 0,
      }),
    ];
    const artifact = toAgentArtifact({ query: '', finalOutput: 'ok' }, entries, {
      ...options,
      workflowId: 'flow',
    });
    expect(artifact).toMatchObject({
      workflow_id: 'flow',
      decisions: [{ step: 2, tool: 'bird', output: null, status: 'error', error: 'no', confidence: 0 }],
      summary: { total_steps: 2, tool_calls: 1, errors: 1, total_duration_ms: 42, final_output: 'ok' },
    });
  });
});

describe('recommendations', () => {
  it.each<[string, Partial<Entry>[], string[]]>([
    [
      'next actions of tools, each once',
      [run({ next_actions: ['a', 'b'] }), run({ next_actions: ['b'] })],
      ['a', 'b'],
    ],
    ['next actions beside a tool run', [{ details: { next_actions: ['a'] } }], ['a']],
    ['a look at errors', [{ level: 'error' }, { level: 'error' }], ['review_errors']],
    ['a check of what was unsure', [{ confidence: 0.69 }], ['verify_low_confidence_decisions']],
    ['a check of what had no confidence at all', [{ confidence: 0 }], ['verify_low_confidence_decisions']],
    ['nothing where no confidence was given', [{ confidence: null }, { confidence: 0.7 }], []],
    [
      'all of these in this order',
      [{ confidence: 0.1, level: 'error' }, run({ next_actions: ['a', 'review_errors'] })],
      ['a', 'review_errors', 'verify_low_confidence_decisions'],
    ],
  ])('are %s', (_, entries, expected) => {
    expect(recommendationsOf(...entries)).toEqual(expected);
  });

  it.each([
    null,
    'text',
    ['next_actions'],
    { next_actions: 'one' },
    { next_actions: [1, null, '', ' ', {}] },
  ])('are none in an output such as %j', (output) => {
    expect(recommendationsOf(run(output))).toEqual([]);
  });

  it('are no more than 50 named ones of 200 characters, and the inferred ones are never crowded out', () => {
    const next_actions = Array.from({ length: 500 }, (_, n) => `${n}${'x'.repeat(300)}`);
    const all = recommendationsOf(run({ next_actions }), { level: 'error' });
    expect(all).toHaveLength(51);
    expect(all.at(-1)).toBe('review_errors');
    expect(Math.max(...all.map(({ length }) => length))).toBe(200);
  });
});

it('a record has every field of a step under its public name', () => {
  const step = entry(3, {
    ...run({ ok: 1 }, { input: [2] }),
    confidence: 0,
    responseTo: 2,
    insightCategory: 'tool_pattern',
    editedAt: 0,
  });
  const setting = { workspaceId: '#x', workspaceType: 'project', participants: ['nanobot'] } as const;
  expect(toRecord(step, { ...setting, participants: ['nanobot'] })).toEqual({
    session_id: step.sessionId,
    timestamp: '2026-01-05T09:10:03.000Z',
    level: 'info',
    step: 3,
    category: 'general',
    message: 'what was said in step 3',
    workspace_id: '#x',
    workspace_type: 'project',
    participants: ['nanobot'],
    triggered_by: 'user',
    bot_name: 'nanobot',
    bot_role: 'specialist',
    author_kind: 'bot',
    details: {},
    confidence: 0,
    duration_ms: null,
    coordinator_mode: false,
    escalation: false,
    tool_name: 'bird',
    tool_input: [2],
    tool_output: { ok: 1 },
    tool_status: 'success',
    tool_error: null,
    mentions: [],
    handoff_to: [],
    response_to: 2,
    shareable_insight: true,
    insight_category: 'tool_pattern',
    origin: 'inferred',
    message_id: step.messageId,
    masked: 0,
    edited_at: '1970-01-01T00:00:00.000Z',
    deleted_at: null,
  });
});
