import { describe, expect, it } from 'vitest';
import { openclaw } from '../../../src/recorder/dialects/openclaw.ts';
import type { Author } from '../../../src/domain/author.ts';
import { observation } from '../support.ts';
import { embed } from './support.ts';

const read = (content: string) => openclaw.read(observation({ content }));
const ana: Author = { key: '42', name: 'Ana', kind: 'person' };

describe('OpenClaw', () => {
  it.each([
    ['🛠️ Bash: run the linter', 'Bash', { command: 'run the linter' }],
    ['🛠️ Exec: `npm test`', 'Exec', { command: 'npm test' }],
    ['🔎 Web Search: for "sqlite wal"', 'Web Search', { query: 'sqlite wal' }],
    ['📖 Read: ~/src/{app.ts, log.ts}', 'Read', { paths: ['~/src/app.ts', '~/src/log.ts'] }],
    ['📖 Read: ~/notes.md', 'Read', { path: '~/notes.md' }],
    ['🧩 Ticket Lookup: id 7', 'Ticket Lookup', { detail: 'id 7' }],
    ['🌐 Browser', 'Browser', null],
  ])('reads the tool run %s', (content, name, input) => {
    expect(read(content)).toEqual([
      expect.objectContaining({
        level: 'tool',
        origin: 'parsed',
        tool: { name, input, output: null, status: 'unknown', error: null },
      }),
    ]);
  });

  it('reads a failed run', () => {
    expect(read('⚠️ 🛠️ Bash: npm test failed: exit 1')[0]!.tool).toEqual({
      name: 'Bash',
      input: { command: 'npm test' },
      output: null,
      status: 'error',
      error: 'exit 1',
    });
  });

  it.each([
    ['Reasoning:\n_The cache is stale._\n_So clear it._', 'The cache is stale.\nSo clear it.'],
    ['Thinking\n\n_One line_', 'One line'],
    ['Thinking\n\n_1. first\n2. second_', '1. first\n2. second'],
  ])('reads the thought %j', (content, message) => {
    expect(read(content)).toEqual([expect.objectContaining({ level: 'thinking', message })]);
  });

  it.each([
    ['🧑‍🔧 Sub-agent: market research', { level: 'handoff', handoffTo: ['market research'] }],
    ['🧑‍🔧 Sub-agent: label scout · task find sources', { level: 'handoff', handoffTo: ['scout'] }],
    [
      '⚙️ codex session active (idle auto-unfocus after 24h). Messages go there.',
      { session: 'start', details: { agent: 'codex' } },
    ],
    ['⚙️ Session ended. Messages here are for me again.', { session: 'end' }],
    ['⚙️ Model reset to default.', { level: 'info', origin: 'parsed', details: { system: true } }],
  ])('reads %s', (content, part) => {
    expect(read(content)).toEqual([expect.objectContaining(part)]);
  });

  it.each([
    '📊 Summary: three tests fail',
    '🎉 Done: all green',
    'Thinking about it, yes.',
    '✅ 4 of 4 tests pass',
    'Reasoning: it is simple.',
    '```\n🛠️ Bash: ls\n```',
  ])('leaves the prose %j plain', (content) => {
    expect(read(content)).toEqual([expect.objectContaining({ origin: 'inferred', message: content })]);
  });

  it('keeps tool lines and the answer apart', () => {
    const parts = read('🛠️ Bash: ls\n📖 Read: a.ts\n\nHere is what I found:\n- nothing');
    expect(parts.map(({ level }) => level)).toEqual(['tool', 'tool', 'info']);
    expect(parts[2]!.message).toBe('Here is what I found:\n- nothing');
  });
});

describe("OpenClaw's approvals", () => {
  const card = (title: string, ...more: string[]) =>
    observation({
      componentTexts: [
        `## ${title}`,
        ...more,
        '### Command\n```\nrm -rf dist\n```',
        '- Agent: main\n- Host: gateway',
        '-# Expires <t:1760000000:R> · ID: ap-7',
      ],
      mentions: [{ token: '<@42>', text: '@Ana', author: ana }],
    });
  const open = card('Exec Approval Required', 'A command needs your approval.');

  it('wait for a person', () => {
    expect(openclaw.read(open)).toEqual([
      {
        level: 'coordination',
        category: 'escalation',
        message: 'Exec approval required: rm -rf dist',
        origin: 'parsed',
        escalation: true,
        details: {
          kind: 'approval',
          tool: 'exec',
          command: 'rm -rf dist',
          id: 'ap-7',
          expires_at: '2025-10-09T08:53:20.000Z',
          context: { agent: 'main', host: 'gateway' },
        },
      },
    ]);
  });

  it.each([
    ['Exec Approval: Allowed (once)', 'decision', 'allowed', 'once'],
    ['Exec Approval: Allowed (always)', 'decision', 'allowed', 'always'],
    ['Plugin Approval: Denied', 'decision', 'denied', undefined],
  ])('end with %s, by whom it says', (title, level, outcome, scope) => {
    for (const [by, person] of [
      ['<@42>', 'Ana'],
      ['Bo', 'Bo'],
    ] as const) {
      const ended = card(title, `Resolved by ${by}`);
      expect(openclaw.read(ended)).toEqual([expect.objectContaining({ level, person })]);
      expect(openclaw.read(ended)[0]!.details).toMatchObject({ outcome, ...(scope && { scope }) });
      expect(openclaw.grows!(openclaw.read(open), openclaw.read(ended))).toBe(true);
    }
  });

  it('expire without a person', () => {
    const [part] = openclaw.read(card('Exec Approval: Expired', 'This approval request has expired.'));
    expect(part).toMatchObject({ level: 'warning', details: { outcome: 'expired' } });
    expect(part!.person).toBeUndefined();
  });

  it('may stand in an embed', () => {
    const [part] = openclaw.read(
      observation({
        embeds: [
          embed({
            title: 'Exec Approval Required',
            fields: [{ name: 'Command', value: '```\nls\n```' }],
            footer: 'Expires in 60s | ID: x1',
          }),
        ],
      }),
    );
    expect(part).toMatchObject({ escalation: true, details: { command: 'ls', id: 'x1' } });
  });
});

it('OpenClaw lets an answer take the place of a progress draft', () => {
  expect(openclaw.grows!(read('🛠️ Bash: ls'), read('All done.'))).toBe(true);
  expect(openclaw.grows!(read('All done.'), read('Nothing works.'))).toBe(false);
});
