import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type {
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { App } from '../src/app.ts';
import { coverageOfFound, coverageOfLog } from '../src/coverage.ts';
import { askerOf } from '../src/discord/access.ts';
import type { Asker } from '../src/discord/access.ts';
import type { Command } from '../src/discord/command.ts';
import { noteAsker } from '../src/discord/feedback.ts';
import { placeOf } from '../src/discord/place.ts';
import { MAPPABLE_TYPES } from '../src/discord/readable.ts';
import { Reader, REFUSAL } from '../src/discord/reader.ts';
import type { ReadableEntry } from '../src/discord/reader.ts';
import { openModal, respond } from '../src/discord/respond.ts';
import { visibleFrom } from '../src/domain/visibility.ts';
import type { Workspace } from '../src/domain/workspace.ts';
import { UserError } from '../src/errors.ts';
import { followUpModal, QUESTION, readFollowUp } from '../src/views/closing-card.ts';
import { howView } from '../src/views/how.ts';

const HITS = 5;

/** `/how`: the steps that answer a plain question. */
export const how: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'how',
    description: 'Ask how something was decided, found or done',
    contexts: [0],
    integration_types: [0],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'question',
        description: 'As you would ask a colleague: why did you escalate, what did @researcher find',
        required: true,
        max_length: 2000,
      },
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'workspace',
        description: 'Where to look (default: this workspace, elsewhere all that you may read)',
        channel_types: [...MAPPABLE_TYPES],
      },
    ],
  },

  async run(interaction, app) {
    const asker = askerOf(interaction);
    const reader = new Reader(app, asker);
    const asked = interaction.options.getString('question', true);
    const places = await whereToLook(interaction, reader, app);
    const answers = await reader.ask(asked, places, HITS);
    const asksHelp = await mayAskHelp(app, asker, answers.hits);
    const now = app.now();
    const coverage = await coverageOfFound(app.store, answers.searched, answers.hits, now);
    await respond(interaction, howView({ asked, ...answers, outOf: places.length, coverage, asksHelp, now }));
    await noteAsker(app, asker);
  },

  component: { name: 'how', run: followUp },
};

/** A question about one session, asked below its final message: first the form, then the answer. */
async function followUp(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  args: string[],
  app: App,
): Promise<void> {
  const sessionId = readFollowUp(args);
  if (sessionId === undefined) throw new UserError('This button is from an older version. Type `/how`.');
  const asker = askerOf(interaction);
  const reader = new Reader(app, asker);
  const readable = await reader.log(sessionId);
  if (!interaction.isModalSubmit()) {
    await openModal(interaction, followUpModal(sessionId));
    return;
  }
  const asked = interaction.fields.getTextInputValue(QUESTION);
  const { question, hits } = await reader.askWithin(asked, readable, HITS);
  const asksHelp = await mayAskHelp(app, asker, hits);
  const searched = { searched: [readable.workspace], within: readable.log };
  const now = app.now();
  const coverage = await coverageOfLog(app.store, readable.workspace, readable.log, now);
  await respond(interaction, howView({ asked, question, hits, ...searched, coverage, asksHelp, now }));
  await noteAsker(app, asker);
}

/** Once for each session that an answer begins with. */
async function mayAskHelp(app: App, { userId }: Asker, [best]: readonly ReadableEntry[]): Promise<boolean> {
  return best !== undefined && !(await app.store.feedback.hasRated(userId, best.log.sessionId));
}

/** @throws UserError when there is nothing that the asker may read */
async function whereToLook(
  interaction: ChatInputCommandInteraction,
  reader: Reader,
  { config }: App,
): Promise<Workspace[]> {
  const named = interaction.options.get('workspace')?.value;
  if (named !== undefined) return [await reader.workspace(String(named))];
  const all = await reader.workspaces();
  if (all.length === 0) throw new UserError(REFUSAL);
  const here = (await placeOf(interaction))?.channelId;
  return visibleFrom(here, all, config.workLogs.privacy.workspaceIsolation);
}
