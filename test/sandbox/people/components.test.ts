import { ButtonStyle, ComponentType, MessageFlags, MessageType } from 'discord.js';
import type { MessageComponentInteraction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../../support/discord-js.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const button = (customId: string, more: object = {}) => ({
  type: 2,
  style: ButtonStyle.Primary,
  label: customId,
  custom_id: customId,
  ...more,
});
const row = (...components: object[]) => ({ type: 1, components });
const post = (...components: object[]) =>
  stage.bot.in(stage.channel).send({ content: 'choose', components: components as never[] });

function onComponent(handler: (interaction: MessageComponentInteraction) => Promise<unknown>) {
  stage.handle(async (interaction) => {
    if (interaction.isMessageComponent()) await handler(interaction);
  });
}

describe('a click', () => {
  it('tells the bot which button of which message was pressed', async () => {
    onComponent((interaction) =>
      interaction.reply(`${interaction.isButton()} ${interaction.customId} ${interaction.message.content}`),
    );
    const message = post(row(button('a'), button('b')));
    const reply = await (await stage.ben.in(stage.channel).click(message, 'b')).reply();
    expect(reply).toMatchObject({
      content: 'true b choose',
      type: MessageType.Reply,
      message_reference: { message_id: message.id },
      interaction_metadata: { type: 3, user: { id: stage.ben.id }, interacted_message_id: message.id },
    });
  });

  it('may change the message that it was made on', async () => {
    onComponent((interaction) => interaction.update({ content: 'chosen', components: [] }));
    const message = post(row(button('a')));
    const run = await stage.ana.in(stage.channel).click(message, 'a');
    expect(run.response).toMatchObject({
      type: 7,
      message: { id: message.id, content: 'chosen', components: [] },
    });
    expect(
      stage.ben
        .in(stage.channel)
        .see()
        .map(({ content }) => content),
    ).toEqual(['chosen']);
  });

  it('may be taken now and answered with an edit later', async () => {
    onComponent(async (interaction) => {
      await interaction.deferUpdate();
      await interaction.editReply('edited');
    });
    const message = post(row(button('a')));
    const run = await stage.ana.in(stage.channel).click(message, 'a');
    expect(run.response?.type).toBe(6);
    await stage.ben.in(stage.channel).waitFor(({ id, content }) => id === message.id && content === 'edited');
  });

  it.each([
    ['an update', 7, (one: MessageComponentInteraction) => one.update({ content: 'x', withResponse: true })],
    ['a deferred update', 6, (one: MessageComponentInteraction) => one.deferUpdate({ withResponse: true })],
    ['a deferred reply', 5, (one: MessageComponentInteraction) => one.deferReply({ withResponse: true })],
  ] as const)('tells the bot what came of %s', async (_, type, answer) => {
    const results: Awaited<ReturnType<typeof answer>>[] = [];
    onComponent(async (interaction) => results.push(await answer(interaction)));
    const message = post(row(button('a')));
    const run = await stage.ana.in(stage.channel).click(message, 'a');
    await expect.poll(() => results.length).toBe(1);
    expect(results[0]!.interaction).toMatchObject({
      id: run.interaction.id,
      responseMessageId: run.response!.message!.id,
      responseMessageLoading: type === 5,
    });
    expect(results[0]!.resource?.message?.id).toBe(type === 7 ? message.id : undefined);
  });

  it('works in threads', async () => {
    const names: string[] = [];
    onComponent(async (interaction) => {
      names.push(
        `${interaction.channel?.isThread()} ${interaction.channel?.isThread() && interaction.channel.name}`,
      );
      await interaction.reply('in here');
    });
    const thread = stage.ana.in(stage.channel).startThread({ name: 'details' });
    const message = stage.bot.in(thread).send({ content: 'x', components: [row(button('a'))] as never[] });
    const run = await stage.ana.in(thread).click(message, 'a');
    expect(await run.reply()).toMatchObject({ content: 'in here', channel_id: thread.id });
    expect(names).toEqual(['true details']);
  });

  it('works on what only the asker sees, and for nobody else', async () => {
    await stage.client.application.commands.set([{ name: 'ask', description: 'Asks' }]);
    stage.handle(async (interaction) => {
      const more = {
        type: ComponentType.ActionRow,
        components: [
          { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'More', customId: 'more' },
        ],
      } as const;
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'psst', components: [more], flags: MessageFlags.Ephemeral });
      if (interaction.isButton())
        await interaction.update(`${interaction.message.flags.has(MessageFlags.Ephemeral)}`);
    });
    const secret = await (await stage.ana.in(stage.channel).command('ask')).reply();
    await expect(stage.ben.in(stage.channel).click(secret, 'more')).rejects.toMatchObject({ code: 10008 });
    expect((await (await stage.ana.in(stage.channel).click(secret, 'more')).reply()).content).toBe('true');
  });

  it('finds buttons in components v2, beside texts and in containers', async () => {
    onComponent((interaction) => interaction.reply(`${interaction.component.id} ${interaction.customId}`));
    const section = { type: 9, components: [{ type: 10, content: 'a' }], accessory: button('beside') };
    const container = { type: 17, components: [section, row(button('inside'))] };
    const message = stage.bot
      .in(stage.channel)
      .send({ flags: MessageFlags.IsComponentsV2, components: [container] });
    const place = stage.ana.in(stage.channel);
    expect((await (await place.click(message, 'beside')).reply()).content).toMatch(/^\d+ beside$/);
    expect((await (await place.click(message, ({ label }) => label === 'inside')).reply()).content).toMatch(
      /^\d+ inside$/,
    );
  });

  it.each<[string, object, string, string]>([
    ['a disabled button', button('a', { disabled: true }), 'a', 'is disabled'],
    ['a button that is not there', button('a'), 'b', 'the message has: a'],
    ['a link', { type: 2, style: 5, label: 'x', url: 'https://example.com' }, '', 'is a link'],
    ['a select', { type: 5, custom_id: 'who' }, 'who', 'takes a selection'],
  ])('is not possible on %s', async (_, component, customId, message) => {
    const which = customId === '' ? () => true : customId;
    await expect(stage.ana.in(stage.channel).click(post(row(component)), which)).rejects.toThrow(message);
  });
});

