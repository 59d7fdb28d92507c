import { ApplicationCommandOptionType } from 'discord.js';
import type { APIApplicationCommandChannelOption, APIApplicationCommandSubcommandOption } from 'discord.js';
import { RESETTABLE } from '../src/discord/mapping-options.ts';
import { MAPPABLE_TYPES } from '../src/discord/readable.ts';
import { WORKSPACE_TYPES } from '../src/domain/workspace.ts';

const option = ApplicationCommandOptionType;

/** `/workspace map`: what can be set of a channel that is recorded. What is not named stays as it is. */
export const mapSubcommand: APIApplicationCommandSubcommandOption = {
  type: option.Subcommand,
  name: 'map',
  description: 'Record a channel, or change how; what you do not name stays as it is',
  options: [
    {
      type: option.String,
      name: 'type',
      description: 'What is done in it (default: as it is, or as its rule says)',
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
      description: 'Where decisions are asked for (by default in the channel itself)',
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
      description: 'Where the report is posted (by default in the channel itself)',
      channel_types: [...MAPPABLE_TYPES],
    },
    {
      type: option.Integer,
      name: 'retention-days',
      description: 'What is older is deleted; 0: nothing ever is (by default as its type)',
      min_value: 0,
      max_value: 36_500,
    },
    {
      type: option.String,
      name: 'reset',
      description: 'What is to be as the config file says again, or as is usual',
      choices: RESETTABLE.map((name) => ({ name, value: name })),
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
