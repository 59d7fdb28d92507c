import { ApplicationCommandOptionType as Option } from 'discord.js';
import type { APIApplicationCommand } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Bot, Exchange, Guild, Sandbox } from '../../sandbox/sandbox.ts';
import { deployCommands, planDeploy } from '../../src/discord/deploy.ts';
import type { Definition } from '../../src/discord/deploy.ts';
import { connect } from '../support/discord-js.ts';
import { startTestSandbox } from '../support/sandbox.ts';

const explain: Definition = {
  name: 'explain',
  description: 'Show a session',
  options: [
    { type: Option.String, name: 'mode', description: 'How much', choices: [{ name: 'all', value: 'all' }] },
  ],
};
const pick: Definition = { type: 3, name: 'Explain this' };

/** A command as Discord gives it back: with its own fields, and its defaults spelled out. */
function deployed(definition: Definition, id: string): APIApplicationCommand {
  return {
    type: 1,
    description: '',
    default_member_permissions: null,
    nsfw: false,
    contexts: null,
    integration_types: [0],
    name_localizations: null,
    dm_permission: true,
    version: '1',
    application_id: '1099000000000000001',
    ...definition,
    id,
  } as unknown as APIApplicationCommand;
}

describe('planDeploy', () => {
  test('writes nothing when everything is as defined', () => {
    const there = [deployed(explain, '1'), deployed(pick, '2')];
    expect(planDeploy([explain, pick], there)).toEqual({ create: [], update: [], remove: [] });
  });

  test('takes a default that Discord spells out for what it is', () => {
    const spelled = deployed(explain, '1');
    Object.assign(spelled.options![0]!, { required: false, autocomplete: false, name_localizations: null });
    expect(planDeploy([explain], [spelled]).update).toEqual([]);
  });

  test('creates what is missing, changes what differs, removes what is no longer ours', () => {
    const old = deployed({ ...explain, description: 'Old words' } as Definition, '1');
    const stale = deployed({ name: 'stale', description: 'Gone' }, '9');
    expect(planDeploy([explain, pick], [old, stale])).toEqual({
      create: [pick],
      update: [explain],
      remove: ['9'],
    });
  });

  test.each([
    [
      'a required option',
      { options: [{ type: Option.String, name: 'mode', description: 'How much', required: true }] },
    ],
    ['no options', { options: [] }],
    ['another choice', { options: [{ ...(explain as { options: object[] }).options[0], choices: [] }] }],
    ['permissions', { default_member_permissions: '32' }],
    ['contexts', { contexts: [0] }],
  ])('sees the difference of %s', (_, change) => {
    expect(
      planDeploy([{ ...explain, ...change } as Definition], [deployed(explain, '1')]).update,
    ).toHaveLength(1);
  });

  test('tells commands of one name and different types apart', () => {
    const message = { ...pick, name: 'explain' } as Definition;
    expect(planDeploy([explain], [deployed(message, '1')])).toMatchObject({
      create: [explain],
      remove: ['1'],
    });
  });
});

describe('deployCommands', () => {
  let discord: Sandbox;
  let bot: Bot;
  let guild: Guild;
  let writes: string[];
  beforeEach(async () => {
    writes = [];
    const onExchange = ({ method, path }: Exchange) =>
      void (method !== 'GET' && writes.push(`${method} ${path}`));
    discord = await startTestSandbox({ onExchange });
    bot = discord.createBot({ username: 'Work Logs' });
    guild = discord.createGuild({ name: 'Team', owner: discord.createPerson({ username: 'ana' }) });
    guild.add(bot);
  });
  afterEach(() => discord.close());

  test.each(['everywhere', 'to one server'])(
    'deploys every command %s, and a second time writes nothing',
    async (where) => {
      const client = await connect(discord, bot);
      const guildId = where === 'everywhere' ? undefined : guild.id;
      const target = { rest: client.rest, applicationId: client.application.id, guildId };
      const definitions = commands.map(({ data }) => data);
      expect((await deployCommands(target, definitions)).create).toHaveLength(commands.length);
      // More requests than a few, and Discord makes the last ones wait for 20 s.
      expect(writes).toHaveLength(1);
      writes.length = 0;
      await deployCommands(target, definitions);
      expect(writes).toEqual([]);
      await client.destroy();
    },
  );

  test('changes and removes single commands of one scope, and leaves the other scope alone', async () => {
    const client = await connect(discord, bot);
    const everywhere = { rest: client.rest, applicationId: client.application.id, guildId: undefined };
    const here = { ...everywhere, guildId: guild.id };
    await deployCommands(everywhere, [explain]);
    await deployCommands(here, [explain, pick]);
    writes.length = 0;
    await deployCommands(here, [{ ...explain, description: 'New words' } as Definition]);
    expect(writes.map((write) => write.split(' ')[0]).toSorted()).toEqual(['DELETE', 'POST']);
    expect(writes.every((write) => write.includes(guild.id))).toBe(true);
    await client.destroy();
  });

  test('takes back what the definition no longer says', async () => {
    const client = await connect(discord, bot);
    const target = { rest: client.rest, applicationId: client.application.id, guildId: undefined };
    await deployCommands(target, [
      { ...explain, nsfw: true, default_member_permissions: '32' } as Definition,
    ]);
    await deployCommands(target, [explain]);
    expect((await deployCommands(target, [explain])).update).toEqual([]);
    expect(await client.application.commands.fetch()).toHaveLength(1);
    await client.destroy();
  });
});
