import { describe, expect, it } from 'vitest';
import { hkudsNanobot } from '../../../src/recorder/dialects/hkuds-nanobot.ts';
import { observation } from '../support.ts';

const runs = (content: string) =>
  hkudsNanobot
    .read(observation({ content }))
    .map(({ tool, details }) => [tool?.name, tool?.input, details?.['times']]);

describe("nanobot's hints", () => {
  it.each([
    ['$ git log -3', [['exec', { command: 'git log -3' }, undefined]]],
    ['$ echo a, b && ls', [['exec', { command: 'echo a, b && ls' }, undefined]]],
    [
      'read src/a.py × 2, grep "def main"',
      [
        ['read', { path: 'src/a.py' }, 2],
        ['grep', { pattern: 'def main' }, undefined],
      ],
    ],
    ['search "cats, read dogs.txt"', [['search', { query: 'cats, read dogs.txt' }, undefined]]],
    ['fetch https://example.org/a', [['fetch', { url: 'https://example.org/a' }, undefined]]],
    ['ls src', [['ls', { path: 'src' }, undefined]]],
    ['glob "**/*.ts"', [['glob', { pattern: '**/*.ts' }, undefined]]],
    ['github::create_issue("Login fails")', [['github::create_issue', 'Login fails', undefined]]],
    ['github::list', [['github::list', null, undefined]]],
    [
      'my_tool("a"), list_dir',
      [
        ['my_tool', 'a', undefined],
        ['list_dir', null, undefined],
      ],
    ],
    ['edit …/deep/path/file.ts', [['edit', { path: '…/deep/path/file.ts' }, undefined]]],
  ])('%s', (content, expected) => {
    expect(runs(content)).toEqual(expected);
  });

  it.each([
    'read more about it, please',
    'read src/a.py and tell me',
    'search for "cats"',
    'edit it',
    'I ran $ git log',
    '$ git log\nshows three commits',
    'write tests, then ship',
    'fetch("a") is a function. Use it.',
    'hello',
  ])('%j is prose', (content) => {
    expect(hkudsNanobot.read(observation({ content }))).toEqual([
      { level: 'info', category: 'general', origin: 'inferred', message: content },
    ]);
    expect(hkudsNanobot.recognises(observation({ content }))).toBe(false);
  });
});
