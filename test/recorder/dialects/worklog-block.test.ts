import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBlocks, takeBlocks } from '../../../src/recorder/dialects/worklog-block.ts';
import { observation } from '../support.ts';
import { embed } from './support.ts';

const block = (value: unknown) => `\`\`\`worklog\n${JSON.stringify(value, null, 2)}\n\`\`\``;
const read = (value: unknown) => readBlocks(block(value)).parts;
const faultsOf = (text: string) =>
  readBlocks(text).parts.flatMap(({ details }) => details?.['block_faults'] as string[]);

describe('a block that an agent posts', () => {
  it('is data, with every field of an entry', () => {
    expect(
      read({
        level: 'decision',
        category: 'routing',
        message: 'Use the small model',
        confidence: 0.94,
        details: { tier: 'simple' },
        alternatives: [{ name: 'large model', confidence: 0.4 }],
        duration_ms: 12.6,
        tool_name: 'router',
        tool_input: { args: [], kwargs: { text: 'hi' }, caller: 'nanobot' },
        tool_output: { _raw: { model: 'small' }, _type: 'Route' },
        tool_status: 'success',
        tool_error: null,
        mentions: ['@coder'],
        response_to: 3,
        triggered_by: '@researcher',
        coordinator_mode: true,
        escalation: false,
        shareable_insight: true,
        insight_category: 'tool_pattern',
        timestamp: '2026-02-12T10:00:00Z',
        bot_name: 'somebody else',
      }),
    ).toEqual([
      {
        level: 'decision',
        category: 'routing',
        message: 'Use the small model',
        origin: 'reported',
        confidence: 0.94,
        details: {
          tier: 'simple',
          alternatives: [{ name: 'large model', confidence: 0.4 }],
          as_reported: { timestamp: '2026-02-12T10:00:00Z', bot_name: 'somebody else' },
        },
        durationMs: 13,
        tool: {
          name: 'router',
          input: { args: [], kwargs: { text: 'hi' }, caller: 'nanobot' },
          output: { _raw: { model: 'small' }, _type: 'Route' },
          status: 'success',
          error: null,
        },
        mentions: ['coder'],
        responseTo: 3,
        triggeredBy: '@researcher',
        coordinatorMode: true,
        insight: { category: 'tool_pattern', shareNow: false, applicableTo: [] },
      },
    ]);
  });

  it.each([
    ['thinking', { type: 'thinking', message: 'm' }, { level: 'thinking', category: 'general' }],
    ['a tool run', { tool_name: 'bash' }, { level: 'tool', category: 'tool', message: 'bash' }],
    [
      'a handoff',
      { to: '@coder', message: 'please do' },
      { level: 'handoff', category: 'bot_conversation', handoffTo: ['coder'] },
    ],
    [
      'a handoff to several',
      { type: 'handoff', to: ['@a', 'b'], message: 'm' },
      { level: 'handoff', handoffTo: ['a', 'b'] },
    ],
    [
      'a correction',
      { corrects: 4, before: '100/min', after: '60/min' },
      {
        level: 'correction',
        message: '60/min',
        responseTo: 4,
        details: { corrects: 4, before: '100/min', after: '60/min' },
      },
    ],
    [
      'the start of a session',
      { session: 'start', query: 'Refactor' },
      { level: 'info', message: 'Refactor', session: 'start', log: { query: 'Refactor' } },
    ],
    [
      'the end of a session',
      { type: 'session_end', final_output: 'Done', summary: 'All well', next_actions: ['deploy'] },
      {
        message: 'Done',
        session: 'end',
        log: { finalOutput: 'Done', summary: 'All well', nextActions: ['deploy'] },
        details: { next_actions: ['deploy'] },
      },
    ],
    ['a bare end', { session: 'end' }, { message: 'Session end', session: 'end' }],
    [
      'an insight',
      { type: 'insight', message: 'm', category: 'user_preference', share: 'now', applicable_to: ['@coder'] },
      { level: 'info', insight: { category: null, shareNow: true, applicableTo: ['coder'] } },
    ],
    ['no insight', { message: 'm', shareable_insight: false, insight_category: 'x' }, { insight: undefined }],
    [
      'an artifact',
      { artifact: { ai_ml_count: 7 }, consumer: '@suggester', workflow_id: 'w1' },
      {
        message: 'Artifact for @suggester',
        artifact: { content: { ai_ml_count: 7 }, consumer: 'suggester', workflowId: 'w1' },
      },
    ],
    [
      'an escalation',
      {
        reason: 'Which policy?',
        options: ['strict', 'friendly'],
        default: 'strict',
        severity: 'high',
        timeout: '4h',
        on_timeout: 'hold',
        dedupe_key: 'policy',
      },
      {
        level: 'coordination',
        category: 'escalation',
        message: 'Which policy?',
        escalation: true,
        details: {
          kind: 'question',
          reason: 'Which policy?',
          options: ['strict', 'friendly'],
          default: 'strict',
          severity: 'high',
          timeout_ms: 14_400_000,
          on_timeout: 'hold',
          dedupe_key: 'policy',
        },
      },
    ],
    ['a reason with a key asks a person', { reason: 'Which?', dedupe_key: 'k' }, { escalation: true }],
    ['a reason with a time-out asks a person', { reason: 'Which?', timeout: '4h' }, { escalation: true }],
    ['a reason with a default asks a person', { reason: 'Which?', default: 'a' }, { escalation: true }],
    ['a grave reason asks a person', { reason: 'Which?', severity: 'critical' }, { escalation: true }],
    [
      'a grave warning is a warning',
      { type: 'warning', reason: 'Full', severity: 'high' },
      { escalation: undefined },
    ],
    [
      'an escalation in the words of an entry',
      {
        level: 'coordination',
        message: 'Need a decision',
        escalation: true,
        timeout: '2026-03-01T08:00:00Z',
      },
      { escalation: true, details: { kind: 'question', expires_at: '2026-03-01T08:00:00.000Z' } },
    ],
  ])('reads %s', (_, value, part) => {
    expect(read(value)).toEqual([expect.objectContaining(part)]);
  });

  it.each([
    [
      { status: 'error', error: 'no such file', _summary: 'Nothing read' },
      'error',
      'no such file',
      'Nothing read',
    ],
    [{ status: 'success', _summary: '3 findings' }, 'success', null, '3 findings'],
    [{ status: 'rejected', error: '' }, 'unknown', null, 'scan'],
    [['plain', 'list'], 'unknown', null, 'scan'],
  ])('understands the tool output %j', (tool_output, status, error, message) => {
    expect(read({ tool_name: 'scan', tool_output })).toEqual([
      expect.objectContaining({
        message,
        tool: { name: 'scan', input: null, output: tool_output, status, error },
      }),
    ]);
  });

  it('gives a tool an input and an output that the next agent can read', () => {
    const [part] = read({ tool_name: 'ls', tool_input: './src', tool_output: 'a.ts' });
    expect(part!.tool).toMatchObject({
      input: { args: ['./src'] },
      output: { _value: 'a.ts', _type: 'string' },
    });
  });

  it('may be a list, and a message may have several with text around them', () => {
    const text = `Found it.\n\n${block([{ message: 'one' }, { message: 'two' }])}\nMore soon.\n${block({ message: 'three' })}\n`;
    const { text: rest, parts } = readBlocks(text);
    expect(rest).toBe('Found it.\nMore soon.');
    expect(parts.map(({ message }) => message)).toEqual(['one', 'two', 'three']);
  });

  it.each([
    ['tildes', '~~~worklog\n{"message":"m"}\n~~~'],
    ['CRLF', '```worklog\r\n{\r\n"message":"m"}\r\n```\r\n'],
    ['a longer fence', '`````worklog\n{"message":"m"}\n`````'],
    ['one line', '```worklog {"message":"m"}```'],
    ['JSON beside the opening fence', '```worklog {\n"message":"m"}\n```'],
    ['a fence at the end of the last line', '```worklog\n{"message":"m"}```'],
    ['three spaces before it', '   ```worklog\n{"message":"m"}\n   ```'],
  ])('may be written with %s', (_, text) => {
    expect(readBlocks(text)).toEqual({ text: '', parts: [expect.objectContaining({ message: 'm' })] });
  });

  it.each([
    ['inside another fence', '````md\n```worklog\n{"message":"m"}\n```\n````'],
    ['inside a fence of tildes', '~~~\n```worklog\n{"message":"m"}\n```\n~~~'],
    ['indented as code', '    ```worklog\n    {"message":"m"}\n    ```'],
    ['quoted', '> ```worklog\n> {"message":"m"}\n> ```'],
    ['of another language', '```worklog-example\n{"message":"m"}\n```'],
    ['only mentioned', 'Post a ```worklog block, see the worklog docs'],
  ])('is none when it is %s', (_, text) => {
    expect(readBlocks(text)).toEqual({ text, parts: [] });
  });
});

