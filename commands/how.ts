import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';
import { askerOf } from '../src/discord/access.ts';
import type { Command } from '../src/discord/command.ts';
import { noteAsker } from '../src/discord/feedback.ts';
import { placeOf } from '../src/discord/place.ts';
import { MAPPABLE_TYPES } from '../src/discord/readable.ts';
import { Reader, REFUSAL } from '../src/discord/reader.ts';
import { respond } from '../src/discord/respond.ts';
import type { Workspace } from '../src/domain/workspace.ts';
import { UserError } from '../src/errors.ts';
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
    const searched = await whereToLook(interaction, reader);
    const { question, hits } = await reader.ask(asked, searched, HITS);
    const asksHelp = hits[0]
      ? !(await app.store.feedback.hasRated(asker.userId, hits[0].log.sessionId))
      : false;
    await respond(interaction, howView({ asked, question, hits, searched, asksHelp }));
    await noteAsker(app, asker);
  },
};

/** @throws UserError when there is nothing that the asker may read */
async function whereToLook(interaction: ChatInputCommandInteraction, reader: Reader): Promise<Workspace[]> {
  const named = interaction.options.get('workspace')?.value;
  if (named !== undefined) return [await reader.workspace(String(named))];
  const all = await reader.workspaces();
  if (all.length === 0) throw new UserError(REFUSAL);
  const here = (await placeOf(interaction))?.channelId;
  const own = all.filter(({ channelId }) => channelId === here);
  return own.length > 0 ? own : all;
}
