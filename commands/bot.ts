import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { AutocompleteInteraction, BaseInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { App } from '../src/app.ts';
import { askerOf } from '../src/discord/access.ts';
import type { Command } from '../src/discord/command.ts';
import { requireManager } from '../src/discord/manager.ts';
import { respond, turn } from '../src/discord/respond.ts';
import { BOT_ROLES, sameName } from '../src/domain/author.ts';
import type { BotRole } from '../src/domain/author.ts';
import { DIALECT_NAMES, PLAIN_CHAT } from '../src/domain/dialect.ts';
import { UserError } from '../src/errors.ts';
import type { BotProfile } from '../src/store/store.ts';
import { botList, botView } from '../src/views/bots.ts';
import { botChoice, matching } from '../src/views/choices.ts';
import { plainLine } from '../src/views/text.ts';
import { runToken, tokenChoices, tokenGroup } from './bot-token.ts';

const option = ApplicationCommandOptionType;

/** More bots than a server has: all of them are listed, page by page. */
const BOTS = 1_000;

/** `/bot set|list|token`: what the agents of this server are, and how their messages are to be read. For those who manage it. */
export const bot: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'bot',
    description: 'Say what an agent is and how its messages are read',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: option.Subcommand,
        name: 'set',
        description: 'Say what an agent is, or how its messages are read',
        options: [
          {
            type: option.String,
            name: 'bot',
            description: 'Which one, of those that have written in a workspace',
            required: true,
            autocomplete: true,
            max_length: 100,
          },
          {
            type: option.String,
            name: 'dialect',
            description: 'The format of its messages',
            choices: [PLAIN_CHAT, ...DIALECT_NAMES].map((name) => ({ name, value: name })),
          },
          {
            type: option.String,
            name: 'role',
            description: 'What it does',
            choices: BOT_ROLES.map((name) => ({ name, value: name })),
          },
        ],
      },
      {
        type: option.Subcommand,
        name: 'list',
        description: 'See the agents that have written in workspaces',
      },
      tokenGroup,
    ],
  },

  async run(interaction, app) {
    if (!interaction.inCachedGuild()) return;
    requireManager(interaction.memberPermissions);
    if (interaction.options.getSubcommandGroup(false) === 'token') await runToken(interaction, app);
    else if (interaction.options.getSubcommand() === 'set') await set(interaction, app);
    else await respond(interaction, botList(await profiles(interaction, app), 0));
  },

  async autocomplete(interaction: AutocompleteInteraction, app) {
    const isManager = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
    await interaction.respond(isManager ? await choicesFor(interaction, app) : []);
  },

  component: {
    name: 'bot',
    async run(interaction, [, page = ''], app) {
      if (!interaction.inCachedGuild() || !interaction.isMessageComponent()) return;
      requireManager(interaction.memberPermissions);
      await turn(interaction, botList(await profiles(interaction, app), Number(page) || 0));
    },
  },
};

async function choicesFor(interaction: AutocompleteInteraction, app: App) {
  const { name, value } = interaction.options.getFocused(true);
  if (name === 'token') return tokenChoices(interaction.guildId!, value, app);
  const known = await profiles(interaction, app);
  return matching(
    known.map(({ author }) => botChoice(author)),
    value,
  );
}

async function set(interaction: ChatInputCommandInteraction<'cached'>, app: App): Promise<void> {
  const { options } = interaction;
  const dialect = options.getString('dialect');
  const role = options.getString('role') as BotRole | null;
  if (dialect === null && role === null) throw new UserError('Say what to set: `dialect`, `role`, or both.');
  const { author } = named(options.getString('bot', true), await profiles(interaction, app));
  await app.store.bots.describe(author.key, {
    ...(role && { role }),
    ...(dialect && { dialect: { name: dialect === PLAIN_CHAT ? null : dialect, by: 'command' } }),
  });
  const [profile] = await app.store.bots.byKeys([author.key]);
  await respond(interaction, botView(profile!));
}

function named(bot: string, known: readonly BotProfile[]): BotProfile {
  const found =
    known.find(({ author }) => author.key === bot) ?? known.find(({ author }) => sameName(author.name, bot));
  if (found) return found;
  throw new UserError(
    `No bot called “${plainLine(bot, 60)}” has written in a workspace of this server. \`/bot list\` shows those that have.`,
  );
}

/** Those that have written where the person sees the channel: agents in channels that are hidden from them are too. */
async function profiles(
  interaction: BaseInteraction,
  { access, workspaces, store }: App,
): Promise<BotProfile[]> {
  const asker = askerOf(interaction);
  const workspaceIds: number[] = [];
  for (const { id, channelId } of workspaces.ofGuild(asker.guildId))
    if (await access.sees(asker, channelId)) workspaceIds.push(id);
  return store.bots.profiles(workspaceIds, BOTS);
}
