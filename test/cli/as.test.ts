import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GuildChannel, HasId, Person, ThreadHandle } from '../../sandbox/sandbox.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team, TestBot } from '../support/bot.ts';
import { createDesk } from './support.ts';
import type { Desk, Ran } from './support.ts';

const { ViewChannel, ManageThreads } = PermissionFlagsBits;
const OPEN = {
  workspaces: [{ match: 'project-*', type: 'project' as const, owners: ['everyone' as const] }],
};

let team: Team;
let bot: TestBot;
let desk: Desk;
let hidden: GuildChannel;
let thread: ThreadHandle;

beforeAll(async () => {
  team = await createTeam('project-site');
  desk = createDesk();
  hidden = team.guild.createChannel({
    name: 'project-hidden',
    overwrites: [
      { id: team.guild.everyone, deny: ViewChannel },
      { id: team.bot, allow: ViewChannel },
      { id: team.researcher, allow: ViewChannel },
    ],
  });
  bot = await startTestBot({ discord: team.discord, bot: team.bot, db: desk.db, config: OPEN });
  await bot.settled();
  const invite = [team.bot, team.researcher];
  thread = team.ana.in(team.channel).startThread({ name: 'secret', private: true, invite });
  team.researcher.in(thread).send('zebra in the thread');
  team.researcher.in(hidden).send('zebra in the dark');
  team.researcher.in(team.channel).send('zebra in the open');
  await bot.settled();
});
afterAll(async () => {
  await bot.stop();
  await team.discord.close();
  desk.close();
});

function run(args: string[], person: HasId, env: Record<string, string> = {}): Promise<Ran> {
  const connected = { DISCORD_API_URL: team.discord.api, DISCORD_TOKEN: team.bot.token, ...env };
  writeFileSync(join(desk.cwd, 'work-logs.config.json'), JSON.stringify(OPEN));
  return desk.run([...args, '--as', person.id], { env: connected });
}

async function placesSeenBy(person: Person): Promise<string[]> {
  const { stdout } = await run(['how', 'zebra', '--json'], person);
  const { entries } = JSON.parse(stdout) as { entries: { message: string }[] };
  return entries.map(({ message }) => message.replace('zebra in the ', '')).toSorted();
}

describe('with --as, work-logs', () => {
  test('how finds what this person would find in Discord at this moment', async () => {
    expect(await placesSeenBy(team.ana)).toEqual(['dark', 'open', 'thread']);
    expect(await placesSeenBy(team.ben)).toEqual(['open']);
    thread.invite(team.ben);
    expect(await placesSeenBy(team.ben)).toEqual(['open', 'thread']);
    team.ben.in(thread).leave();
    const moderators = team.guild.createRole({ name: 'moderators', permissions: ManageThreads });
    team.guild.setRoles(team.ben, [moderators]);
    expect(await placesSeenBy(team.ben)).toEqual(['open', 'thread']);
    team.guild.timeOut(team.ben, Date.now() + 60_000);
    expect(await placesSeenBy(team.ben)).toEqual(['open']);
    team.guild.timeOut(team.ben, null);
    team.guild.setRoles(team.ben, []);
  });

  test('workspace-logs and export give what is theirs', async () => {
    const listed = await run(['workspace-logs', '--json'], team.ben);
    const { work_logs: logs } = JSON.parse(listed.stdout) as { work_logs: { query: string }[] };
    expect(logs.map(({ query }) => query)).toEqual(['zebra in the open']);
    expect((await run(['export', '--format', 'ndjson'], team.ben)).stdout).toContain('zebra in the open');
    expect((await run(['export', '-w', 'project-hidden'], team.ana)).stdout).toContain('zebra in the dark');
  });

  test.each(['explain', 'export'])(
    '%s says of what is hidden what it says of what is not',
    async (command) => {
      const all = await desk.run(['workspace-logs', '--json'], { env: {} });
      const { work_logs: logs } = JSON.parse(all.stdout) as {
        work_logs: { session_id: string; query: string }[];
      };
      for (const { session_id: id, query } of logs.filter(({ query }) => query !== 'zebra in the open')) {
        const refused = await run([command, '-s', id], team.ben);
        const absent = await run([command, '-s', '123456789012345678'], team.ben);
        expect([query, refused.code, refused.stdout]).toEqual([query, 1, '']);
        expect(refused.stderr).toBe(absent.stderr.replace('123456789012345678', id));
      }
      const named = await run([command, '-w', 'project-hidden'], team.ben);
      expect(named.stderr).toBe('There is no workspace #project-hidden. There are: #project-site.\n');
      expect((await run([command, '-w', hidden.id], team.ben)).stderr).not.toContain('project-hidden');
    },
  );

  test('who left the server, or never was in it, sees nothing', async () => {
    const { code, stdout, stderr } = await run(['explain'], { id: '123456789012345678' });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('123456789012345678 may read no workspace');
  });

  test.each([
    [{ DISCORD_TOKEN: '' }, 'set DISCORD_TOKEN in .env'],
    [{ DISCORD_TOKEN: 'wrong.token.wrong' }, 'Discord does not accept DISCORD_TOKEN'],
    [{ DISCORD_API_URL: 'http://127.0.0.1:9/api' }, 'could not say what this person may see'],
  ])('where Discord cannot be asked, nothing is shown: %j', async (env, words) => {
    const { code, stdout, stderr } = await run(['explain'], team.ana, env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('wrong.token');
  });

  test('somebody’s name is no id', async () => {
    const { code, stderr } = await desk.run(['explain', '--as', 'ben']);
    expect(code).toBe(2);
    expect(stderr).toContain('Copy User ID');
  });
});
