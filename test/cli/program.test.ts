import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDesk } from './support.ts';
import type { Desk } from './support.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
afterEach(() => desk.close());

describe('the command line', () => {
  test.each([
    [['explain', '--nope'], 'unknown option'],
    [['explain', '-m', 'loud'], 'Allowed choices are summary, detailed, debug'],
    [['explain', '-n', '0'], 'It has to be a whole number'],
    [['explain', '-s', 'abc'], 'A session’s id is a number'],
    [['explain', '-w'], 'In a shell, # begins a comment'],
    [['how'], "missing required argument 'question'"],
    [['workspace-logs', '-n', '1e9'], 'from 1 to 1000'],
    [['export', '--format', 'xml'], 'Allowed choices are json, ndjson'],
    [['dance'], "unknown command 'dance'"],
    [[], 'Usage: work-logs'],
  ])('answers %j with what is wrong, and 2', async (args, message) => {
    const { code, stdout, stderr } = await desk.run(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test.each(['--version', '-V'])('tells its version: %s', async (option) => {
    const { code, stdout } = await desk.run([option]);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect([code, stdout]).toEqual([0, `${version}\n`]);
  });

  test('says of all commands in the same way what they do', async () => {
    const { stdout } = await desk.run(['--help']);
    const summaries = [...stdout.matchAll(/^ {2}[a-z-]+(?: [[<]\S+)* {2,}(\S.*)$/gm)].map(
      ([, words]) => words,
    );
    expect(summaries.length).toBeGreaterThan(8);
    for (const summary of summaries) expect(summary).toMatch(/^[a-z].*[^.]$/);
  });

  test('says in its help that whoever reads the database reads everything', async () => {
    const { code, stdout } = await desk.run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('reads everything');
    for (const name of ['explain', 'how', 'workspace-logs', 'export', 'doctor'])
      expect(stdout).toContain(name);
  });

  test.each([['explain'], ['how', 'why'], ['workspace-logs'], ['export']])(
    'creates no database where there is none: %s',
    async (...args) => {
      const { code, stderr } = await desk.run(args);
      expect([code, stderr]).toEqual([1, expect.stringContaining('There is no database') as string]);
      expect(existsSync(dirname(desk.db))).toBe(false);
    },
  );

  test('names a bad configuration and ends with 2', async () => {
    writeFileSync(join(desk.cwd, 'work-logs.config.json'), '{');
    expect(await desk.run(['workspace-logs'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not JSON') as string,
    });
  });

  test('says that nothing is recorded yet', async () => {
    await (await desk.open()).close();
    expect((await desk.run(['explain'])).stderr).toContain('No session is recorded yet');
    expect((await desk.run(['explain', '-w', 'x'])).stderr).toContain('None is mapped yet');
    expect(await desk.run(['workspace-logs', '--json'])).toMatchObject({
      code: 0,
      stdout: '{\n  "work_logs": []\n}\n',
    });
  });

  test('refuses a file that is no database of ours', async () => {
    mkdirSync(dirname(desk.db));
    writeFileSync(desk.db, 'text '.repeat(1000));
    expect(await desk.run(['explain'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not a database') as string,
    });
  });
});
