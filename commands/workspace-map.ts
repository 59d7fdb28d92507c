import { ApplicationCommandOptionType } from 'discord.js';
import type { APIApplicationCommandChannelOption, APIApplicationCommandSubcommandOption } from 'discord.js';
import { MAPPABLE_TYPES } from '../src/discord/readable.ts';
import { WORKSPACE_TYPES } from '../src/domain/workspace.ts';

const option = ApplicationCommandOptionType;

/** `/workspace map`: what can be set of a channel that is recorded. */
export const mapSubcommand: APIApplicationCommandSubcommandOption = {
  type: option.Subcommand,
  name: 'map',
  description: 'Record a channel',
  options: [
    {
      type: option.String,
      name: 'type',
      description: 'What is done in it',
      required: true,
      choices: WORKSPACE_TYPES.map((type) => ({ name: type, value: type })),
    },
    channelOption(),
    {
      type: option.String,
      name: 'coordinator',
      description: 'Name of the bot that coordinates the others there (default: the one that does now)',
      max_length: 80,
    },
    {
      type: option.Mentionable,
      name: 'owner',
      description:
        "Who reads its logs: a person or role, or @everyone (default: who does now, or the server's owner)",
    },
    {
      type: option.Channel,
      name: 'escalation-channel',
      description: 'Where decisions are asked for (default: in the channel itself)',
      channel_types: [...MAPPABLE_TYPES],
    },
    {
      type: option.Mentionable,
      name: 'second-owner',
      description: 'Who is reminded too, when a decision waits for long',
    },
    {
      type: option.String,
      name: 'summary-at',
      description: 'When the report comes: 08:00, a cron expression, or off',
      max_length: 100,
    },
    {
      type: option.Channel,
      name: 'summary-channel',
      description: 'Where the report is posted (default: in the channel itself)',
      channel_types: [...MAPPABLE_TYPES],
    },
    {
      type: option.Integer,
      name: 'retention-days',
      description: 'What is older is deleted; 0: nothing ever is (default: by type)',
      min_value: 0,
      max_value: 36_500,
    },
  ],
};

/** Which channel a subcommand of `/workspace` is about. */
export function channelOption(): APIApplicationCommandChannelOption {
  return {
    type: option.Channel,
    name: 'channel',
    description: 'Which channel (default: this one)',
    channel_types: [...MAPPABLE_TYPES],
  };
}
