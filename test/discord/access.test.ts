import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/sandbox.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import { forge } from '../commands/support.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team, TestBot } from '../support/bot.ts';

const { ViewChannel, ReadMessageHistory, ManageThreads, Administrator } = PermissionFlagsBits;

let team: Team;
let bot: TestBot | undefined;

beforeEach(async () => {
  team = await createTeam('project-site');
});
afterEach(async () => {
  await bot?.stop();
  await team.discord.close();
});

async function start(userOnlyAccess: boolean, owners?: `user:${string}`[]): Promise<Workspace> {
  bot = await startTestBot({
    discord: team.discord,
    bot: team.bot,
    config: {
      work_logs: { privacy: { user_only_access: userOnlyAccess } },
      workspaces: [{ match: 'project-*', type: 'project', ...(owners && { owners }) }],
    },
  });
  await bot.settled();
  return bot.app.workspaces.byChannel(team.channel.id)!;
}

/** Whether the person may read now, asked without an interaction: who they are is fetched. */
async function mayRead(person: Person, workspace: Workspace): Promise<boolean> {
  await bot!.settled();
  return bot!.app.access.mayRead({ guildId: team.guild.id, userId: person.id }, workspace);
}

describe('with Discord’s permissions of the moment', () => {
  test('whoever views the channel and reads its history reads its log, as long as they do', async () => {
    const workspace = await start(false);
    expect(await mayRead(team.ben, workspace)).toBe(true);

    team.channel.setOverwrites([{ id: team.guild.everyone, deny: ReadMessageHistory }]);
    expect(await mayRead(team.ben, workspace)).toBe(false);

    const readers = team.guild.createRole({ name: 'readers' });
    team.channel.setOverwrites([
      { id: team.guild.everyone, deny: ViewChannel },
      { id: readers, allow: ViewChannel },
      { id: team.bot, allow: ViewChannel },
    ]);
    expect(await mayRead(team.ben, workspace)).toBe(false);
    team.guild.setRoles(team.ben, [readers]);
    expect(await mayRead(team.ben, workspace)).toBe(true);
    team.guild.setRoles(team.ben, []);
    expect(await mayRead(team.ben, workspace)).toBe(false);
    expect(await mayRead(team.ana, workspace)).toBe(true);
  });

  test('who left the server reads nothing, nor does anyone once the channel is gone', async () => {
    const workspace = await start(false);
    team.guild.remove(team.ben);
    expect(await mayRead(team.ben, workspace)).toBe(false);
    team.channel.delete();
    expect(await mayRead(team.ana, workspace)).toBe(false);
    const asker = { guildId: team.guild.id, userId: team.ana.id };
    expect(await bot!.app.access.readable(asker)).toEqual([]);
  });

  test('a channel that is gone does not come back by what an interaction tells of it', async () => {
    const workspace = await start(false);
    const elsewhere = team.guild.createChannel({ name: 'elsewhere' });
    team.channel.delete();
    const named = { name: 'channel', type: 7, value: team.channel.id };
    const asked = { name: 'workspace', options: [{ name: 'show', type: 1, options: [named] }] };
    expect(await forge({ ...team, channel: elsewhere }, team.ana, asked)).toContain('can be recorded');
    expect(bot!.app.client.channels.cache.has(team.channel.id)).toBe(true);
    expect(await mayRead(team.ben, workspace)).toBe(false);
  });

  test('a workspace of another server is not read from this one', async () => {
    const workspace = await start(false);
    const asker = { guildId: '123456789012345678', userId: team.ana.id };
    expect(await bot!.app.access.mayRead(asker, workspace)).toBe(false);
    const foreign = { ...workspace, guildId: '123456789012345678' };
    expect(await mayRead(team.ana, foreign)).toBe(false);
  });

  test('agrees with Discord on every mix of role and member overwrites', async () => {
    const workspace = await start(false);
    const role = team.guild.createRole({ name: 'r' });
    team.guild.setRoles(team.ben, [role]);
    const bits = [0n, ViewChannel, ReadMessageHistory, ViewChannel | ReadMessageHistory];
    const wanted = ViewChannel | ReadMessageHistory;
    for (let mix = 0; mix < 64; mix++) {
      const [a, b, c] = [bits[mix % 4]!, bits[(mix >> 2) % 4]!, bits[mix >> 4]!];
      team.channel.setOverwrites([
        { id: team.guild.everyone, deny: a },
        { id: role, allow: b },
        { id: team.ben, deny: c },
        { id: team.bot, allow: wanted },
      ]);
      const expected = (team.ben.permissionsIn(team.channel) & wanted) === wanted;
      expect([mix, await mayRead(team.ben, workspace)]).toEqual([mix, expected]);
    }
  });
});