describe('a selection', () => {
  const options = ['summary', 'debug', 'detailed'].map((value) => ({ label: value, value }));

  it('of options tells their values', async () => {
    onComponent(async (interaction) => {
      if (interaction.isStringSelectMenu()) await interaction.reply(interaction.values.join(' '));
    });
    const message = post(row({ type: 3, custom_id: 'mode', options, max_values: 2 }));
    const place = stage.ana.in(stage.channel);
    expect((await (await place.select(message, 'mode', ['debug', 'summary'])).reply()).content).toBe(
      'debug summary',
    );
    await expect(place.select(message, 'mode', ['none'])).rejects.toThrow('not among the options');
    await expect(place.select(message, 'mode', [])).rejects.toThrow('takes 1 to 2 values, not 0');
    await expect(place.select(message, 'mode', ['debug', 'summary', 'detailed'])).rejects.toThrow('not 3');
  });

  it('of users, roles and channels resolves them', async () => {
    onComponent(async (interaction) => {
      const names = {
        [ComponentType.UserSelect]: () =>
          interaction.isUserSelectMenu() && interaction.members.map((one) => one?.user?.username),
        [ComponentType.RoleSelect]: () =>
          interaction.isRoleSelectMenu() && interaction.roles.map((one) => one.name),
        [ComponentType.ChannelSelect]: () =>
          interaction.isChannelSelectMenu() && interaction.channels.map((one) => 'name' in one && one.name),
        [ComponentType.MentionableSelect]: () =>
          interaction.isMentionableSelectMenu() && [interaction.users.size, interaction.roles.size],
      } as Record<number, () => unknown>;
      await interaction.reply(JSON.stringify(names[interaction.componentType]?.()));
    });
    const { ana, ben, channel, guild } = stage;
    const leads = guild.createRole({ name: 'leads' });
    const message = post(...[5, 6, 7, 8].map((type) => row({ type, custom_id: `${type}`, max_values: 2 })));
    const choose = async (type: number, values: { id: string }[]) => {
      const run = await ana.in(channel).select(message, `${type}`, values);
      return JSON.parse((await run.reply()).content) as unknown;
    };
    expect(await choose(5, [ben, ana])).toEqual(['ben', 'ana']);
    expect(await choose(6, [leads])).toEqual(['leads']);
    expect(await choose(7, [leads, ben])).toEqual([1, 1]);
    expect(await choose(8, [channel])).toEqual(['general']);
  });
});