describe('a bad block', () => {
  it('stays as it was, warns with what is wrong, and spoils no other', () => {
    const bad = block({ message: 'x', confidence: 1.5, colour: 'red' });
    const { text, parts } = readBlocks(`${bad}\n${block({ message: 'good' })}`);
    expect(text).toBe(bad);
    expect(parts).toEqual([
      expect.objectContaining({ level: 'info', message: 'good', origin: 'reported' }),
      {
        level: 'warning',
        category: 'general',
        message:
          'A worklog block could not be read: confidence: expected number to be <=1; colour: unknown field',
        origin: 'inferred',
        details: { block_faults: ['confidence: expected number to be <=1', 'colour: unknown field'] },
      },
    ]);
  });

  it.each([
    [{ confidence: -0.1, message: 'm' }, 'confidence: expected number to be >=0'],
    [{ confidence: '90%', message: 'm' }, 'confidence: expected number, received string'],
    [{ message: 7 }, 'message: expected string, received number'],
    [{}, 'message: missing: say what happened, in a sentence'],
    ['text', 'the block: expected object, received string'],
    [[], 'the block: expected array to have >=1 items'],
    [[{ message: 'm' }, { level: 'fatal' }], '[1].level: expected one of info, thinking'],
    [{ message: 'm', details: [1] }, 'details: expected object'],
    [{ message: 'm', response_to: 1.5 }, 'response_to: expected int, received number'],
    [{ message: 'm', constructor: 1, hasOwnProperty: 2 }, 'constructor: unknown field'],
    [{ type: 'tool', message: 'm' }, 'tool_name: missing in a tool run'],
    [{ type: 'handoff', message: 'm' }, 'to: missing: name who takes the work over'],
    [{ type: 'error', level: 'info', message: 'm' }, 'type: says error, but level says info'],
    [{ reason: 'r', options: Array(101).fill('a') }, 'options: expected array to have <=100 items'],
    [{ reason: 'r', options: [1] }, 'options[0]: expected string, received number'],
    [{ reason: 'r', timeout: 'soon' }, 'timeout: expected a duration such as 30m'],
    [{ message: 'm', consumer: 'x' }, 'consumer: belongs to an artifact, and there is none'],
    [{ message: 'm', ['k'.repeat(500)]: 1 }, `${'k'.repeat(40)}…: unknown field`],
  ])('%j is refused', (value, fault) => {
    expect(faultsOf(block(value))[0]).toContain(fault);
  });

  it.each([
    ['{"message":"m","details":{"__proto__":{"admin":true}}}', 'the key __proto__ is not allowed'],
    ['{"message":"m","message":"n"}', 'the key message stands twice in one object'],
    ['{"message":"m","confidence":NaN}', "it is not JSON: Unexpected token 'N'"],
    [
      `{"message":"m","details":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`,
      'it is nested deeper than 32 levels',
    ],
    [`{"message":"${'x'.repeat(2 ** 20)}"}`, 'it is too long: 1048590 characters, at most 65536 are read'],
    ['', 'it is not JSON: Unexpected end of JSON input'],
  ])('%.60s is refused', (json, fault) => {
    expect(faultsOf(`\`\`\`worklog\n${json}\n\`\`\``)).toEqual([fault]);
  });

  it('that Discord cut off says how to avoid it', () => {
    const text = '```worklog\n{"message":"a long sto';
    expect(readBlocks(text).text).toBe(text);
    expect(faultsOf(text)).toEqual([expect.stringContaining('no closing fence')]);
  });

  it('repeats no value, names a few faults and counts the rest', () => {
    const faults = faultsOf(
      block({ secret: 'hunter2', a: 1, b: 2, c: 3, d: 4, e: 5, confidence: 'hunter2' }),
    );
    expect(faults).toHaveLength(6);
    expect(faults.at(-1)).toBe('and 2 more');
    expect(faults.join()).not.toContain('hunter2');
  });

  it('never throws, whatever stands in it, and loses no text', () => {
    const piece = fc.oneof(
      fc.constantFrom('```worklog', '```', '\n', '~~~', '{"message":"m"}', '[', '{', '"', '\\', '\r\n', '`'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const { text: rest, parts } = readBlocks(text);
        expect(rest === text || parts.some(({ origin }) => origin === 'reported')).toBe(true);
      }),
    );
  });
});

describe('the blocks of a message', () => {
  it('are read from content, embeds and components, and the rest is left to read', () => {
    const { rest, parts } = takeBlocks(
      observation({
        content: `Hello\n${block({ message: 'one' })}`,
        embeds: [embed({ title: 'Report', description: block({ message: 'two' }) })],
        componentTexts: [block({ message: 'three' }), 'worklog follows'],
      }),
    );
    expect(parts.map(({ message }) => message)).toEqual(['one', 'two', 'three']);
    expect(rest).toMatchObject({
      content: 'Hello',
      embeds: [{ title: 'Report', description: '' }],
      componentTexts: ['', 'worklog follows'],
    });
  });

  it('cost a message without any nothing', () => {
    const plain = observation({ content: 'Done.' });
    expect(takeBlocks(plain).rest).toBe(plain);
  });
});
