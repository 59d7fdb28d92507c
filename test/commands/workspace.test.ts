import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RefusedByClient } from '../../sandbox/sandbox.ts';
import type { HasId } from '../../sandbox/sandbox.ts';
import type { TestBotOptions } from '../support/bot.ts';
import { ask, idOf, startTeam, wordsOf } from './support.ts';
import type { Options, Running } from './support.ts';

const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits;

let team: Running;
const start = async (options: Partial<TestBotOptions> = {}) => {
  team = await startTeam(options);
};
afterEach(() => team.end());

const workspaceOf = ({ id }: HasId) => team.running.app.workspaces.byChannel(id);

/** What the server's owner is told. */
async function told(sub: string, options: Options = {}, place: HasId = team.channel): Promise<string> {
  return (await ask(team.ana, place, `workspace ${sub}`, options)).text;
}

describe('/workspace unmap', () => {
  beforeEach(() => start());

  test('stops recording for good, whatever the rules say, and keeps what was recorded', async () => {
    const { channel, ana } = team;
    const before = ana.in(channel).send('kept');
    await team.running.settled();
    expect(await told('unmap')).toContain('is not recorded any more');
    channel.rename('project-renamed');
    await team.running.settled();
    const after = ana.in(channel).send('gone');
    await team.running.settled();
    const { entries } = team.running.app.store;
    expect(await entries.byMessage(before.id)).toMatchObject({ message: 'kept' });
    expect(await entries.byMessage(after.id)).toBeNull();
    expect(workspaceOf(channel)).toMatchObject({ mappedBy: 'command', unmappedAt: expect.any(Number) });
  });

  test('says so when there is nothing to stop', async () => {
    const general = team.guild.createChannel({ name: 'general' });
    expect(await told('unmap', {}, general)).toContain('is not recorded');
  });
});

describe('/workspace show', () => {
  test('tells how a channel is recorded, and that another is none', async () => {
    await start();
    const shown = await told('show');
    expect(shown).toMatch(/project · nanobot coordinates[^]*mapped by a rule of the config file/);
    expect(shown).toContain('Read by: Everyone who can read the channel');
    const general = team.guild.createChannel({ name: 'general' });
    expect(await told('show', { channel: general })).toContain('is no workspace');
  });

  test('names both of two rules that match', async () => {
    await start({
      config: {
        workspaces: [
          { match: 'project-*', type: 'project' },
          { match: '*-site', type: 'open' },
        ],
      },
    });
    expect(await told('show')).toMatch(/Several rules match.*“project-\\?\*” counts.*“\\?\*-site” too/);
  });

  test('names channels that cannot be read, to those who can see them', async () => {
    await start();
    const { guild, bot, ana, ben, channel } = team;
    const managers = guild.createRole({ name: 'managers', permissions: PermissionFlagsBits.ManageGuild });
    guild.setRoles(ben, [managers]);
    guild.createChannel({
      name: 'project-board',
      overwrites: [
        { id: guild.everyone, deny: ViewChannel },
        { id: bot, allow: ViewChannel, deny: ReadMessageHistory },
      ],
    });
    await team.running.settled();
    expect(await told('show')).toMatch(/Not recorded[^]*#project-board: I cannot read its history/);
    expect((await ask(ana, channel, 'workspace list')).text).toContain('project-board');
    expect((await ask(ben, channel, 'workspace show')).text).not.toContain('project-board');
    expect((await ask(ben, channel, 'workspace list')).text).not.toContain('project-board');
  });

  test('says that recording is switched off', async () => {
    await start({
      config: { workspaces: [{ match: 'project-*', type: 'open' }], work_logs: { enabled: false } },
    });
    expect(await told('show')).toContain('`work_logs.enabled` is false');
  });
});

describe('/workspace list', () => {
  test('shows all workspaces, page by page', async () => {
    await start();
    const { guild, ana, channel } = team;
    for (let n = 10; n < 50; n += 1) guild.createChannel({ name: `project-${n}` });
    await team.running.settled();
    const run = await ana.in(channel).command('workspace list');
    const first = await run.reply();
    expect(wordsOf(first)).toContain('41 workspaces');
    await ana.in(channel).click(first, idOf(first, '›'));
    await expect.poll(async () => wordsOf(await run.reply())).not.toBe(wordsOf(first));
    const second = wordsOf(await run.reply());
    const channels = (text: string) => text.match(/<#\d+>/g) ?? [];
    expect(new Set([...channels(wordsOf(first)), ...channels(second)]).size).toBe(30);
  });

  test('says how to begin when there is none', async () => {
    await start({ config: {} });
    expect(await told('list')).toMatch(/0 workspaces[^]*`\/workspace map`/);
  });
});

describe('people who do not manage the server', () => {
  test('are not offered the command, and are refused when it is handed to them', async () => {
    await start();
    const { ben, ana, channel, running } = team;
    await expect(ben.in(channel).command('workspace list')).rejects.toBeInstanceOf(RefusedByClient);
    const list = await ana.in(channel).command('workspace list');
    const commands = await running.app.client.application.commands.fetch();
    await commands.find(({ name }) => name === 'workspace')!.setDefaultMemberPermissions(null);
    expect((await ask(ben, channel, 'workspace unmap')).text).toContain('Only people with “Manage Server”');
    expect(workspaceOf(channel)?.unmappedAt).toBeNull();
    expect(list.ephemeral).toBe(true);
  });
});
