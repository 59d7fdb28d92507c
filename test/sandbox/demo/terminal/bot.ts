import {
  ApplicationCommandOptionType as Option,
  ApplicationCommandType,
  ButtonStyle,
  ComponentType,
  Events,
  MessageFlags,
  Routes,
  TextInputStyle,
} from 'discord.js';
import type {
  APIModalInteractionResponseCallbackData,
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  Client,
  Interaction,
} from 'discord.js';
import type { Cast } from '../../../../sandbox/demo/cast.ts';
import { connect } from '../../../support/discord-js.ts';

const commands = [
  {
    name: 'report',
    description: 'Reports',
    options: [
      { type: Option.Channel, name: 'channel', description: 'Where' },
      { type: Option.Integer, name: 'steps', description: 'How many' },
      { type: Option.String, name: 'session', description: 'Which', autocomplete: true },
    ],
  },
  { name: 'silent', description: 'Never answers' },
  { name: 'Report this', type: ApplicationCommandType.Message },
];

const button = (id: string) =>
  ({ type: ComponentType.Button, style: ButtonStyle.Primary, custom_id: id, label: id }) as const;

const controls: APIActionRowComponent<APIComponentInMessageActionRow>[] = [
  { type: ComponentType.ActionRow, components: [button('more'), button('note')] },
  {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: 'bot',
        placeholder: 'All bots',
        options: [
          { label: 'coder', value: 'c' },
          { label: 'researcher', value: 'r' },
        ],
      },
    ],
  },
];

const form: APIModalInteractionResponseCallbackData = {
  custom_id: 'form',
  title: 'Note',
  components: [
    {
      type: ComponentType.Label,
      label: 'What to note',
      component: {
        type: ComponentType.TextInput,
        custom_id: 'text',
        style: TextInputStyle.Short,
        required: true,
      },
    },
  ],
};

/** A bot with one command of each kind, whose answers hold one control of each kind. */
export async function connectReporter({ discord, guest }: Cast): Promise<Client<true>> {
  const client = await connect(discord, guest);
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction));
  await client.rest.put(Routes.applicationCommands(client.application.id), { body: commands });
  return client;
}

async function answer(interaction: Interaction): Promise<void> {
  const flags = MessageFlags.Ephemeral;
  if (interaction.isAutocomplete()) {
    await interaction.respond([{ name: 'The refactoring', value: `${interaction.options.getFocused()}42` }]);
  } else if (interaction.isChatInputCommand() && interaction.commandName === 'report') {
    const channel = interaction.options.getChannel('channel')?.name;
    const content = `report on ${channel} with ${interaction.options.getInteger('steps')} steps`;
    const files = [{ attachment: Buffer.from('line one\nline \u001B[2Jtwo'), name: 'log.txt' }];
    await interaction.reply({ flags, content, components: controls, files });
  } else if (interaction.isMessageContextMenuCommand()) {
    await interaction.reply({ flags, content: `about “${interaction.targetMessage.content}”` });
  } else if (interaction.isStringSelectMenu()) {
    await interaction.update({ content: `only ${interaction.values.join()}` });
  } else if (interaction.isButton() && interaction.customId === 'more') {
    await interaction.deferUpdate();
    await interaction.editReply({ content: 'more of it', components: [] });
  } else if (interaction.isButton()) {
    await interaction.showModal(form);
  } else if (interaction.isModalSubmit()) {
    await interaction.reply({ flags, content: `noted: ${interaction.fields.getTextInputValue('text')}` });
  }
}
