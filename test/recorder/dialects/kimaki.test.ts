import { describe, expect, it } from 'vitest';
import { kimaki } from '../../../src/recorder/dialects/kimaki.ts';
import { observation } from '../support.ts';

const read = (content: string, flags = 0) => kimaki.read(observation({ content, flags }));
const tool = (name: string, input: unknown, more = {}) => ({
  level: 'tool',
  category: 'tool',
  origin: 'parsed',
  tool: { name, input, output: null, status: 'unknown', error: null, ...more },
});

describe('kimaki', () => {
  it.each([
    ['┣ bash _npm run lint_', tool('bash', { command: 'npm run lint' })],
    [String.raw`┣ bash _ls a\_b\*_`, tool('bash', { command: 'ls a_b*' })],
    ['┣ grep *useState*', tool('grep', { pattern: 'useState' })],
    ['┣ read *index.ts*', tool('read', { path: 'index.ts' })],
    ['┣ bash', tool('bash', null)],
    [
      '┣ linear_search (query: login, retry, limit: 5)',
      tool('linear_search', { query: 'login, retry', limit: '5' }),
    ],
    ['-# ┣ webfetch *example.org/docs*', tool('webfetch', { url: 'example.org/docs' })],
    ['┣ thinking', { level: 'thinking', message: 'thinking' }],
    ['┣ scout-2 ⋅ thinking', { level: 'thinking', details: { subtask: 'scout-2' } }],
    ['┣ scout-2 ⋅ read *a.ts*', { ...tool('read', { path: 'a.ts' }), details: { subtask: 'scout-2' } }],
    [
      '┣ explore **find the callers**',
      {
        level: 'handoff',
        message: 'find the callers',
        handoffTo: ['explore'],
        details: { subagent: 'explore' },
      },
    ],
    ['◼︎ edit *auth.ts* (+3-1)', tool('edit', { path: 'auth.ts', added: 3, removed: 1 })],
    ['◼ write *b.ts* (12 lines)', tool('write', { path: 'b.ts', lines: 12 })],
    ['◼︎ write (1 line)', tool('write', { lines: 1 })],
    [
      '◼︎ apply_patch *a.ts* (+1-0), *b.ts* (+2-2)',
      tool('apply_patch', {
        files: [
          { path: 'a.ts', added: 1, removed: 0 },
          { path: 'b.ts', added: 2, removed: 2 },
        ],
      }),
    ],
    ['⨯ bash exit code 2', tool('bash', null, { status: 'error', error: 'exit code 2' })],
    [
      '⨯ scout-2 ⋅ read not found',
      { ...tool('read', null, { status: 'error', error: 'not found' }), details: { subtask: 'scout-2' } },
    ],
    ['⬥ All green now.', { level: 'info', origin: 'parsed', message: 'All green now.' }],
    ['⬦ context usage 80%', { level: 'info', category: 'context', details: { context_percent: 80 } }],
    ['⬦ compacting', { level: 'info', origin: 'parsed', message: 'compacting' }],
    ['✗ OpenCode API error: 529', { level: 'error', message: 'OpenCode API error: 529' }],
    ['⒊ **write the tests**', { level: 'info', message: 'write the tests', details: { todo: 3 } }],
    ['4.  **ship it**', { level: 'info', message: 'ship it', details: { todo: 4 } }],
    ['» **Ana B.:** go on', { level: 'info', message: 'go on', person: 'Ana B.' }],
    [
      '*shop ⋅ main ⋅ 1m 2s ⋅ 12% ⋅ opus-5 ⋅ **build***',
      {
        level: 'info',
        durationMs: 62_000,
        details: {
          folder: 'shop',
          branch: 'main',
          duration: '1m 2s',
          context_percent: 12,
          model: 'opus-5',
          agent: 'build',
        },
      },
    ],
    [
      '*shop ⋅ 48s ⋅ 3% ⋅ opus-5*',
      {
        durationMs: 48_000,
        details: { folder: 'shop', duration: '48s', context_percent: 3, model: 'opus-5' },
      },
    ],
  ])('reads %s', (line, part) => {
    expect(read(line)).toEqual([expect.objectContaining(part)]);
  });

  it('reads a whole message in its order, and runs a text on to the next mark', () => {
    const parts = read('┣ thinking\n┣ bash _ls_\n⬥ Two files:\n- a\n- b\n*shop ⋅ main ⋅ 9s ⋅ 2% ⋅ opus-5*');
    expect(parts.map(({ level, message }) => [level, message])).toEqual([
      ['thinking', 'thinking'],
      ['tool', 'bash _ls_'],
      ['info', 'Two files:\n- a\n- b'],
      ['info', 'shop ⋅ main ⋅ 9s ⋅ 2% ⋅ opus-5'],
    ]);
  });

  it('does not end the session with a run, and tells what is said on the way from what is final', () => {
    const footer = '*shop ⋅ main ⋅ 9s ⋅ 2% ⋅ opus-5*';
    expect(read(footer)[0]).not.toHaveProperty('session');
    expect(read('⬥ Looking.', 4096)[0]).toMatchObject({ details: { intermediate: true } });
    expect(read('⬥ Found it.')[0]!.details).toBeUndefined();
  });

  it.each([
    'The ┣ glyph stands for a tool.',
    '*not ⋅ a ⋅ footer*',
    '**Summary**\nAll is well.',
    '```\n┣ bash _ls_\n```',
    '1. **first point** and more',
    'Permission is granted by nobody.',
  ])('leaves %j plain', (content) => {
    expect(read(content)).toEqual([
      { level: 'info', category: 'general', origin: 'inferred', message: content },
    ]);
  });
});

