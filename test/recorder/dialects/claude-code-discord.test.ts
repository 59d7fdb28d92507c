import { describe, expect, it } from 'vitest';
import { claudeCodeDiscord } from '../../../src/recorder/dialects/claude-code-discord.ts';
import type { EmbedText } from '../../../src/recorder/observation.ts';
import { observation } from '../support.ts';
import { embed } from './support.ts';

const message = (extra: Partial<EmbedText>) => observation({ embeds: [embed(extra)] });
const read = (extra: Partial<EmbedText>) => claudeCodeDiscord.read(message(extra));
const field = (name: string, value: string) => ({ name, value });

describe('claude-code-discord', () => {
  it.each([
    [
      { title: '🔧 Tool Use: Read', description: '```json\n{\n  "file_path": "a.ts"\n}\n```' },
      { level: 'tool', tool: expect.objectContaining({ name: 'Read', input: { file_path: 'a.ts' } }) },
    ],
    [
      {
        title: '✏️ Tool Use: Edit',
        fields: [
          field('📁 File Path', '`a.ts`'),
          field('🔴 Replacing', '```\nold\n```'),
          field('🟢 With', '```\nnew\n```'),
        ],
      },
      {
        tool: expect.objectContaining({
          name: 'Edit',
          input: { file_path: 'a.ts', replacing: 'old', with: 'new' },
        }),
      },
    ],
    [
      { title: '🔧 Tool Use: Bash', description: '```json\n{\n  "command": "ls\n... (cut)\n```' },
      { tool: expect.objectContaining({ name: 'Bash', input: '{\n  "command": "ls\n... (cut)' }) },
    ],
    [
      { title: '✅ Tool Result (+4 more lines)', description: '```\n12 passed\n```' },
      { level: 'tool', message: '12 passed', details: { result: true, cut_lines: 4 } },
    ],
    [
      { title: '⏳ Bash running...', description: 'Elapsed: 7.5s' },
      { level: 'tool', message: 'Bash running...', details: { running: 'Bash', elapsed_ms: 7500 } },
    ],
    [
      { title: '💭 Thinking (1/2)', description: 'Where is it used?' },
      { level: 'thinking', message: 'Where is it used?', details: { chunk: 1, chunks: 2 } },
    ],
    [
      { title: 'Assistant', description: 'It is unused.' },
      { level: 'info', origin: 'parsed', message: 'It is unused.' },
    ],
    [
      { title: '🚀 Subagent Task Started', description: 'Find callers', fields: [field('Type', 'explorer')] },
      { level: 'handoff', message: 'Find callers', handoffTo: ['explorer'] },
    ],
    [
      { title: '✅ Subagent Task Completed', description: 'None' },
      { level: 'coordination', details: { subagent: true, status: 'completed' } },
    ],
    [
      { title: '❌ Subagent Task Failed', description: 'Lost' },
      { level: 'error', message: 'Lost' },
    ],
    [
      {
        title: '✅ Claude Code Complete',
        fields: [
          field('Session ID', '`s-1`'),
          field('Model', 'opus'),
          field('Cost', '$0.1234'),
          field('Duration', '12.50s'),
          field('Stop Reason', '✅ Completed'),
        ],
      },
      {
        level: 'info',
        durationMs: 12_500,
        details: {
          session_id: 's-1',
          model: 'opus',
          cost_usd: 0.1234,
          duration: '12.50s',
          stop_reason: 'Completed',
        },
      },
    ],
    [
      { title: '🛑 Shutdown', description: 'Stopped by SIGTERM' },
      { level: 'warning', message: 'Shutdown\nStopped by SIGTERM' },
    ],
    [{ title: '❌ Claude Code Error', description: 'Overloaded' }, { level: 'error' }],
    [
      { title: 'Weather', description: 'Sunny', fields: [field('Wind', 'low')], footer: 'by me' },
      { level: 'info', origin: 'inferred', message: 'Weather\nSunny\nWind: low\nby me' },
    ],
  ])('reads the embed %j', (extra, part) => {
    expect(read(extra)).toEqual([expect.objectContaining(part)]);
  });

  it('takes the call of a tool for a run, and neither its signs of life nor its result', () => {
    const said = [
      { title: '🔧 Tool Use: Bash', description: '```json\n{"command":"npm test"}\n```' },
      { title: '⏳ Bash running...', description: 'Elapsed: 6.0s' },
      { title: '⏳ Bash running...', description: 'Elapsed: 11.0s' },
      { title: '✅ Tool Result', description: '```\n12 passed\n```' },
    ];
    expect(said.flatMap(read).map(({ tool }) => tool?.name)).toEqual([
      'Bash',
      undefined,
      undefined,
      undefined,
    ]);
  });

  const request = {
    title: '🔐 Permission Request: Bash',
    description: 'Claude wants to Run command: `rm -rf dist`',
    fields: [field('Tool', '`Bash`'), field('Input', '```json\n{"command": "rm -rf dist"}\n```')],
  };
  const details = {
    kind: 'approval',
    tool: 'Bash',
    command: 'rm -rf dist',
    input: { command: 'rm -rf dist' },
  };

  it('waits for a permission', () => {
    expect(read(request)).toEqual([
      expect.objectContaining({
        escalation: true,
        message: 'Permission Request: Bash: rm -rf dist',
        details,
      }),
    ]);
  });

  it.each([
    [{ ...request, title: '✅ Permission Granted: Bash', footer: 'Allowed by Ana' }, 'allowed', 'Ana'],
    [{ ...request, footer: 'Denied by Ana' }, 'denied', 'Ana'],
    [{ ...request, title: '🚫 Permission Denied: Bash' }, 'denied', undefined],
  ])('tells how it ended: %j', (extra, outcome, person) => {
    expect(read(extra)).toEqual([
      expect.objectContaining({
        level: 'decision',
        person,
        details: expect.objectContaining({ ...details, outcome }),
      }),
    ]);
    expect(claudeCodeDiscord.grows!(read(request), read(extra))).toBe(true);
  });

  it('does not take a refusal by the mode for a decision', () => {
    expect(
      read({ title: '🚫 Permission Denied: Bash', description: 'Blocked by the current permission mode' }),
    ).toEqual([
      expect.objectContaining({
        level: 'warning',
        details: { kind: 'approval', tool: 'Bash', outcome: 'denied' },
      }),
    ]);
  });

  it('asks a question with its options', () => {
    const question = {
      title: '❓ Claude needs your input — Colour',
      description: 'Which one?',
      fields: [field('1. Blue', 'calm'), field('2. Green', 'fresh')],
      footer: 'Click an option to answer',
    };
    expect(read(question)).toEqual([
      expect.objectContaining({
        escalation: true,
        message: 'Which one?',
        details: { kind: 'question', header: 'Colour', question: 'Which one?', options: ['Blue', 'Green'] },
      }),
    ]);
  });

  it('reads several embeds and the text above them, in their order', () => {
    const parts = claudeCodeDiscord.read(
      observation({
        content: 'Hi',
        embeds: [embed({ title: '💭 Thinking', description: 'Hm' }), embed({ description: 'no title' })],
      }),
    );
    expect(parts.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'Hi'],
      ['thinking', 'Hm'],
      ['info', 'no title'],
    ]);
  });
});
