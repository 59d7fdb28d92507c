import { MessageType, TextInputStyle } from 'discord.js';
import type { ModalSubmitInteraction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../../support/discord-js.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  await stage.client.application.commands.set([{ name: 'decide', description: 'Decides' }]);
});
afterEach(() => stage.close());

const input = (id: string, more: object = {}) => ({
  type: 4,
  custom_id: id,
  style: TextInputStyle.Short,
  ...more,
});
const label = (component: object, text = 'A label') => ({ type: 18, label: text, component });
const row = (component: object) => ({ type: 1, components: [component] });

/** Opens a modal for the command and for any button; answers what is submitted with `show`. */
function offer(components: object[], show: (interaction: ModalSubmitInteraction<'cached'>) => unknown) {
  stage.handle(async (interaction) => {
    const modal = { custom_id: 'why', title: 'Why?', components } as never;
    if (interaction.isChatInputCommand() || interaction.isButton()) await interaction.showModal(modal);
    if (!interaction.isModalSubmit() || !interaction.inCachedGuild()) return;
    const content = JSON.stringify(show(interaction));
    if (interaction.isFromMessage()) await interaction.update(content);
    else await interaction.reply(content);
  });
}

const open = async () => (await stage.ana.in(stage.channel).command('decide')).modal!;

describe('a modal', () => {
  it('opens before the person, and no message comes', async () => {
    offer([row(input('reason', { label: 'Reason' }))], () => undefined);
    const run = await stage.ana.in(stage.channel).command('decide');
    expect(run.modal).toMatchObject({ custom_id: 'why', title: 'Why?', components: [{ type: 1 }] });
    await expect(run.reply()).rejects.toThrow('No message came: the response was of type 9');
    expect(stage.ana.in(stage.channel).see()).toEqual([]);
  });

  it('hands over the texts of its rows', async () => {
    offer(
      [row(input('a', { label: 'A' })), row(input('b', { label: 'B', required: false }))],
      ({ customId, fields }) => [customId, fields.getTextInputValue('a'), fields.getTextInputValue('b')],
    );
    const run = await stage.ana.in(stage.channel).submit(await open(), { a: 'because' });
    const reply = await run.reply();
    expect(JSON.parse(reply.content)).toEqual(['why', 'because', '']);
    expect(reply.type).toBe(MessageType.Default);
    expect(reply.interaction_metadata).toMatchObject({
      type: 5,
      triggering_interaction_metadata: { type: 2 },
    });
  });

  it('hands over every kind of labelled field, beside texts that only show', async () => {
    const { ana, ben, channel, guild } = stage;
    const leads = guild.createRole({ name: 'leads' });
    const options = [
      { label: 'Yes', value: 'yes' },
      { label: 'No', value: 'no' },
    ];
    offer(
      [
        { type: 10, content: 'Think twice.' },
        label(input('text', { value: 'as it was' })),
        label({ type: 3, custom_id: 'choice', options }),
        label({ type: 5, custom_id: 'who' }),
        label({ type: 19, custom_id: 'files', max_values: 2 }),
      ],
      ({ fields }) => [
        fields.getTextInputValue('text'),
        fields.getStringSelectValues('choice'),
        fields.getSelectedUsers('who')?.map(({ username }) => username),
        fields.getUploadedFiles('files')?.map(({ name }) => name),
      ],
    );
    const files = [
      { name: 'a.txt', data: 'a' },
      { name: 'b.txt', data: 'b' },
    ];
    const run = await ana.in(channel).submit(await open(), { choice: ['no'], who: [ben], files });
    expect(JSON.parse((await run.reply()).content)).toEqual([
      'as it was',
      ['no'],
      ['ben'],
      ['a.txt', 'b.txt'],
    ]);

    offer(
      [
        label({ type: 6, custom_id: 'role' }),
        label({ type: 7, custom_id: 'any' }),
        label({ type: 8, custom_id: 'where' }),
      ],
      ({ fields }) => [
        fields.getSelectedRoles('role')?.map((role) => role?.name),
        fields.getSelectedMentionables('any')?.roles.size,
        fields.getSelectedChannels('where')?.map((one) => 'name' in one! && one.name),
      ],
    );
    const second = await ana
      .in(channel)
      .submit(await open(), { role: [leads], any: [leads], where: [channel] });
    expect(JSON.parse((await second.reply()).content)).toEqual([['leads'], 1, ['general']]);
  });

  it('that a button opened belongs to the message of the button', async () => {
    offer([label(input('reason'))], ({ fields, message }) => [
      fields.getTextInputValue('reason'),
      message?.content,
    ]);
    const button = { type: 2, style: 1, label: 'Else', custom_id: 'else' };
    const message = stage.bot.in(stage.channel).send({ content: 'choose', components: [row(button)] });
    const { modal } = await stage.ana.in(stage.channel).click(message, 'else');
    const run = await stage.ana.in(stage.channel).submit(modal!, { reason: 'x' });
    expect(await run.reply()).toMatchObject({ id: message.id, content: '["x","choose"]' });
  });

  it.each<[string, object, Record<string, string>, string]>([
    ['an empty required field', input('a'), {}, '"a" is required'],
    [
      'a text that is too short',
      input('a', { min_length: 3 }),
      { a: 'xy' },
      'takes 3 to 4000 characters, not 2',
    ],
    [
      'a text that is too long',
      input('a', { max_length: 3 }),
      { a: 'wxyz' },
      'takes 0 to 3 characters, not 4',
    ],
    ['an unknown field', input('a'), { a: 'x', b: 'y' }, 'no field "b"'],
  ])('cannot be submitted with %s', async (_, component, fields, message) => {
    offer([label(component)], () => undefined);
    const modal = await open();
    await expect(stage.ana.in(stage.channel).submit(modal, fields)).rejects.toThrow(message);
  });
});
