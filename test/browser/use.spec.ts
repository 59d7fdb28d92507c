import { MessageFlags } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { COMMAND, EVERYTHING, FORM } from './bodies.ts';
import { findChromium } from './chromium.ts';
import { onStage } from './on-stage.ts';
import { PNG } from './picture.ts';

describe.skipIf(findChromium() === undefined)('what bots show and ask', () => {
  const at = onStage();

  test('embeds, files and every component are drawn', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    const { bot, channel } = stage;
    bot.in(channel).send({
      embeds: [
        {
          title: 'A title',
          description: 'An **embed**',
          color: 0x00ff00,
          fields: [{ name: 'one', value: '1', inline: true }],
          image: { url: 'attachment://point.png' },
        },
      ],
      files: [
        { name: 'point.png', data: PNG },
        { name: 'log.txt', data: 'a log' },
      ],
    });
    await page
      .getByRole('region', { name: 'Embed' })
      .getByRole('button', { name: 'Show larger: A title' })
      .click();
    await page.getByRole('dialog', { name: 'A title' }).waitFor();
    await visitor.type('Escape');
    expect(await page.getByRole('link', { name: 'log.txt' }).getAttribute('href')).toMatch(
      /^\/attachments\//,
    );
    bot.in(channel).send({
      flags: MessageFlags.IsComponentsV2,
      files: [
        { name: 'point.png', data: PNG },
        { name: 'log.txt', data: 'a log' },
      ],
      components: EVERYTHING as never,
    });
    await visitor.message('A text').getByText('Beside it').waitFor();
    const drawn = visitor.message('A text');
    expect(await drawn.getByRole('img').count()).toBe(3);
    expect(await drawn.getByRole('separator').count()).toBe(1);
    expect(await drawn.getByRole('button', { name: 'Off' }).isDisabled()).toBe(true);
    expect(await drawn.getByRole('link', { name: 'Docs' }).getAttribute('rel')).toContain('noopener');
    await drawn.getByText('Preview').click();
    await drawn.getByLabel('Beginning of log.txt').getByText('a log').waitFor();
    expect(await visitor.violations()).toEqual([]);
    await visitor.picture('components');
  });

  test('selects of people, roles and channels, of one and of many', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    const { bot, channel, ben } = stage;
    bot.in(channel).send({
      content: 'choose',
      components: [
        { type: 1, components: [{ type: 5, custom_id: 'who', placeholder: 'Who?' }] },
        {
          type: 1,
          components: [
            {
              type: 3,
              custom_id: 'what',
              placeholder: 'What?',
              min_values: 1,
              max_values: 2,
              options: ['a', 'b', 'c'].map((value) => ({ label: `Option ${value}`, value })),
            },
          ],
        },
      ],
    });
    stage.handle(async (interaction) => {
      if (interaction.isUserSelectMenu()) await interaction.reply(`chose <@${interaction.values.join()}>`);
    });
    await page.getByRole('button', { name: 'Who?' }).click();
    await page.getByRole('option', { name: '@ben' }).click();
    await visitor.message('chose').getByRole('button', { name: '@ben' }).waitFor();
    expect(channel.messages().at(-1)!.content).toBe(`chose <@${ben.id}>`);
    stage.handle(async (interaction) => {
      if (interaction.isStringSelectMenu()) await interaction.reply(`took ${interaction.values.join('+')}`);
    });
    await page.getByRole('button', { name: 'What?' }).click();
    await page.getByRole('option', { name: 'Option a' }).click();
    await visitor.type('ArrowDown', 'ArrowDown', 'Enter');
    await page.getByRole('button', { name: 'Done (2)' }).click();
    await visitor.message('took a+c').waitFor();
    expect(channel.messages().at(-1)!.content).toBe('took a+c');
  });

  test('an answer that takes its time, one that never comes, and a form with every field', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    const { bot, channel } = stage;
    bot.in(channel).send({
      content: 'press',
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }],
    });
    let finish: () => Promise<unknown> = () => Promise.resolve();
    stage.handle(async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.deferReply();
      finish = () => interaction.editReply('thought about it');
    });
    await page.getByRole('button', { name: 'Go' }).click();
    await page.getByText('researcher is thinking…').waitFor();
    await finish();
    await visitor.message('thought about it').waitFor();

    stage.handle(async () => {});
    await page.getByRole('button', { name: 'Go' }).click();
    await page.getByRole('alert').filter({ hasText: 'This interaction failed' }).waitFor();

    stage.handle((interaction) =>
      interaction.isButton() ? interaction.showModal(FORM as never) : Promise.resolve(),
    );
    await page.getByRole('button', { name: 'Go' }).click();
    const form = page.getByRole('dialog', { name: 'A form' });
    await form.getByRole('textbox', { name: 'Why?' }).fill('because');
    await form.getByRole('combobox', { name: 'Which?' }).selectOption('two');
    await form.getByRole('checkbox', { name: 'Sure?' }).check();
    await form.getByRole('radio', { name: 'Later' }).check();
    expect(await visitor.violations()).toEqual([]);
    stage.handle(async (interaction) => {
      if (!interaction.isModalSubmit()) return;
      const said = JSON.stringify(interaction.toJSON(), (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      const { fields } = interaction;
      await interaction.reply({
        content: `${fields.getTextInputValue('why')} ${fields.getStringSelectValues('which').join()} ${said.length > 0}`,
        flags: MessageFlags.Ephemeral,
      });
    });
    await form.getByRole('button', { name: 'Submit' }).click();
    await visitor.message('because two true').getByText('Only you can see this').waitFor();
    expect(channel.messages().map(({ content }) => content)).not.toContain('because two true');
  });

  test('options are found, completed by the bot, checked, and sent as what they are', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    const { client, channel, ben } = stage;
    await client.application!.commands.create(COMMAND as never);
    stage.handle(async (interaction) => {
      if (interaction.isAutocomplete()) {
        const typed = interaction.options.getFocused();
        await interaction.respond(
          ['apple', 'pear']
            .filter((name) => name.includes(typed))
            .map((name) => ({ name: `The ${name}`, value: name })),
        );
      } else if (interaction.isChatInputCommand()) {
        const { options } = interaction;
        await interaction.reply(
          [
            options.getSubcommand(),
            options.getString('fruit'),
            options.getInteger('count'),
            options.getUser('who')?.id,
            options.getBoolean('now'),
            options.getChannel('where')?.id,
          ].join('|'),
        );
      }
    });
    await page.getByRole('textbox').focus();
    await visitor.type('/basket a');
    await page.getByRole('option', { name: '/basket add' }).waitFor();
    await visitor.type('Enter');
    await page.getByRole('option', { name: 'The pear' }).waitFor();
    await visitor.type('app');
    await page.getByRole('option', { name: 'The pear' }).waitFor({ state: 'detached' });
    await visitor.type('ArrowDown', 'Enter');
    await visitor.type('cou', 'Enter', 'many', 'Enter');
    await page.getByRole('alert').filter({ hasText: 'Enter a whole number.' }).waitFor();
    await page.getByRole('combobox', { name: 'count' }).fill('99');
    await visitor.type('Enter');
    await page.getByRole('alert').filter({ hasText: 'takes numbers from' }).waitFor();
    await page.getByRole('combobox', { name: 'count' }).fill('3');
    await page.getByRole('combobox', { name: /Add an option/ }).focus();
    await visitor.type(
      'who',
      'Enter',
      'be',
      'Enter',
      'now',
      'Enter',
      'tr',
      'Enter',
      'where',
      'Enter',
      'gen',
      'Enter',
    );
    await visitor.picture('options');
    await visitor.type('Enter');
    await visitor.message('add|apple|3').waitFor();
    expect(channel.messages().at(-1)!.content).toBe(`add|apple|3|${ben.id}|true|${channel.id}`);
  });

  test('what an application offers for a member is on their card', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    await stage.client.application.commands.create({ name: 'Who is this', type: 2 });
    stage.handle(async (interaction) => {
      if (!interaction.isUserContextMenuCommand()) return;
      await interaction.reply({
        content: `That is ${interaction.targetUser.username}`,
        flags: MessageFlags.Ephemeral,
      });
    });
    await page.getByRole('complementary').getByRole('button', { name: 'ben' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Who is this' }).click();
    await visitor.message('That is ben').getByText('Only you can see this').waitFor();
    expect(stage.channel.messages()).toEqual([]);
  });
});
