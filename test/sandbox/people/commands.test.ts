import {
  ApplicationCommandOptionType as Option,
  ApplicationCommandType,
  ChannelType,
  PermissionFlagsBits,
} from 'discord.js';
import type { ApplicationCommandDataResolvable, ChatInputCommandInteraction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../../support/discord-js.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const described = (name: string) => ({ name, description: name });

async function deploy(...commands: ApplicationCommandDataResolvable[]) {
  await stage.client.application.commands.set(commands);
}

/** Answers every chat command with what `show` makes of it. */
function answerWith(show: (interaction: ChatInputCommandInteraction<'cached'>) => unknown) {
  stage.handle(async (interaction) => {
    if (interaction.isChatInputCommand() && interaction.inCachedGuild()) {
      await interaction.reply(JSON.stringify(show(interaction)));
    }
  });
}

async function ask(path: string, options = {}): Promise<unknown> {
  const run = await stage.ana.in(stage.channel).command(path, options);
  return JSON.parse((await run.reply()).content);
}

describe('a chat command', () => {
  it('carries every kind of option, resolved', async () => {
    const { guild, channel, ben } = stage;
    const leads = guild.createRole({ name: 'leads' });
    const kinds = [
      'String',
      'Integer',
      'Number',
      'Boolean',
      'User',
      'Channel',
      'Role',
      'Mentionable',
      'Attachment',
    ] as const;
    await deploy({
      ...described('all'),
      options: kinds.map((kind) => ({ ...described(kind.toLowerCase()), type: Option[kind] }) as never),
    });
    answerWith(({ options }) => ({
      text: options.getString('string'),
      whole: options.getInteger('integer'),
      number: options.getNumber('number'),
      yes: options.getBoolean('boolean'),
      user: options.getUser('user')?.username,
      mayManage: options.getMember('user')?.permissions.has(PermissionFlagsBits.ManageGuild),
      channel: options.getChannel('channel')?.name,
      role: options.getRole('role')?.name,
      mentionable: options.getMentionable('mentionable') !== null,
      file: options.getAttachment('attachment')?.name,
    }));
    const given = {
      string: 'é',
      integer: 4,
      number: 0.5,
      boolean: false,
      user: ben,
      channel,
      role: leads,
      mentionable: leads,
    };
    const answer = await ask('all', { ...given, attachment: { name: 'log.txt', data: 'lines' } });
    expect(answer).toEqual({
      text: 'é',
      whole: 4,
      number: 0.5,
      yes: false,
      user: 'ben',
      mayManage: false,
      channel: 'general',
      role: 'leads',
      mentionable: true,
      file: 'log.txt',
    });
  });

  it('leads to subcommands and groups', async () => {
    const path = { ...described('path'), type: Option.String as const };
    await deploy({
      ...described('workspace'),
      options: [
        { ...described('map'), type: Option.Subcommand, options: [path] },
        {
          ...described('more'),
          type: Option.SubcommandGroup,
          options: [{ ...described('list'), type: Option.Subcommand }],
        },
      ],
    });
    answerWith(({ options }) => [
      options.getSubcommandGroup(),
      options.getSubcommand(),
      options.getString('path'),
    ]);
    expect(await ask('workspace map', { path: 'x' })).toEqual([null, 'map', 'x']);
    expect(await ask('workspace more list')).toEqual(['more', 'list', null]);
    await expect(ask('workspace')).rejects.toThrow('Choose one of: map, more');
    await expect(ask('workspace none')).rejects.toThrow('no subcommand "none"');
  });

  it('tells where it was used and what asker and bot may do there', async () => {
    await deploy(described('where'));
    answerWith((interaction) => ({
      guild: interaction.guild.name,
      channel: interaction.channel?.name,
      isOwner: interaction.memberPermissions.has(PermissionFlagsBits.Administrator),
      botMaySend: interaction.appPermissions.has(PermissionFlagsBits.SendMessages),
      locale: [interaction.locale, interaction.guildLocale],
      context: interaction.context,
      owners: interaction.authorizingIntegrationOwners,
      limit: interaction.attachmentSizeLimit,
    }));
    expect(await ask('where')).toEqual({
      guild: 'Team',
      channel: 'general',
      isOwner: true,
      botMaySend: true,
      locale: ['en-US', 'en-US'],
      context: 0,
      owners: { 0: stage.guild.id },
      limit: 10 * 1024 * 1024,
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a required option', {}, '"mode" is required'],
    ['a choice that exists', { mode: 'fast' }, 'takes one of: summary, debug'],
    ['text where text is asked', { mode: 5 }, '"mode" takes text'],
    ['a number within limits', { mode: 'debug', limit: 11 }, 'takes numbers from 1 to 10'],
    ['a whole number', { mode: 'debug', limit: 1.5 }, 'takes a whole number'],
    ['text of a fitting length', { mode: 'debug', query: 'x' }, 'takes 2 to 5 characters'],
    ['known options', { mode: 'debug', color: 'red' }, 'no option "color"'],
  ])('demands %s', async (_, options, message) => {
    const choices = ['summary', 'debug'].map((value) => ({ name: value, value }));
    await deploy({
      ...described('explain'),
      options: [
        { ...described('mode'), type: Option.String, required: true, choices },
        { ...described('limit'), type: Option.Integer, minValue: 1, maxValue: 10 },
        { ...described('query'), type: Option.String, minLength: 2, maxLength: 5 },
      ],
    });
    await expect(ask('explain', options)).rejects.toThrow(message);
  });

  it('takes only channels of its types that the asker sees', async () => {
    const { guild } = stage;
    const type = Option.Channel as const;
    await deploy({
      ...described('show'),
      options: [{ ...described('in'), type, channelTypes: [ChannelType.GuildText] }],
    });
    answerWith(({ options }) => options.getChannel('in')?.name);
    const hidden = guild.createChannel({
      name: 'hidden',
      overwrites: [{ id: guild, deny: PermissionFlagsBits.ViewChannel }],
    });
    const category = guild.createChannel({ name: 'rooms', type: 'category' });
    expect(await ask('show', { in: hidden })).toBe('hidden');
    await expect(ask('show', { in: category })).rejects.toThrow('of type 4');
    const attempt = stage.ben.in(stage.channel).command('show', { in: hidden });
    await expect(attempt).rejects.toThrow('no channel');
  });

  it('is offered only to those it is meant for', async () => {
    await deploy({ ...described('map'), defaultMemberPermissions: PermissionFlagsBits.ManageGuild });
    answerWith(() => 'mapped');
    expect(await ask('map')).toBe('mapped');
    const attempt = () => stage.ben.in(stage.channel).command('map');
    await expect(attempt()).rejects.toThrow('may not be used by them');
    stage.guild.setRoles(stage.ben, [
      stage.guild.createRole({ name: 'leads', permissions: PermissionFlagsBits.ManageGuild }),
    ]);
    expect((await attempt()).failed).toBe(false);
  });

  it('of a guild hides the global one, and is unknown elsewhere', async () => {
    await deploy(described('explain'));
    await stage.client.application.commands.set([described('explain')], stage.guild.id);
    answerWith((interaction) => interaction.command?.guildId ?? null);
    expect(await ask('explain')).toBe(stage.guild.id);
    await expect(ask('how')).rejects.toThrow('not offered here');
  });

  it('has to be told apart from one of another application', async () => {
    const { discord, guild, bot } = stage;
    await deploy(described('explain'));
    const other = discord.createBot({ username: 'other' });
    guild.add(other);
    await fetch(`${discord.api}/v10/applications/${other.id}/commands`, {
      method: 'POST',
      headers: { authorization: `Bot ${other.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(described('explain')),
    });
    answerWith(() => 'mine');
    await expect(ask('explain')).rejects.toThrow('Several applications');
    const run = await stage.ana.in(stage.channel).command('explain', {}, { app: bot });
    expect((await run.reply()).content).toBe('"mine"');
  });

  it('works in a direct message, where the asker is no member', async () => {
    await deploy({ ...described('here'), contexts: [1] });
    stage.handle(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply(`${interaction.user.username} ${interaction.guildId}`);
    });
    const run = await stage.ana.in(stage.ana.dm(stage.bot)).command('here');
    expect((await run.reply()).content).toBe('ana null');
    await expect(ask('here')).rejects.toThrow('not offered here');
  });
});

describe('autocompletion', () => {
  const session = { ...described('session'), type: Option.String as const, autocomplete: true };
  const mode = { ...described('mode'), type: Option.String as const };

  it('offers what the application finds for what is typed', async () => {
    await deploy({ ...described('explain'), options: [session, mode] });
    stage.handle(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      await interaction.respond([{ name: `${name} ${interaction.options.getString('mode')}`, value }]);
    });
    const choices = await stage.ana
      .in(stage.channel)
      .autocomplete('explain', { focused: 'session', value: 'pro', options: { mode: 'debug' } });
    expect(choices).toEqual([{ name: 'session debug', value: 'pro' }]);
  });

  it('is refused for an option that has none', async () => {
    await deploy({ ...described('explain'), options: [session, mode] });
    const attempt = stage.ana.in(stage.channel).autocomplete('explain', { focused: 'mode' });
    await expect(attempt).rejects.toThrow('"mode" has no autocompletion');
  });
});

describe('a context menu', () => {
  it('hands over the whole message, without the Message Content intent', async () => {
    await deploy({ name: 'Explain this', type: ApplicationCommandType.Message });
    stage.handle(async (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return;
      await interaction.reply(
        `${interaction.targetMessage.author.username}: ${interaction.targetMessage.content}`,
      );
    });
    const message = stage.ben.in(stage.channel).send('why?');
    const run = await stage.ana.in(stage.channel).messageCommand('Explain this', message);
    expect((await run.reply()).content).toBe('ben: why?');
    expect((await run.reply()).interaction_metadata).toMatchObject({
      type: 2,
      target_message_id: message.id,
    });
  });

  it('hands over the user with their member', async () => {
    await deploy({ name: 'Look up', type: ApplicationCommandType.User });
    stage.handle(async (interaction) => {
      if (!interaction.isUserContextMenuCommand() || !interaction.inCachedGuild()) return;
      await interaction.reply(
        `${interaction.targetUser.username} ${interaction.targetMember?.joinedAt instanceof Date}`,
      );
    });
    const run = await stage.ana.in(stage.channel).userCommand('Look up', stage.ben);
    expect((await run.reply()).content).toBe('ben true');
  });
});