describe('where only owners read', () => {
  test('without named owners the server’s owner does, an administrator does not', async () => {
    const workspace = await start(true);
    const admins = team.guild.createRole({ name: 'admins', permissions: Administrator });
    team.guild.setRoles(team.ben, [admins]);
    expect(await mayRead(team.ben, workspace)).toBe(false);
    expect(await mayRead(team.ana, workspace)).toBe(true);
  });

  test('a named owner does, as long as they see the channel', async () => {
    const workspace = await start(true, [`user:${team.ben.id}`]);
    expect(await mayRead(team.ben, workspace)).toBe(true);
    expect(await mayRead(team.ana, workspace)).toBe(false);
    team.channel.setOverwrites([
      { id: team.guild.everyone, deny: ViewChannel },
      { id: team.bot, allow: ViewChannel },
    ]);
    expect(await mayRead(team.ben, workspace)).toBe(false);
  });
});

describe('a private thread', () => {
  const mayReadThread = async (person: Person, workspace: Workspace, thread: { id: string }) => {
    await bot!.settled();
    const asker = { guildId: team.guild.id, userId: person.id };
    return bot!.app.access.mayReadThread(asker, workspace, thread.id);
  };

  test('is for its members while they are, and for those who manage threads', async () => {
    const workspace = await start(false);
    const invite = [team.bot];
    const thread = team.ana.in(team.channel).startThread({ name: 'secret', private: true, invite });
    expect(await mayReadThread(team.ben, workspace, thread)).toBe(false);
    thread.invite(team.ben);
    expect(await mayReadThread(team.ben, workspace, thread)).toBe(true);
    team.ben.in(thread).leave();
    expect(await mayReadThread(team.ben, workspace, thread)).toBe(false);
    const role = team.guild.createRole({ name: 'moderators', permissions: ManageThreads });
    team.guild.setRoles(team.ben, [role]);
    expect(await mayReadThread(team.ben, workspace, thread)).toBe(true);
  });

  test('is hidden from a moderator who is timed out, as long as they are', async () => {
    const workspace = await start(false);
    const thread = team.ana
      .in(team.channel)
      .startThread({ name: 'secret', private: true, invite: [team.bot] });
    const role = team.guild.createRole({ name: 'moderators', permissions: ManageThreads });
    team.guild.setRoles(team.ben, [role]);
    expect(await mayReadThread(team.ben, workspace, thread)).toBe(true);
    team.guild.timeOut(team.ben, Date.now() + 60_000);
    expect(await mayReadThread(team.ben, workspace, thread)).toBe(false);
    expect(await mayRead(team.ben, workspace)).toBe(true);
    team.guild.timeOut(team.ben, null);
    expect(await mayReadThread(team.ben, workspace, thread)).toBe(true);
  });

  test('that is gone, or closed to the bot, is nobody’s', async () => {
    const workspace = await start(false);
    const thread = team.ben.in(team.channel).startThread({ name: 'own', private: true });
    expect(await mayReadThread(team.ben, workspace, thread)).toBe(false);
    thread.invite(team.bot);
    expect(await mayReadThread(team.ben, workspace, thread)).toBe(true);
    thread.delete();
    expect(await mayReadThread(team.ben, workspace, thread)).toBe(false);
  });
});

test('a fault of Discord is no refusal: it is passed on', async () => {
  const workspace = await start(false);
  await bot!.settled();
  team.discord.faults.failRest({ status: 400, path: /members/ });
  const asker = { guildId: team.guild.id, userId: team.ben.id };
  await expect(bot!.app.access.mayRead(asker, workspace)).rejects.toMatchObject({ status: 400 });
});
