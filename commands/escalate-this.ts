import { ApplicationCommandType } from 'discord.js';
import type { BaseInteraction, MessageContextMenuCommandInteraction } from 'discord.js';
import type { App } from '../src/app.ts';
import type { Command } from '../src/discord/command.ts';
import { raise, stepHere } from '../src/discord/raise.ts';
import type { StepHere } from '../src/discord/raise.ts';
import { openModal, respond } from '../src/discord/respond.ts';
import { UserError } from '../src/errors.ts';
import { REASON, reasonForm } from '../src/views/escalation-forms.ts';
import { raisedLine } from '../src/views/escalation-words.ts';

/** "Escalate this" on a message: asks the owners for a decision about it; the answer goes to who wrote it. */
export const escalateThis: Command<MessageContextMenuCommandInteraction> = {
  data: {
    type: ApplicationCommandType.Message,
    name: 'Escalate this',
    contexts: [0],
    integration_types: [0],
  },

  async run(interaction, app) {
    await recorded(interaction, interaction.targetId, app);
    await openModal(interaction, reasonForm(interaction.targetId));
  },

  component: {
    name: 'raise',
    async run(interaction, [messageId = ''], app) {
      if (!interaction.isModalSubmit()) return;
      const { place, entry } = await recorded(interaction, messageId, app);
      const reason = interaction.fields.getTextInputValue(REASON);
      const escalation = await raise(interaction, place, { reason }, entry, app);
      await respond(interaction, { content: raisedLine(escalation), allowedMentions: { parse: [] } });
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
  'This message is not in the work log, so nothing can be decided about it there. `/escalate` asks without a message.';
