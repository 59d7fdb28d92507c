import { randomUUID } from 'node:crypto';
import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type {
  AutocompleteInteraction,
  CommandInteraction,
  Interaction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { App } from '../app.ts';
import { UserError } from '../errors.ts';
import type { Command } from './command.ts';
import { defer, respond } from './respond.ts';
import type { Answerable } from './respond.ts';

/**
 * An answer that is not there after so long, in ms, is announced as coming. Discord waits 3 s for the first response
 * (https://discord.com/developers/docs/interactions/receiving-and-responding); the rest is for the way there.
 */
export const PATIENCE = 1500;

/** Takes an interaction to its command. It is the one place that catches: its promise never rejects. */
export type Router = (interaction: Interaction) => Promise<void>;

export function createRouter(commands: readonly Command[], app: App, patience = PATIENCE): Router {
  const byName = new Map(
    commands.map((command) => [`${command.data.type ?? 1}:${command.data.name}`, command]),
  );
  const components = new Map(
    commands.flatMap(({ component }) => (component ? [[component.name, component]] : [])),
  );

  const runCommand = async (interaction: CommandInteraction) => {
    const command = byName.get(`${interaction.commandType}:${interaction.commandName}`);
    if (!command)
      throw new UserError('This command is no longer mine. Discord will show the current ones shortly.');
    await command.run(interaction as Parameters<Command['run']>[0], app);
  };

  const runComponent = async (interaction: MessageComponentInteraction | ModalSubmitInteraction) => {
    const [name, ...args] = interaction.customId.split(':');
    const component = components.get(name!);
    if (!component)
      throw new UserError('This answer is too old for its buttons. Please run the command again.');
    await component.run(interaction, args, app);
  };

  const suggest = async (interaction: AutocompleteInteraction) => {
    const command = byName.get(`1:${interaction.commandName}`);
    if (interaction.inCachedGuild() && command?.autocomplete) await command.autocomplete(interaction, app);
    else await interaction.respond([]);
  };

  return async (interaction) => {
    if (interaction.isAutocomplete()) return guardSuggestions(interaction, () => suggest(interaction), app);
    if (interaction.isCommand()) return guard(interaction, () => runCommand(interaction), app, patience);
    if (interaction.isMessageComponent() || interaction.isModalSubmit())
      return guard(interaction, () => runComponent(interaction), app, patience);
  };
}

/** Runs a handler: in a server only, never too late for Discord, and with a text for the person whatever happens. */
async function guard(
  interaction: Answerable,
  handle: () => Promise<void>,
  app: App,
  patience: number,
): Promise<void> {
  const timer = setTimeout(() => void defer(interaction).catch((err: unknown) => report(err)), patience);
  const report = (err: unknown) => explainFailure(interaction, err, app);
  try {
    requireServer(interaction);
    await handle();
  } catch (error) {
    await report(error);
  } finally {
    clearTimeout(timer);
  }
}

function requireServer(interaction: Answerable): void {
  if (!interaction.inGuild())
    throw new UserError('Work logs belong to the channels of a server: use this command there, not in a DM.');
  if (!interaction.inCachedGuild())
    throw new UserError('I am not a member of this server: ask someone who manages it to add me as a bot.');
}

async function explainFailure(interaction: Answerable, error: unknown, app: App): Promise<void> {
  const content = error instanceof UserError ? error.message : apology(interaction, error, app);
  try {
    await respond(interaction, { content, allowedMentions: { parse: [] } });
  } catch (err) {
    app.log.warn({ err, interaction: nameOf(interaction) }, 'An interaction could not be answered.');
  }
}

/** The person and the log get the same number, so that one can be found from the other. */
function apology(interaction: Answerable, err: unknown, { log }: App): string {
  const id = randomUUID().slice(0, 8);
  const fields = { err, id, interaction: nameOf(interaction), user: interaction.user.id };
  if (isExpired(err)) log.warn(fields, 'An interaction was answered too late for Discord.');
  else log.error(fields, 'A command failed.');
  return `Something went wrong on my side. If it happens again, tell my operator the number ${id}.`;
}

async function guardSuggestions(
  interaction: AutocompleteInteraction,
  suggest: () => Promise<void>,
  { log }: App,
): Promise<void> {
  try {
    await suggest();
  } catch (err) {
    const level = isExpired(err) ? 'debug' : 'error';
    log[level]({ err, interaction: interaction.commandName }, 'Suggestions failed.');
    if (!interaction.responded) await interaction.respond([]).catch(() => {});
  }
}

/** The person typed on, or went away, before the answer came. */
function isExpired(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownInteraction;
}

function nameOf(interaction: Answerable): string {
  return interaction.isCommand() ? interaction.commandName : interaction.customId;
}
