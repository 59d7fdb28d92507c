import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type {
  APIApplicationCommandChannelOption,
  APIApplicationCommandIntegerOption,
  ChatInputCommandInteraction,
} from 'discord.js';
import type { App } from '../src/app.ts';
import { askerOf } from '../src/discord/access.ts';
import { addedLine, addInsight, requireExchange } from '../src/discord/add-insight.ts';
import type { Command } from '../src/discord/command.ts';
import { decidableInsight } from '../src/discord/insight-decidable.ts';
import { followersOf } from '../src/discord/insight-followers.ts';
import { listOfInsights, oneInsight, reviewOf } from '../src/discord/insight-review.ts';
import { act, pressInsight, revokeReason } from '../src/discord/insights.ts';
import { raisingPlace } from '../src/discord/raise.ts';
import { MAPPABLE_TYPES } from '../src/discord/readable.ts';
import { respond } from '../src/discord/respond.ts';
import { INSIGHT_MAX, INSIGHT_STATES } from '../src/domain/insight.ts';
import { matching } from '../src/views/choices.ts';
import { REVOKE_REASON_MAX } from '../src/views/insight-forms.ts';

const option = ApplicationCommandOptionType;

/** `/insights review|list|show|add|revoke`: what bots have learned, and who else gets it. */
export const insights: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'insights',
    description: 'Decide what bots learn from one another',
    contexts: [0],
    integration_types: [0],
    options: [
      {
        type: option.Subcommand,
        name: 'review',
        description: 'Approve or reject what waits for you, and look at what has become doubtful',
        options: [workspaceOption('Only of this workspace (default: wherever you decide)')],
      },
      {
        type: option.Subcommand,
        name: 'list',
        description: 'See what was learned, and how it stands',
        options: [
          workspaceOption('Only of this workspace (default: wherever you may read)'),
          {
            type: option.String,
            name: 'state',
            description: 'Only those that stand like this',
            choices: INSIGHT_STATES.map((state) => ({ name: state, value: state })),
          },
        ],
      },
      {
        type: option.Subcommand,
        name: 'show',
        description: 'See all of one insight: where it is from, who has it, what became of it',
        options: [idOption()],
      },
      {
        type: option.Subcommand,
        name: 'add',
        description: 'Write down what bots should know here; an owner approves it',
        options: [
          {
            type: option.String,
            name: 'content',
            description: 'What they should know, in a sentence',
            required: true,
            max_length: INSIGHT_MAX,
          },
          {
            type: option.String,
            name: 'category',
            description: 'What kind of insight it is (default: the first that is configured)',
            max_length: 64,
            autocomplete: true,
          },
        ],
      },
      {
        type: option.Subcommand,
        name: 'revoke',
        description: 'Take an insight back from all bots that have it, and see what followed it',
        options: [
          idOption(),
          {
            type: option.String,
            name: 'reason',
            description: 'Why; the bots are told so',
            max_length: REVOKE_REASON_MAX,
          },
        ],
      },
    ],
  },

  async run(interaction, app) {
    await SUBCOMMANDS[interaction.options.getSubcommand()]!(interaction, app);
  },

  async autocomplete(interaction, app) {
    const categories = app.config.insights.categories.map((name) => ({ name, value: name }));
    await interaction.respond(matching(categories, interaction.options.getFocused()));
  },

  component: { name: 'insight', run: pressInsight },
};

function workspaceOption(description: string): APIApplicationCommandChannelOption {
  return { type: option.Channel, name: 'workspace', description, channel_types: [...MAPPABLE_TYPES] };
}

function idOption(): APIApplicationCommandIntegerOption {
  return {
    type: option.Integer,
    name: 'id',
    description: 'Its number, as the list and the cards show it',
    required: true,
    min_value: 1,
  };
}

type Subcommand = (interaction: ChatInputCommandInteraction, app: App) => Promise<void>;

const SUBCOMMANDS: Record<string, Subcommand> = { review, list, show, add, revoke };

async function review(interaction: ChatInputCommandInteraction, app: App): Promise<void> {
  const state = { channelId: channelIn(interaction), first: 0 };
  await respond(interaction, await reviewOf(app, askerOf(interaction), state));
}

async function list(interaction: ChatInputCommandInteraction, app: App): Promise<void> {
  const state = interaction.options.getString('state') ?? 'all';
  const shown = { channelId: channelIn(interaction), page: 0, state };
  await respond(interaction, await listOfInsights(app, askerOf(interaction), shown));
}

async function show(interaction: ChatInputCommandInteraction, app: App): Promise<void> {
  const id = interaction.options.getInteger('id', true);
  await respond(interaction, await oneInsight(app, askerOf(interaction), id));
}

async function add(interaction: ChatInputCommandInteraction, app: App): Promise<void> {
  requireExchange(app);
  const { options } = interaction;
  const category = options.getString('category') ?? app.config.insights.categories[0] ?? 'general';
  const wanted = { content: options.getString('content', true), category };
  const insight = await addInsight(interaction, await raisingPlace(interaction, app), wanted, null, app);
  await respond(interaction, { content: addedLine(insight), allowedMentions: { parse: [] } });
}

async function revoke(interaction: ChatInputCommandInteraction, app: App): Promise<void> {
  const { options } = interaction;
  const asker = askerOf(interaction);
  const { insight, workspace } = await decidableInsight(app, asker, options.getInteger('id', true));
  const reason = await revokeReason(interaction, options.getString('reason'), workspace, app);
  const after = await act(interaction, insight.id, { kind: 'revoke', reason }, app);
  await respond(interaction, await followersOf(app, asker, after));
}

function channelIn({ options }: ChatInputCommandInteraction): string | null {
  const channel = options.get('workspace')?.value;
  return channel === undefined ? null : String(channel);
}
