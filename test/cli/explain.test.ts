import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widthOf } from '../../src/cli/render/width.ts';
import { RULES, mapping, placed, START } from '../store/support.ts';
import { createDesk, fill, SESSION } from './support.ts';
import type { Desk } from './support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = createDesk();
  const store = await desk.open();
  await fill(store);
  await store.close();
});
afterAll(() => desk.close());

describe('work-logs explain', () => {
  test('shows the latest session of all, unless it is told which', async () => {
    const latest = await desk.run(['explain']);
    expect(latest).toMatchObject({ code: 0, stderr: '' });
    expect(latest.stdout).toContain('📓 #general · open');
    for (const name of ['project-refactor', '#project-refactor', '#Project-Refactor', '10']) {
      const { stdout } = await desk.run(['explain', '-w', name]);
      expect(stdout).toContain('📓 #project-refactor · project · nanobot coordinates');
    }
    const { stdout } = await desk.run(['explain', '-s', SESSION]);
    expect(stdout).toContain('“Refactor the authentication module”');
  });

  test('shows all pages below one another: every step once, the header once, the small print once', async () => {
    const { stdout } = await desk.run(['explain', '-s', SESSION]);
    const steps = stdout.split('\n').flatMap((line) => /^(\d+) /.exec(line)?.[1] ?? []);
    expect(steps).toEqual(
      ['30 steps', ...Array.from({ length: 30 }, (_, n) => String(n + 1))].map((s) => s.split(' ')[0]),
    );
    expect(stdout.match(/📓/g)).toHaveLength(1);
    expect(stdout.match(/─{20}/g)).not.toBeNull();
    expect(stdout.split('\n').filter((line) => line.startsWith('──'))).toHaveLength(1);
  });

  test('says nothing of what can only be pressed in Discord', async () => {
    const { stdout } = await desk.run(['explain', '-s', SESSION]);
    expect(stdout).not.toMatch(/opens its message|Summary|‹|›|custom_id/);
  });

  test.each([
    ['summary', '5 🔧 coder 3.2 s ✖'],
    ['detailed', '▏ disk full'],
    ['debug', 'triggered by user'],
    ['coordination', 'only what was written in coordinator mode'],
    ['conversations', '↳ 3'],
  ])('shows the mode %s', async (mode, shown) => {
    const { stdout, code } = await desk.run(['explain', '-s', SESSION, '-m', mode]);
    expect(code).toBe(0);
    expect(stdout).toContain(shown);
  });

  test('takes its mode from the config file unless told', async () => {
    const { stdout } = await desk.run(['explain', '-s', SESSION]);
    expect(stdout).not.toContain('disk full');
  });

  test('shows only the steps of one bot, with or without @, and only the last ones', async () => {
    for (const bot of ['@nanobot', 'NanoBot', '200']) {
      const { stdout } = await desk.run(['explain', '-s', SESSION, '-b', bot]);
      expect(stdout).toContain('only nanobot: 3 steps');
      expect(stdout).not.toContain('rate limiter');
    }
    const { stdout } = await desk.run(['explain', '-s', SESSION, '-n', '2']);
    expect(stdout.match(/^\d+ .*rate limiter/gm)).toHaveLength(2);
    expect(stdout).toContain('30 ');
  });

  test.each([24, 40, 80, 200])('keeps within %i columns', async (columns) => {
    for (const mode of ['summary', 'debug']) {
      const { stdout } = await desk.run(['explain', '-s', SESSION, '-m', mode], { columns });
      const lines = stdout.split('\n').map((line) => stripVTControlCharacters(line));
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    }
  });

  test('shows colour and links on a terminal that wants them, and plain text elsewhere', async () => {
    const args = ['explain', '-s', SESSION];
    const coloured = await desk.run(args, { columns: 80 });
    expect(coloured.stdout).toContain('\u001B[1m');
    expect(coloured.stdout).toContain('\u001B]8;;https://discord.com/channels/1/10/1000001\u001B\\');
    for (const options of [
      {},
      { columns: 80, env: { NO_COLOR: '1' } },
      { columns: 80, env: { TERM: 'dumb' } },
    ]) {
      expect((await desk.run(args, options)).stdout).not.toContain('\u001B');
    }
  });

  test('lets no recorded text control the terminal', async () => {
    const { stdout } = await desk.run(['explain', '-w', 'general']);
    expect(stdout).toContain('Soup [31mand bread');
    for (const hidden of ['\u001B', '\u202E']) expect(stdout).not.toContain(hidden);
  });

  test('shows markdown that people wrote as they wrote it', async () => {
    const { stdout } = await desk.run(['explain', '-s', SESSION, '-m', 'detailed']);
    expect(stdout).toContain('▏ without **any** limit');
  });

  test('gives programs exactly one object, under public names', async () => {
    const { stdout } = await desk.run(['explain', '-s', SESSION, '--json', '-n', '27']);
    const log = JSON.parse(stdout) as { entries: Record<string, unknown>[] };
    expect(log).toMatchObject({
      session_id: SESSION,
      workspace_id: '#project-refactor',
      workspace_type: 'project',
      query: 'Refactor the authentication module',
      coordinator: 'nanobot',
      start_time: '2026-01-05T09:00:01.000Z',
      end_time: null,
      participants: ['nanobot', 'researcher', 'coder'],
    });
    expect(log.entries).toHaveLength(27);
    expect(log.entries[0]).toMatchObject({
      step: 4,
      bot_name: 'nanobot',
      level: 'decision',
      confidence: 0,
    });
    expect(log.entries[1]).toMatchObject({
      tool_name: 'write_file',
      tool_status: 'error',
      tool_error: 'disk full',
    });
  });

  test.each([
    [['-w', 'nope'], /There is no workspace #nope\. There are: #project-refactor, #general\./],
    [['-s', '42'], /There is no session 42\. "work-logs workspace-logs" lists/],
    [
      ['-w', 'general', '-s', SESSION],
      /There is no session 1000001 in that workspace: it belongs to #project-refactor/,
    ],
    [['-s', SESSION, '-b', 'nobody'], /Nobody called “nobody” .* Who did: Ana, nanobot, researcher, coder\./],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, stdout, stderr } = await desk.run(['explain', ...args]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });
});

test('two workspaces of one name are told apart by the id of their channel', async () => {
  const desk = createDesk();
  const store = await desk.open();
  await store.workspaces.map(mapping({ channelId: '10' }), START, null);
  await store.workspaces.map(mapping({ guildId: '2', channelId: '20' }), START, null);
  await store.entries.append([placed(1, {}, { workspaceId: 2 })], RULES);
  const { code, stderr } = await desk.run(['explain', '-w', 'project-refactor']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('10 (server 1), 20 (server 2)') as string]);
  expect((await desk.run(['explain', '-w', '20'])).code).toBe(0);
  expect((await desk.run(['explain', '-w', '10'])).stderr).toContain(
    'No session is recorded in #project-refactor yet',
  );
  await store.close();
  desk.close();
});

describe('what was not seen', () => {
  test('is said, also of the time in which no bot has run', async () => {
    const own = createDesk();
    const store = await own.open();
    await fill(store);
    const gap = { workspaceId: 1, threadId: null, privateThread: false, whole: true };
    await store.coverage.addGap({
      ...gap,
      reason: 'too_many_messages',
      from: START,
      to: START + 60_000,
    });
    await store.coverage.beat(START + 5 * 60_000, false);
    await store.close();
    const { stdout } = await own.run(['explain', '-s', SESSION]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'not seen: 09:00–09:01 (more messages than I read at once), since 09:05 (I am still catching up)',
    );
    const json = await own.run(['explain', '-s', SESSION, '--json']);
    expect(JSON.parse(json.stdout).coverage).toEqual({
      gaps: [
        { reason: 'too_many_messages', from: '2026-01-05T09:00:00.000Z', to: '2026-01-05T09:01:00.000Z' },
        { reason: 'catching_up', from: '2026-01-05T09:05:00.000Z', to: null },
      ],
      caught_up: [],
    });
    own.close();
  });
});
