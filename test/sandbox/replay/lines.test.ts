import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { textOf } from '../../../sandbox/demo/conversation.ts';
import { readReplay } from '../../../sandbox/replay/lines.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'work-logs-replay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function linesOf(...messages: object[]) {
  const file = join(folder, 'talk.ndjson');
  writeFileSync(file, `${JSON.stringify({ id: 'one', messages })}\n`);
  return readReplay(file).conversations[0]!.lines;
}

const ran = (tool: object) => ({ author: 'coder', role: 'bot', content: '', tool });

test('people and bots say what they said, long messages in pieces, with a mention of the bot that is meant', () => {
  const lines = linesOf(
    { author: 'Ana', role: 'human', content: 'Please help', to: 'coder' },
    { author: 'coder', role: 'bot', content: `${'a'.repeat(1990)} ${'b'.repeat(30)}`, to: 'Ana' },
    { author: 'coder', role: 'bot', content: '   ' },
  );
  expect(lines).toEqual([
    { from: 'Ana', say: 'Please help', to: 'coder' },
    { from: 'coder', say: 'a'.repeat(1990) },
    { from: 'coder', say: 'b'.repeat(30) },
  ]);
});

test('a tool run is reported with all that is known of it', () => {
  const tool = {
    name: 'Read',
    input: { path: 'a.ts' },
    output: 'ok',
    status: 'success',
    error: null,
    duration_ms: 12,
  };
  expect(linesOf({ ...ran(tool), content: 'I look' })).toEqual([
    { from: 'coder', say: 'I look' },
    {
      from: 'coder',
      say: '',
      report: {
        type: 'tool',
        message: 'Read a.ts',
        tool_name: 'Read',
        tool_status: 'success',
        duration_ms: 12,
        tool_input: { path: 'a.ts' },
        tool_output: 'ok',
      },
    },
  ]);
});

test.each([
  ['a long output', { name: 'Read', output: 'x'.repeat(5000) }, /"tool_output":"x{300}…"/],
  [
    'a large input',
    { name: 'Write', input: { text: 'y'.repeat(5000) } },
    /"tool_input":"\{\\"text\\":\\"y+…"/,
  ],
  ['what grows as JSON', { name: 'Bash', output: '\u0001'.repeat(2000) }, /"tool_name":"Bash"/],
])('%s is cut to what one message holds', (_, tool, shown) => {
  const text = textOf(linesOf(ran(tool))[0]!);
  expect(text.length).toBeLessThanOrEqual(2000);
  expect(text).toMatch(shown);
});
