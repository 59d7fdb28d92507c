import { ApplicationCommandOptionType, ApplicationCommandType, InteractionContextType } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';
import type { App } from '../src/app.ts';
import type { Command } from '../src/discord/command.ts';
import {
  askToErase,
  askToForget,
  exportGuild,
  exportMine,
  optIn,
  optOut,
  pressPrivacy,
  showMine,
} from '../src/discord/privacy.ts';

type Asked = ChatInputCommandInteraction<'cached'>;

interface Subcommand {
  description: string;
  run(interaction: Asked, app: App): Promise<void>;
}

const SUBCOMMANDS: Record<string, Subcommand> = {
  show: { description: 'See what is kept of you, where, for how long, and who may read it', run: showMine },
  export: { description: 'Get all that is kept of what you wrote, as a file', run: exportMine },
  'forget-me': { description: 'Remove all that you wrote; asks once more', run: askToForget },
  'opt-out': { description: 'From now on nothing that you write in this server is kept', run: optOut },
  'opt-in': { description: 'End your opt-out', run: optIn },
  'guild-export': {
    description: 'For the owner of the server: get all that was recorded in it, as files',
    run: exportGuild,
  },
  'guild-erase': {
    description: 'For the owner of the server: delete all that was recorded in it; asks twice more',
    run: askToErase,
  },
};

/** `/privacy`: what is kept of the person who asks, and how to end that. For everyone, whatever they may read. */
export const privacy: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'privacy',
    description: 'What is kept of you, and how to be forgotten',
    contexts: [InteractionContextType.Guild],
    options: Object.entries(SUBCOMMANDS).map(([name, { description }]) => ({
      type: ApplicationCommandOptionType.Subcommand,
      name,
      description,
    })),
  },

  async run(interaction, app) {
    if (!interaction.inCachedGuild()) return;
    await SUBCOMMANDS[interaction.options.getSubcommand()]!.run(interaction, app);
  },

  component: {
    name: 'privacy',
    async run(interaction, args, app) {
      if (interaction.isMessageComponent() && interaction.inCachedGuild())
        await pressPrivacy(interaction, args, app);
    },
  },
};