describe("kimaki's cards", () => {
  const asked = '⚠️ **Permission Required**\n**Type:** `bash`\n**Pattern:** `git push *`';

  it('wait for a person', () => {
    expect(read(asked)).toEqual([
      {
        level: 'coordination',
        category: 'escalation',
        message: 'Permission required: bash: git push *',
        origin: 'parsed',
        escalation: true,
        details: { kind: 'approval', tool: 'bash', pattern: 'git push *' },
      },
    ]);
  });

  it.each([
    ['✅ Permission **accepted**', 'decision', { outcome: 'allowed' }],
    [
      '✅ Permission **accepted** (auto-approve similar requests)',
      'decision',
      { outcome: 'allowed', scope: 'auto-approve similar requests' },
    ],
    ['❌ Permission **rejected**', 'decision', { outcome: 'denied' }],
    ['_Permission expired after 10 minutes and was rejected._', 'warning', { outcome: 'expired' }],
    ['_Permission dismissed - user sent a new message._', 'warning', { outcome: 'dismissed' }],
  ])('end with %s', (status, level, details) => {
    const before = read(asked);
    for (const content of [`${asked}\n${status}`, ...(status.startsWith('_') ? [] : [status])]) {
      const [part, ...others] = read(content);
      expect(others).toEqual([]);
      expect(part).toMatchObject({ level, details });
      expect(part!.escalation).toBeUndefined();
      expect(kimaki.grows!(before, read(content))).toBe(true);
    }
  });

  it('ask a question and get an answer', () => {
    const question = '**Database**\nWhich one shall I use?';
    expect(read(question)).toEqual([
      expect.objectContaining({
        escalation: true,
        message: 'Database: Which one shall I use?',
        details: { kind: 'question', header: 'Database', question: 'Which one shall I use?' },
      }),
    ]);
    expect(read(`${question}\n✓ _SQLite_`)).toEqual([
      expect.objectContaining({
        level: 'decision',
        details: expect.objectContaining({ answer: 'SQLite', outcome: 'answered' }),
      }),
    ]);
  });

  it('are corrected when they change into something else', () => {
    expect(kimaki.grows!(read('⬥ Yes'), read('⬥ No'))).toBe(false);
  });
});
