import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type {
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { App } from '../src/app.ts';
import { askerOf } from '../src/discord/access.ts';
import type { Asker } from '../src/discord/access.ts';
import type { Command } from '../src/discord/command.ts';
import { explanationOf, fileOf } from '../src/discord/explanation.ts';
import { exportOf } from '../src/discord/export.ts';
import { noteAsker } from '../src/discord/feedback.ts';
import { Reader } from '../src/discord/reader.ts';
import type { Readable } from '../src/discord/reader.ts';
import { respond, turn } from '../src/discord/respond.ts';
import { findSession, ordinalOf, SESSION_OPTIONS, suggest } from '../src/discord/session-option.ts';
import { mayAnswerWithFile, sessionTimeline } from '../src/discord/timeline.ts';
import { UserError } from '../src/errors.ts';
import { MODES } from '../src/views/entry-block.ts';
import { modeOf, newState, readPress } from '../src/views/explain-state.ts';
import type { ExplainState } from '../src/views/explain-state.ts';
import { exportView } from '../src/views/export.ts';
import type { View } from '../src/views/limits.ts';

const option = ApplicationCommandOptionType;

/** `/explain`: how a session went, step by step. */
export const explain: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'explain',
    description: 'Show step by step what the bots did in a session',
    contexts: [0],
    integration_types: [0],
    options: [
      ...SESSION_OPTIONS,
      {
        type: option.String,
        name: 'mode',
        description: 'How much of each step, or which of them',
        choices: MODES.map((mode) => ({ name: mode, value: mode })),
      },
      { type: option.String, name: 'bot', description: 'Only the steps of this bot', autocomplete: true },
    ],
  },

  async run(interaction, app) {
    const asker = askerOf(interaction);
    const readable = await findSession(interaction, new Reader(app, asker));
    const { sessionId } = readable.log;
    const bot = interaction.options.getString('bot');
    const mode = modeOf(interaction.options.getString('mode')) ?? app.config.workLogs.defaultMode;
    const ordinal = bot === null ? null : ordinalOf(bot, await app.store.sessions.participants(sessionId));
    await respond(
      interaction,
      await explanation(app, asker, readable, { ...newState(sessionId, 0, mode), bot: ordinal }),
    );
    await noteAsker(app, asker);
  },

  autocomplete: (interaction, app) => suggest(interaction, app, new Reader(app, askerOf(interaction))),

  component: { name: 'explain', run: press },
};

/** A button of an explanation, or a session picked from a list. */
async function press(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  args: string[],
  app: App,
): Promise<void> {
  if (!interaction.isMessageComponent()) return;
  const values = interaction.isStringSelectMenu() ? interaction.values : [];
  const asked = readPress(args, values, app.config.workLogs.defaultMode);
  if (!asked) throw new UserError('This button is from an older version. Type `/explain` again.');
  const asker = askerOf(interaction);
  const reader = new Reader(app, asker);
  if (asked.kind === 'timeline') {
    const readable = await reader.log(asked.sessionId);
    await respond(interaction, await sessionTimeline(app, readable, mayAnswerWithFile(interaction)));
    return;
  }
  if (asked.kind === 'file' || asked.kind === 'artifact') {
    const readable = await reader.log(asked.sessionId);
    const file =
      asked.kind === 'file'
        ? await fileOf(app, readable, asked.bot)
        : exportView(await exportOf(app, readable, 'json'));
    await respond(interaction, file);
    return;
  }
  const shown = await explanation(app, asker, await reader.log(asked.state.sessionId), asked.state);
  await (asked.kind === 'open' ? respond(interaction, shown) : turn(interaction, shown));
}

/** Where the config file allows no unfolding, its mode is the only one, whatever is asked for. */
async function explanation(
  app: App,
  { userId }: Asker,
  readable: Readable,
  asked: ExplainState,
): Promise<View> {
  const { progressiveDisclosure: unfolds, defaultMode: mode } = app.config.workLogs;
  const asksHelp = !(await app.store.feedback.hasRated(userId, readable.log.sessionId));
  return explanationOf(app, readable, unfolds ? asked : { ...asked, mode }, { unfolds, asksHelp });
}
