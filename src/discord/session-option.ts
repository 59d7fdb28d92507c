import { ApplicationCommandOptionType } from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  AutocompleteInteraction,
  ChatInputCommandInteraction,
} from 'discord.js';
import type { App } from '../app.ts';
import { isBot, sameName } from '../domain/author.ts';
import type { Participant } from '../domain/work-log.ts';
import { UserError } from '../errors.ts';
import { botChoice, matching, sessionChoice } from '../views/choices.ts';
import type { Choice } from '../views/choices.ts';
import { plainLine } from '../views/text.ts';
import { placeOf } from './place.ts';
import { MAPPABLE_TYPES } from './readable.ts';
import { REFUSAL } from './reader.ts';
import type { Readable, Reader } from './reader.ts';

const { Channel, String: Text } = ApplicationCommandOptionType;

/** Which session a command is about: {@link findSession} reads them, and {@link suggest} suggests. */
export const SESSION_OPTIONS: readonly APIApplicationCommandBasicOption[] = [
  {
    type: Channel,
    name: 'workspace',
    description: 'Whose latest session (default: this channel)',
    channel_types: [...MAPPABLE_TYPES],
  },
  { type: Text, name: 'session', description: 'A certain session', autocomplete: true },
];

/** The options `workspace`, `session` and `bot`, as every command that is about one session has them. */
type WithOptions = ChatInputCommandInteraction | AutocompleteInteraction;

/** How many of the newest sessions are searched for what is being typed. */
const SUGGESTED_FROM = 100;

/**
 * The session that the options name; without a session the latest one of the named workspace, or of the channel or thread that
 * the command was typed in.
 *
 * @throws UserError when there is none that the asker may read
 */
export async function findSession(interaction: WithOptions, reader: Reader): Promise<Readable> {
  const channelId = valueOf(interaction, 'workspace');
  const sessionId = valueOf(interaction, 'session');
  if (sessionId !== null) {
    const readable = await reader.log(sessionId);
    if (channelId !== null && readable.workspace.channelId !== channelId) throw new UserError(REFUSAL);
    return readable;
  }
  const typedIn = channelId === null ? await placeOf(interaction) : { channelId, threadId: null };
  if (!typedIn) throw new UserError(REFUSAL);
  const workspace = await reader.workspace(typedIn.channelId);
  const latest =
    typedIn.threadId === null
      ? await reader.latestInChannel(workspace)
      : await reader.latestInThread(workspace, typedIn.threadId);
  if (!latest) throw new UserError(NOTHING_YET);
  return latest;
}

export const NOTHING_YET =
  'Nothing is recorded here yet that you may read. The next message begins a session.';

/** Which of the participants an option names: by what a suggestion gave, or by name as typed. */
export function ordinalOf(bot: string, participants: readonly Participant[]): number {
  const byKey = participants.findIndex(({ author }) => author.key === bot);
  const ordinal = byKey === -1 ? participants.findIndex(({ author }) => sameName(author.name, bot)) : byKey;
  if (ordinal !== -1) return ordinal;
  throw new UserError(
    `Nobody called “${plainLine(bot, 60)}” wrote in this session. The menu below \`/explain\` lists who did.`,
  );
}

/** Suggestions for `session` and `bot`: only what the asker may see. */
export async function suggest(interaction: AutocompleteInteraction, app: App, reader: Reader): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  try {
    const choices = name === 'session' ? sessions(interaction, app, reader) : bots(interaction, app, reader);
    await interaction.respond(matching(await choices, value));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await interaction.respond([]);
  }
}

async function sessions(interaction: AutocompleteInteraction, app: App, reader: Reader): Promise<Choice[]> {
  const channelId = valueOf(interaction, 'workspace');
  const workspaces = channelId === null ? await reader.workspaces() : [await reader.workspace(channelId)];
  const logs = await reader.logs(workspaces, SUGGESTED_FROM);
  return logs.map(({ workspace, log }) => sessionChoice(workspace, log, app.now()));
}

async function bots(interaction: AutocompleteInteraction, app: App, reader: Reader): Promise<Choice[]> {
  const { log } = await findSession(interaction, reader);
  const participants = await app.store.sessions.participants(log.sessionId);
  return participants.filter(({ author }) => isBot(author)).map(({ author }) => botChoice(author));
}

/** Of a channel option, its id: suggestions are asked for before Discord resolves it. */
function valueOf({ options }: WithOptions, name: string): string | null {
  const value = options.get(name)?.value;
  return value === undefined || value === '' ? null : String(value);
}
