import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const dir = mkdtempSync(join(tmpdir(), 'work-logs-digest-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function bench(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const script = join(import.meta.dirname, '../../bench/digest.ts');
    const child = execFile(process.execPath, [script, ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode!, stdout, stderr }),
    );
  });
}

function fileOf(name: string, ...conversations: object[]): string {
  const path = join(dir, `${name}.ndjson`);
  writeFileSync(path, conversations.map((one) => JSON.stringify(one)).join('\n'));
  return path;
}

const said = (author: string, content: string) => ({
  author,
  content,
  role: author === 'mia' ? 'human' : 'bot',
});

/** The mate’s failure is told; the cook’s mistake shows in no word of his. */
const voyage = [
  said('mia', 'Plan the voyage to the island.'),
  said('mate', 'Failed: the chart of the island could not be loaded.'),
  said('cook', 'Dinner is fish.'),
  said('skipper', 'We sail at dawn.'),
];
const told = { id: 'told', messages: voyage, failure: { step: 1, reason: 'no chart', agent: 'mate' } };
const untold = { id: 'untold', messages: voyage, failure: { step: 2, reason: 'no fish', agent: 'cook' } };

test('says how often the step at fault is told of, how often it would be by chance, and whose fault it was', async () => {
  const { code, stdout } = await bench('--json', fileOf('both', told, untold));
  expect(stdout.trim().split('\n')).toHaveLength(1);
  // Of four messages two have a line: the failure, and the question of the session, which is still open.
  expect(JSON.parse(stdout)).toMatchObject({
    conversations: 2,
    whole: { found: 0.5, by_chance: 0.5, lines: 2 },
    folded: { found: 0.5, by_chance: 0.5, lines: 2 },
    agent_named: 0.5,
    agent_by_chance: 1 / 3,
  });
  expect(code).toBe(0);
});

test('prints a table for people', async () => {
  const { stdout } = await bench(fileOf('one', told));
  expect(stdout).toMatch(/^whole report +100\.0 % +50\.0 % +2 +\d+ +\d+$/m);
  expect(stdout).toContain('named in “Went wrong” or “Unsure” in 100.0 %; as many agents by chance: 33.3 %.');
});

test('ends with 2 where no conversation is annotated', async () => {
  const { code, stderr } = await bench(fileOf('none', { id: 'plain', messages: voyage }));
  expect(code).toBe(2);
  expect(stderr).toContain('no conversation has a "failure"');
});
