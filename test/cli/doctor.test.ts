import { PermissionFlagsBits } from 'discord.js';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mapping, START } from '../store/support.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team } from '../support/bot.ts';
import { createDesk } from './support.ts';
import type { Desk } from './support.ts';

let desk: Desk;
let team: Team;
beforeEach(async () => {
  desk = createDesk();
  team = await createTeam();
});
afterEach(async () => {
  await team.discord.close();
  desk.close();
});

interface Check {
  check: string;
  status: string;
  detail: string;
  mend: string | null;
}

/** Asks the doctor, who never says the token. */
async function ask(env: Record<string, string> = {}) {
  const connection = { DISCORD_TOKEN: team.bot.token, DISCORD_API_URL: team.discord.api, ...env };
  const { code, stdout, stderr } = await desk.run(['doctor', '--json'], { env: connection });
  expect(stdout + stderr).not.toContain(team.bot.token);
  const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Check[] };
  expect(code).toBe(ok ? 0 : 1);
  return { ok, checks, stderr, of: (name: string) => checks.find(({ check }) => check === name) };
}

/** Maps channels of the team's server, as the bot would have. */
async function mapped(...channels: { id: string; name: string }[]): Promise<void> {
  const store = await desk.open();
  for (const { id, name } of channels) {
    await store.workspaces.map(mapping({ guildId: team.guild.id, channelId: id, name }), START, null);
  }
  await store.close();
}

const statusOf = ({ check, status }: Check) => [check, status];

