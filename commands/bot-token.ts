import { ApplicationCommandOptionType } from 'discord.js';
import type {
  APIApplicationCommandOption,
  APIApplicationCommandOptionChoice,
  ChatInputCommandInteraction,
} from 'discord.js';
import { newSecret, tokenText } from '../src/agents/secret.ts';
import type { App } from '../src/app.ts';
import { respond } from '../src/discord/respond.ts';
import { UserError } from '../src/errors.ts';
import type { AgentToken } from '../src/store/store.ts';
import { newTokenView, revokedView, tokenChoice, tokenList } from '../src/views/bot-tokens.ts';
import { matching } from '../src/views/choices.ts';

const option = ApplicationCommandOptionType;

/** More than these a server hardly needs, and a list of them is still to be read. */
const TOKENS_MAX = 100;

/** `/bot token create|list|revoke`: what lets a bot's own program write and read its work logs. */
export const tokenGroup: APIApplicationCommandOption = {
  type: option.SubcommandGroup,
  name: 'token',
  description: 'Let a bot’s own program write and read its work logs',
  options: [
    {
      type: option.Subcommand,
      name: 'create',
      description: 'Make a token for a bot; it is shown once',
      options: [
        { type: option.User, name: 'bot', description: 'Which bot the program speaks for', required: true },
      ],
    },
    { type: option.Subcommand, name: 'list', description: 'See the tokens and when they were last used' },
    {
      type: option.Subcommand,
      name: 'revoke',
      description: 'Make a token worthless at once',
      options: [
        {
          type: option.String,
          name: 'token',
          description: 'Which one',
          required: true,
          autocomplete: true,
          max_length: 100,
        },
      ],
    },
  ],
};

type Interaction = ChatInputCommandInteraction<'cached'>;

export async function runToken(interaction: Interaction, app: App): Promise<void> {
  const subcommand = interaction.options.getSubcommand();
  if (subcommand === 'create') return create(interaction, app);
  if (subcommand === 'revoke') return revoke(interaction, app);
  return respond(interaction, tokenList(await known(interaction.guildId, app)));
}

export async function tokenChoices(
  guildId: string,
  typed: string,
  app: App,
): Promise<APIApplicationCommandOptionChoice<string>[]> {
  return matching((await known(guildId, app)).map(tokenChoice), typed);
}

async function create(interaction: Interaction, app: App): Promise<void> {
  const { guildId, options, user } = interaction;
  const account = options.getUser('bot', true);
  if (!account.bot)
    throw new UserError('That is a person. Tokens are for bots: name the account of the agent.');
  if (options.getMember('bot') === null) throw new UserError('That bot is not in this server. Add it first.');
  if ((await app.tokens.list(guildId)).length >= TOKENS_MAX)
    throw new UserError(
      `There are ${TOKENS_MAX} tokens already: \`/bot token revoke\` those that nobody uses.`,
    );
  const { secret, hash } = newSecret();
  const made = { guildId, botKey: account.id, hash, createdBy: user.id };
  const { id } = await app.tokens.create(made, app.now());
  const name = options.getMember('bot')?.displayName ?? account.displayName;
  const isOpen = app.config.agentApi !== null;
  await respond(interaction, newTokenView({ name, token: tokenText(id, secret), isOpen }));
}

async function revoke(interaction: Interaction, app: App): Promise<void> {
  const { guildId, options } = interaction;
  const id = Number(/^(?:token )?(\d{1,15})\b/.exec(options.getString('token', true))?.[1]);
  const token = (await known(guildId, app)).find((one) => one.id === id);
  if (!token || !(await app.tokens.revoke(id, guildId, app.now())))
    throw new UserError('There is no such token. `/bot token list` shows those that there are.');
  await respond(interaction, revokedView(token));
}

/** With the names of their bots, as far as they have any here. */
async function known(guildId: string, app: App): Promise<(AgentToken & { name: string })[]> {
  const tokens = await app.tokens.list(guildId);
  const members = app.client.guilds.cache.get(guildId)?.members.cache;
  const profiles = await app.store.bots.byKeys(tokens.map(({ botKey }) => botKey));
  const names = new Map(profiles.map(({ author }) => [author.key, author.name]));
  return tokens.map((token) => {
    const name = members?.get(token.botKey)?.displayName ?? names.get(token.botKey);
    return { ...token, name: name ?? app.client.users.cache.get(token.botKey)?.displayName ?? token.botKey };
  });
}
