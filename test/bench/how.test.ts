import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const dir = mkdtempSync(join(tmpdir(), 'work-logs-how-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function bench(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const script = join(import.meta.dirname, '../../bench/how.ts');
    const child = execFile(process.execPath, [script, ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode!, stdout, stderr }),
    );
  });
}

let files = 0;

function fileOf(...conversations: object[]): string {
  const path = join(dir, `${(files += 1)}.ndjson`);
  writeFileSync(path, conversations.map((one) => JSON.stringify(one)).join('\n'));
  return path;
}

type Said = [author: string, content: string];

function conversation(id: string, said: Said[], failure?: { step: number; reason: string }): object {
  const messages = said.map(([author, content]) => ({
    author,
    content,
    role: author === 'mia' ? 'human' : 'bot',
  }));
  return { id, messages, failure };
}

const talk = (...texts: string[]): Said[] => texts.map((text) => ['skipper', text]);

/** Code that is never called code, after much talk about code. */
const tides = conversation(
  'tides',
  [
    ['mia', 'When does the ferry leave? Somebody write code for the tide table.'],
    ...talk(
      'The tide code is yours, coder.',
      'We need the tide code by noon.',
      'Is the code for the tide done?',
      'No code, no tide, no ferry.',
      'The tide waits for no code.',
    ),
    ['coder', 'Here:\n```python\nfor hour in range(24):\n  print(level(hour))\n```'],
    ['terminal', 'level: 3.1 m at 06:00'],
  ],
  { step: 6, reason: 'The code for the tide is wrong.' },
);

/** A text of several messages by the bot that is named. */
const menu = conversation(
  'menu',
  [
    ['mia', 'Plan the menu for the wedding'],
    ...talk(
      'The menu has too many nuts, cook.',
      'Nuts on the menu, cook?',
      'Cook, a menu without nuts!',
      'The nuts, the menu, the cook.',
      'What did the cook do with the nuts on the menu?',
    ),
    [
      'cook',
      `First the soup. ${'We simmer it slowly. '.repeat(120)}\nThen a cake of almonds and other nuts.`,
    ],
    ['mia', 'Thanks'],
  ],
  { step: 6, reason: 'The cook put nuts into it.' },
);

const quoted = conversation(
  'quoted',
  [
    ['skipper', 'We sail at dawn.'],
    ['cook', 'Without breakfast?'],
  ],
  { step: 0, reason: 'we sail at DAWN' },
);

const unasked = conversation('unasked', talk('Nothing went wrong here with code, nuts or the dawn.'));

interface Figures {
  questions: number;
  how: { first: number; first_five: number; median_position: number | null };
  bm25: { first_five: number };
  substring: { first_five: number; median_position: number | null };
  ahead_of_bm25_in_first_five: number;
  met: boolean;
}

describe('bench:how', () => {
  test('asks each annotation in its own workspace, and prints one JSON object with what was found in three ways', async () => {
    const { code, stdout } = await bench('--json', fileOf(tides, unasked, menu, quoted));
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const { how, bm25, substring, ...rest } = JSON.parse(stdout) as Figures;
    expect(how).toEqual({ first: 1, first_five: 1, median_position: 1 });
    expect(bm25.first_five).toBeCloseTo(2 / 3);
    expect(substring).toMatchObject({ first_five: 1 / 3, median_position: null });
    expect(rest).toMatchObject({ questions: 3, met: true });
    expect(rest.ahead_of_bm25_in_first_five).toBeCloseTo(1 / 3);
    expect(code).toBe(0);
  });

  test('ends with 1 where it is not ahead, and says by how much, in a table for people', async () => {
    const { code, stdout } = await bench(fileOf(quoted));
    expect(stdout).toMatch(/^\/how +100\.0 % +100\.0 % +1$/m);
    expect(stdout).toContain('✗ ahead of BM25 in the first five: 0 (target ≥ 0.05)');
    expect(code).toBe(1);
  });

  test('cannot find what Discord does not take', async () => {
    const empty = conversation('empty', [['skipper', '  '], ...talk('What is empty?')], {
      step: 0,
      reason: 'it is empty',
    });
    const { stdout } = await bench('--json', fileOf(empty));
    expect(JSON.parse(stdout)).toMatchObject({ how: { first_five: 0, median_position: null }, met: false });
  });

  test.each([
    ['a file that is not there', () => join(dir, 'none.ndjson'), 'none.ndjson: cannot be read (ENOENT)'],
    ['no annotation', () => fileOf(unasked), 'no conversation has a "failure"'],
    [
      'an annotation of no message',
      () => fileOf(conversation('off', talk('one'), { step: 1, reason: 'why' })),
      'failure.step: must be the index of one of the messages',
    ],
  ])('ends with 2 for %s and says what is wrong', async (_, path, message) => {
    const { code, stdout, stderr } = await bench(path());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('ends with 2 without a file', async () => {
    const { code, stderr } = await bench();
    expect(code).toBe(2);
    expect(stderr).toContain("missing required argument 'file'");
  });
});
