import { ApplicationCommandType } from 'discord.js';
import type { BaseInteraction, MessageContextMenuCommandInteraction } from 'discord.js';
import type { App } from '../src/app.ts';
import { addedLine, addInsight, requireExchange } from '../src/discord/add-insight.ts';
import type { Command } from '../src/discord/command.ts';
import { stepHere } from '../src/discord/raise.ts';
import type { StepHere } from '../src/discord/raise.ts';
import { openModal, respond } from '../src/discord/respond.ts';
import { UserError } from '../src/errors.ts';
import { CATEGORY, CONTENT, shareForm } from '../src/views/insight-forms.ts';

/** "Share as insight" on a message: others learn from it, once an owner approves. */
export const shareAsInsight: Command<MessageContextMenuCommandInteraction> = {
  data: {
    type: ApplicationCommandType.Message,
    name: 'Share as insight',
    contexts: [0],
    integration_types: [0],
  },

  async run(interaction, app) {
    requireExchange(app);
    app.optOuts.requireIn(interaction);
    const { entry } = await recorded(interaction, interaction.targetId, app);
    await openModal(
      interaction,
      shareForm(interaction.targetId, entry.message, app.config.insights.categories),
    );
  },

  component: {
    name: 'share',
    async run(interaction, [messageId = ''], app) {
      if (!interaction.isModalSubmit()) return;
      const { place, entry } = await recorded(interaction, messageId, app);
      const content = interaction.fields.getTextInputValue(CONTENT);
      const [category = ''] = interaction.fields.getStringSelectValues(CATEGORY);
      const insight = await addInsight(interaction, place, { content, category }, entry, app);
      await respond(interaction, { content: addedLine(insight), allowedMentions: { parse: [] } });
    },
  },
};

/** The step that a message is. @throws UserError when it is none that the person sees */
async function recorded(interaction: BaseInteraction, messageId: string, app: App): Promise<StepHere> {
  const found = await stepHere(interaction, messageId, app);
  if (!found) throw new UserError(NOT_RECORDED);
  return found;
}

const NOT_RECORDED =
  'This message is not in the work log, so nothing can be shared of it. `/insights add` writes something down without a message.';
