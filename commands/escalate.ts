import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { raise, raisingPlace } from '../src/discord/raise.ts';
import { respond } from '../src/discord/respond.ts';
import { SEVERITIES } from '../src/domain/block.ts';
import { raisedLine } from '../src/views/escalation-words.ts';

const option = ApplicationCommandOptionType;

/** `/escalate`: asks the owners of this workspace for a decision. */
export const escalate: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'escalate',
    description: 'Ask the owners of this workspace for a decision',
    contexts: [0],
    integration_types: [0],
    options: [
      {
        type: option.String,
        name: 'reason',
        description: 'What is to be decided',
        required: true,
        max_length: 2000,
      },
      {
        type: option.String,
        name: 'options',
        description: 'What can be chosen, with | or commas between; default: an open question',
        max_length: 4000,
      },
      {
        type: option.String,
        name: 'severity',
        description: 'How grave it is; critical is told in quiet hours too (default: medium)',
        choices: SEVERITIES.map((severity) => ({ name: severity, value: severity })),
      },
      {
        type: option.String,
        name: 'timeout',
        description: 'By when it is needed: 30m, 4h, 2d, or an instant in ISO 8601',
        max_length: 100,
      },
    ],
  },

  async run(interaction, app) {
    const { options } = interaction;
    const severity = options.getString('severity');
    const wanted = {
      reason: options.getString('reason', true),
      options: options.getString('options'),
      severity: SEVERITIES.find((one) => one === severity) ?? null,
      timeout: options.getString('timeout'),
    };
    const place = await raisingPlace(interaction, app);
    const escalation = await raise(interaction, place, wanted, null, app);
    await respond(interaction, { content: raisedLine(escalation), allowedMentions: { parse: [] } });
  },
};