describe('work-logs doctor', () => {
  test('finds nothing wrong while the bot runs', async () => {
    const bot = await startTestBot({
      discord: team.discord,
      bot: team.bot,
      db: desk.db,
      config: { workspaces: [{ match: 'project-*', type: 'project' }] },
    });
    await bot.settled();
    await expect.poll(() => bot.logged().join(), { timeout: 10_000 }).toContain('commands are deployed');
    const { ok, checks, of } = await ask();
    expect(checks.map(statusOf)).toEqual([
      ['node', 'ok'],
      ['config', 'ok'],
      ['database', 'ok'],
      ['version', 'ok'],
      ['running', 'ok'],
      ['token', 'ok'],
      ['gateway', 'ok'],
      ['intent', 'ok'],
      ['commands', 'ok'],
      ['#project-site', 'ok'],
    ]);
    expect(ok).toBe(true);
    expect(of('running')?.detail).toContain('the bot is running');
    await bot.stop();
  });

  test('before the first start it says what is still to do, and that nothing is broken', async () => {
    const { ok, of } = await ask({ DISCORD_TOKEN: '' });
    expect(ok).toBe(true);
    expect(of('database')).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('none yet') as string,
    });
    expect(of('token')).toMatchObject({ status: 'warning', mend: expect.stringContaining('.env') as string });
    expect(of('gateway')).toMatchObject({ status: 'ok' });
    expect(of('intent')).toBeUndefined();
  });

  test('names a token that Discord does not take, and looks at the rest', async () => {
    await mapped(team.channel);
    const { of } = await ask({ DISCORD_TOKEN: 'wrong.token.altogether' });
    expect(of('token')).toMatchObject({
      status: 'broken',
      mend: expect.stringContaining('Reset Token') as string,
    });
    expect(of('database')).toMatchObject({ status: 'ok' });
    expect(of('gateway')).toMatchObject({ status: 'ok' });
  });

  test('names the intent that is not switched on', async () => {
    team.bot.setPrivilegedIntents(0);
    const { ok, of } = await ask();
    expect(ok).toBe(false);
    expect(of('intent')).toMatchObject({
      status: 'broken',
      mend: expect.stringContaining('Message Content Intent') as string,
    });
  });

  test('names the commands that people do not see', async () => {
    const { of } = await ask();
    expect(of('commands')).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('explain is missing') as string,
    });
  });

  test('names what the bot may not do in each mapped channel', async () => {
    const { ViewChannel, ReadMessageHistory, SendMessages } = PermissionFlagsBits;
    const without = (name: string, deny: bigint) => {
      const channel = team.guild.createChannel({ name, overwrites: [{ id: team.guild, deny }] });
      return { id: channel.id, name };
    };
    const gone = team.guild.createChannel({ name: 'gone' });
    await mapped(
      { id: team.channel.id, name: 'well' },
      without('hidden', ViewChannel),
      without('unread', ReadMessageHistory),
      without('mute', SendMessages),
      { id: gone.id, name: 'gone' },
    );
    gone.delete();
    const { of } = await ask();
    expect(of('#well')).toMatchObject({ status: 'ok', mend: null });
    expect(of('#hidden')).toMatchObject({
      status: 'broken',
      mend: expect.stringContaining('View Channel') as string,
    });
    expect(of('#unread')).toMatchObject({
      status: 'broken',
      mend: expect.stringContaining('Read Message History') as string,
    });
    expect(of('#mute')).toMatchObject({
      status: 'warning',
      mend: expect.stringContaining('Send Messages') as string,
    });
    expect(of('#gone')).toMatchObject({ status: 'warning', detail: 'the channel is deleted' });
  });

  test('names a server that the bot has left', async () => {
    await mapped(team.channel);
    team.guild.remove(team.bot);
    const { of } = await ask();
    expect(of('channels')).toMatchObject({
      status: 'broken',
      detail: expect.stringContaining(team.guild.id) as string,
      mend: expect.stringContaining('Invite') as string,
    });
  });

  test('says when Discord cannot be reached', async () => {
    const { of } = await ask({ DISCORD_API_URL: 'http://127.0.0.1:9/api' });
    for (const check of ['token', 'gateway']) {
      expect(of(check)).toMatchObject({
        status: 'broken',
        detail: expect.stringContaining('cannot be reached') as string,
      });
    }
  });

  test('names a damaged database, and a file that is none', async () => {
    await mapped(
      ...Array.from({ length: 300 }, (_, n) => ({ id: String(10 ** 17 + n), name: `channel-${n}` })),
    );
    const bytes = readFileSync(desk.db);
    bytes.fill(0xff, 12 * 4096, 13 * 4096);
    writeFileSync(desk.db, bytes);
    for (const rest of ['-wal', '-shm']) rmSync(desk.db + rest, { force: true });
    expect((await ask({ DISCORD_TOKEN: '' })).of('database')).toMatchObject({
      status: 'broken',
      mend: expect.stringContaining('restore a copy') as string,
    });
    writeFileSync(desk.db, 'text '.repeat(2000));
    expect((await ask({ DISCORD_TOKEN: '' })).of('database')).toMatchObject({
      status: 'broken',
      detail: expect.stringContaining('is not a database') as string,
    });
  });

  test('looks at the rest also when the config file is broken', async () => {
    writeFileSync(join(desk.cwd, 'work-logs.config.json'), '{ "nope": 1 }');
    const { of } = await ask();
    expect(of('config')).toMatchObject({
      status: 'broken',
      detail: expect.stringContaining('nope') as string,
    });
    expect(of('token')).toMatchObject({ status: 'ok' });
  });

  test('names every bad variable, and the value of none', async () => {
    const { checks, stderr } = await ask({ DISCORD_API_URL: 'ftp://secret.example', LOG_LEVEL: 'loud' });
    expect(checks.map(statusOf)).toEqual([
      ['node', 'ok'],
      ['config', 'broken'],
    ]);
    expect(checks[1]?.detail).toMatch(/DISCORD_API_URL[\s\S]*LOG_LEVEL/);
    expect(JSON.stringify(checks) + stderr).not.toContain('secret.example');
  });

  test('shows a line for each check, how to mend it, and what it is about to look at beside the answer', async () => {
    const env = { DISCORD_API_URL: team.discord.api };
    const { stdout, stderr } = await desk.run(['doctor'], { env });
    expect(stdout).toMatch(/^✓ node {7}\d+/);
    expect(stdout).toMatch(/^⚠ token .*[\s\S]*^ {2}→ Copy it from/m);
    expect(stdout).toMatch(/0 broken, 2 to look at, 3 well\.\n$/);
    expect(stderr).toContain('Checking the database …\n');
    const coloured = await desk.run(['doctor'], { env, columns: 60 });
    expect(coloured.stdout).toContain('\u001B[32m✓');
    expect(coloured.stderr).toContain('\r\u001B[K');
  });
});
