import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';
import { askerOf } from '../src/discord/access.ts';
import type { Command } from '../src/discord/command.ts';
import { listOf } from '../src/discord/escalation-list.ts';
import { pressEscalation } from '../src/discord/escalations.ts';
import { MAPPABLE_TYPES } from '../src/discord/readable.ts';
import { respond } from '../src/discord/respond.ts';

const option = ApplicationCommandOptionType;

/** `/escalations`: what waits for a decision, oldest first, to be decided right there. */
export const escalations: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'escalations',
    description: 'See what waits for a decision, and decide it',
    contexts: [0],
    integration_types: [0],
    options: [
      {
        type: option.Channel,
        name: 'workspace',
        description: 'Only what waits there (default: wherever you may read)',
        channel_types: [...MAPPABLE_TYPES],
      },
      { type: option.Boolean, name: 'mine', description: 'Only what waits for you' },
    ],
  },

  async run(interaction, app) {
    const { options } = interaction;
    const channel = options.get('workspace')?.value;
    const mine = options.getBoolean('mine') ?? false;
    const state = { channelId: channel === undefined ? null : String(channel), mine, page: 0 };
    await respond(interaction, await listOf(app, askerOf(interaction), state));
  },

  component: { name: 'escalation', run: pressEscalation },
};
