import { describe, expect, it } from 'vitest';
import type { Author } from '../../../src/domain/author.ts';
import { hermes } from '../../../src/recorder/dialects/hermes.ts';
import { observation } from '../support.ts';
import { embed } from './support.ts';

const read = (content: string) => hermes.read(observation({ content }));
const ana: Author = { key: '42', name: 'Ana', kind: 'person' };
const coder: Author = { key: '43', name: 'coder', kind: 'bot' };

describe('Hermes', () => {
  it.each([
    ['💻 terminal...', 'terminal', null, undefined],
    ['🔍 web_search: "sqlite wal"', 'web_search', { query: 'sqlite wal' }, undefined],
    ['🔍 Searching the web for sqlite wal', 'web_search', { query: 'sqlite wal' }, undefined],
    ['📖 read_file: "a.py" (×3)', 'read_file', { path: 'a.py' }, { times: 3 }],
    ['📖 Reading a.py', 'read_file', { path: 'a.py' }, undefined],
    ['🐍 Running code', 'execute_code', null, undefined],
    ['📤 🔎 mcp_lookup: "id 7"', 'mcp_lookup', { preview: 'id 7' }, undefined],
    [`⚙️ lookup(['id'])\n{"id": 7}`, 'lookup', { id: 7 }, undefined],
    [`⚙️ lookup(['id'])\n{"id": "aaaa...`, 'lookup', '{"id": "aaaa...', undefined],
  ])('reads the tool run %j', (content, name, input, details) => {
    const [part, ...others] = read(content);
    expect(others).toEqual([]);
    expect(part).toMatchObject({ level: 'tool', category: 'tool', origin: 'parsed' });
    expect(part!.tool).toEqual({ name, input, output: null, status: 'unknown', error: null });
    expect(part!.details).toEqual(details);
  });

  it('reads commands in blocks below the name of the terminal, the name said once', () => {
    const parts = read('💻 terminal\n```\nls -la\n```\n```\ngit status\n```\n📖 Reading a.py\nFound it. ▉');
    expect(parts.map(({ tool, message }) => [tool?.name, tool?.input ?? message])).toEqual([
      ['terminal', { command: 'ls -la' }],
      ['terminal', { command: 'git status' }],
      ['read_file', { path: 'a.py' }],
      [undefined, 'Found it.'],
    ]);
  });

  it('reads a delegated task as coordination', () => {
    expect(read('🔀 delegate_task: "compare prices"')[0]).toMatchObject({
      level: 'coordination',
      tool: { name: 'delegate_task', input: { goal: 'compare prices' } },
    });
  });

  it('reads a heartbeat', () => {
    expect(read('⏳ Working — 3 min — iteration 4/60, terminal')[0]).toMatchObject({
      level: 'info',
      origin: 'parsed',
      details: { elapsed_ms: 180_000, iteration: 4, iterations: 60, running: 'terminal' },
    });
    expect(read('⏳ Working — 1 min')[0]!.details).toEqual({ elapsed_ms: 60_000 });
  });

  it.each([
    '🚀 Starting now',
    '✅ All good',
    '💻 My terminal is fine.',
    'Searching the web for cats',
    '⏳ Working on it',
  ])('leaves %j plain', (content) => {
    expect(read(content)).toEqual([expect.objectContaining({ origin: 'inferred', message: content })]);
  });
});

