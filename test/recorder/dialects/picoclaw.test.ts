import { describe, expect, it } from 'vitest';
import { picoclaw } from '../../../src/recorder/dialects/picoclaw.ts';
import { observation } from '../support.ts';

const read = (content: string) => picoclaw.read(observation({ content }));
const run = (name: string, input: unknown, message: string) =>
  expect.objectContaining({
    level: 'tool',
    message,
    tool: { name, input, output: null, status: 'unknown', error: null },
  });

describe('PicoClaw', () => {
  it.each([
    [
      '🔧 `exec`\nLook at the files\n```json\n{"cmd": "ls"}\n```',
      run('exec', { cmd: 'ls' }, 'Look at the files'),
    ],
    ['🔧 `exec`\nLook at the files...', run('exec', null, 'Look at the files')],
    [
      '🔧 `exec`\nLook at the files\n```json\n{"cmd": "ls"}\n```..',
      run('exec', { cmd: 'ls' }, 'Look at the files'),
    ],
    ['🔧 `exec..`\nLook at the files', run('exec', null, 'Look at the files')],
    ['🔧 `read_filerunning..`\nRead it', run('read_file', null, 'Read it')],
    ['🔧 `exec`', run('exec', null, 'exec')],
    ['🔧 `exec`\n```json\n{"cmd": "ls", "mo...\n```', run('exec', '{"cmd": "ls", "mo...', 'exec')],
  ])('reads %j', (content, part) => {
    expect(read(content)).toEqual([part]);
  });

  it('reads one run after the other, and leaves the rest plain', () => {
    const parts = read('🔧 `exec`\nList\n🔧 `read`\nOpen\n\nThere it is.');
    expect(parts).toEqual([
      run('exec', null, 'List'),
      run('read', null, 'Open'),
      expect.objectContaining({ origin: 'inferred', message: 'There it is.' }),
    ]);
  });

  it.each(['🔧 repaired it', '🔧 `npm install` is needed', 'Use `exec`.'])('leaves %j plain', (content) => {
    expect(read(content)).toEqual([expect.objectContaining({ origin: 'inferred', message: content })]);
  });

  it('lets frames and the answer take the place of a run, and nothing the place of an answer', () => {
    const grows = (before: string, after: string) => picoclaw.grows!(read(before), read(after));
    expect(grows('🔧 `exec.`\nList', '🔧 `exec..`\nList')).toBe(true);
    expect(grows('🔧 `exec`\nList', 'Three files.')).toBe(true);
    expect(grows('Three files.', 'Four files.')).toBe(false);
  });
});
