import { describe, expect, it } from 'vitest';
import { openab } from '../../../src/recorder/dialects/openab.ts';
import { observation } from '../support.ts';

const read = (content: string) => openab.read(observation({ content }));
const grows = (before: string, after: string) => openab.grows!(read(before), read(after));

describe('openab', () => {
  it.each([
    ['🔧 `npm ci`...', 'npm ci', null, 'unknown'],
    ['✅ `npm ci`', 'npm ci', null, 'success'],
    ['❌ `npm ci`', 'npm ci', null, 'error'],
    ['✅ `Terminal: npm ci`', 'Terminal', 'npm ci', 'success'],
  ])('reads the tool run %s', (line, name, input, status) => {
    expect(read(line)).toEqual([
      expect.objectContaining({ level: 'tool', tool: { name, input, output: null, status, error: null } }),
    ]);
  });

  it.each([
    ['✅ 4 · ❌ 1 tool(s) completed', { succeeded: 4, failed: 1 }],
    ['✅ 2 · 🔧 1 tool(s)', { succeeded: 2, running: 1 }],
    ['🔧 3 more running', { running: 3 }],
  ])('reads the counts %s', (line, details) => {
    const [part] = read(line);
    expect(part).toMatchObject({ level: 'tool', origin: 'parsed', details });
    expect(part!.tool).toBeUndefined();
  });

  it.each([
    ['⚠️ Bot turn limit reached (20/20). A person has to go on.', { turns: 20, limit: 20 }],
    ['🛑 Hard bot turn limit reached (100). A person has to go on.', { turns: 100, limit: 100, hard: true }],
  ])('waits for a person at %s', (line, details) => {
    expect(read(line)).toEqual([
      expect.objectContaining({
        escalation: true,
        category: 'escalation',
        details: { kind: 'turn_limit', ...details },
      }),
    ]);
  });

  it('reads runs, the answer below them, and notices above', () => {
    const parts = read(
      '⚠️ _Session expired, starting fresh..._\n✅ `ls`\n❌ `cat x`\n\nNo such file.\n✅ really',
    );
    expect(parts.map(({ level, message }) => [level, message])).toEqual([
      ['warning', 'Session expired, starting fresh...'],
      ['tool', 'ls'],
      ['tool', 'cat x'],
      ['info', 'No such file.\n✅ really'],
    ]);
  });

  it.each(['✅ All done', '🔧 fixing it', 'Use `npm ci`.', 'First\n⚠️ mind the gap'])(
    'leaves %j plain',
    (content) => {
      expect(read(content)).toEqual([expect.objectContaining({ origin: 'inferred', message: content })]);
    },
  );

  it.each([
    ['🔧 `npm ci`...', '✅ `npm ci`', true],
    ['✅ `a`\n✅ `b`\n✅ `c`\n\nSo', '✅ 4 tool(s) completed\n\nSo it works', true],
    ['✅ `a`\n\nA very long answer', '…end of the answer', true],
    ['✅ `a`\n\nIt works', '✅ `a`\n\nIt fails', false],
    ['It works', 'It fails', false],
  ])('%j growing into %j: %s', (before, after, expected) => {
    expect(grows(before, after)).toBe(expected);
  });
});