describe("Hermes' prompts", () => {
  const content =
    '⚠️ **Command Approval Required**\n\nDo you want this?\n\n**Requested command:**\n```bash\nrm -rf dist\n```\n**Reason:** deletes files';
  const card = (footer: string | null) =>
    embed({
      title: '⚠️ Command Approval Required',
      description: '```\nrm -rf dist\n```',
      fields: [{ name: 'Reason', value: 'deletes files' }],
      footer,
    });
  const request = { kind: 'approval', tool: 'terminal', command: 'rm -rf dist', reason: 'deletes files' };

  it.each([
    ['content and embed', observation({ content, embeds: [card(null)] })],
    ['content alone', observation({ content })],
    ['embed alone', observation({ embeds: [card(null)] })],
    [
      'one line',
      observation({
        content: '⚠️ **Command Approval Required** now **Reason:** deletes files',
        embeds: [card(null)],
      }),
    ],
    ['a mention above it', observation({ content: `<@42>\n${content}`, embeds: [card(null)] })],
  ])('are one request, read from %s', (_, message) => {
    expect(hermes.read(message)).toEqual([
      expect.objectContaining({ escalation: true, category: 'escalation', details: request }),
    ]);
  });

  it.each([
    ['Approved once by Ana', 'decision', 'allowed', 'once', 'Ana'],
    ['Approved for session by Ana', 'decision', 'allowed', 'session', 'Ana'],
    ['Denied by Ana by night', 'decision', 'denied', undefined, 'Ana by night'],
    ['⏱ Prompt expired — no action taken', 'warning', 'expired', undefined, undefined],
    ['⌛ Approval expired — command was not run', 'warning', 'expired', undefined, undefined],
  ])('end with %s', (footer, level, outcome, scope, person) => {
    const ended = observation({ content, embeds: [card(footer)] });
    const parts = hermes.read(ended);
    expect(parts).toEqual([expect.objectContaining({ level, person })]);
    expect(parts[0]!.details).toEqual({ ...request, outcome, ...(scope && { scope }) });
    expect(hermes.grows!(hermes.read(observation({ content, embeds: [card(null)] })), parts)).toBe(true);
  });

  it('ask questions', () => {
    const question = '❓ **Hermes needs your input**\n\nBlue or green?\n\nPick one below, or type.';
    const asked = (footer: string | null) =>
      observation({
        content: question,
        embeds: [embed({ title: '❓ Hermes needs your input', description: 'Blue or green?', footer })],
      });
    expect(hermes.read(observation({ content: question }))[0]).toMatchObject({
      escalation: true,
      message: 'Blue or green?',
      details: { kind: 'question', question: 'Blue or green?' },
    });
    expect(hermes.read(asked('Answered by Ana: green'))[0]).toMatchObject({
      level: 'decision',
      person: 'Ana',
      details: { outcome: 'answered', answer: 'green' },
    });
  });
});

describe("Hermes' envelope", () => {
  const envelope = (kind: string, token = '<@43>') =>
    observation({
      content: `${token}\nBOT_MSG v1\nreply_expected: true\nkind: ${kind}\ncorrelation_id: a-1\n---\nPlease check\nBOT_MSG v1`,
      mentions: [
        { token: '<@42>', text: '@Ana', author: ana },
        { token: '<@43>', text: '@coder', author: coder },
      ],
    });

  it.each([
    ['handoff', { level: 'handoff', handoffTo: ['coder'] }],
    ['decision_request', { level: 'coordination' }],
    ['status', { level: 'info' }],
    ['approval_decision', { level: 'decision' }],
    ['unheard_of', { level: 'info' }],
  ])('carries a %s between bots', (kind, part) => {
    expect(hermes.read(envelope(kind))).toEqual([
      expect.objectContaining({
        ...part,
        category: 'bot_conversation',
        message: 'Please check\nBOT_MSG v1',
        mentions: ['coder'],
        details: { kind, correlation_id: 'a-1', reply_expected: true },
      }),
    ]);
  });

  it('waits for a person when it is addressed to one', () => {
    expect(hermes.read(envelope('approval_request', '<@42>'))[0]).toMatchObject({
      escalation: true,
      category: 'escalation',
    });
    expect(hermes.read(envelope('approval_request'))[0]!.escalation).toBeUndefined();
  });
});

it.each([
  ['💻 terminal...', '💻 terminal...\n📖 Reading a.py', true],
  ['📖 Reading a.py', '📖 Reading a.py (×2)', true],
  ['⏳ Working — 3 min', '⏳ Working — 6 min — iteration 9/60', true],
  ['📖 Reading a.py', '📖 Reading b.py', false],
  ['It is blue.', 'It is green.', false],
])('Hermes: %j growing into %j: %s', (before, after, grows) => {
  expect(hermes.grows!(read(before), read(after))).toBe(grows);
});
