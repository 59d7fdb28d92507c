import type {
  MessageComponentInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { App } from '../app.ts';
import { objectionDraft } from '../domain/feedback.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import { readFeedback, REASON, withoutRating, wrongModal } from '../views/feedback.ts';
import { askerOf } from './access.ts';
import { personOf } from './person.ts';
import { Reader, REFUSAL } from './reader.ts';
import { openModal, respond, turn } from './respond.ts';

/** Keeps what a person says of an answer, if they may read what it is about at this moment. */
export async function takeFeedback(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  args: string[],
  app: App,
): Promise<void> {
  const said = readFeedback(args, isSelection(interaction) ? interaction.values : []);
  if (!said) throw new UserError('This button is from an older version. Ask again.');
  const { sessionId } = said;
  const { workspace } = await new Reader(app, askerOf(interaction)).log(sessionId);
  if (said.kind === 'wrong') {
    if (interaction.isModalSubmit())
      await object(interaction, { sessionId, step: said.step, workspace }, app);
    else {
      app.optOuts.requireIn(interaction);
      await openModal(interaction, wrongModal(sessionId, said.step));
    }
  } else if (interaction.isMessageComponent()) {
    await app.store.feedback.rate({ userId: interaction.user.id, sessionId, helped: said.helped }, app.now());
    const components = interaction.message.components.map((component) => component.toJSON());
    await turn(interaction, {
      components: withoutRating(components),
      flags: interaction.message.flags.bitfield,
    });
  }
}

/** Remembers who asks for logs, so that it can be told how many of those who may do. */
export async function noteAsker(app: Pick<App, 'store' | 'now'>, asker: { guildId: string; userId: string }) {
  await app.store.feedback.asked({ guildId: asker.guildId, userId: asker.userId }, app.now());
}

function isSelection(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
): interaction is StringSelectMenuInteraction {
  return interaction.isMessageComponent() && interaction.isStringSelectMenu();
}

async function object(
  interaction: ModalSubmitInteraction,
  { sessionId, step, workspace }: { sessionId: string; step: number; workspace: Workspace },
  app: App,
): Promise<void> {
  app.optOuts.requireIn(interaction);
  const against = await app.store.entries.byStep(sessionId, step);
  if (!against) throw new UserError(REFUSAL);
  const given = interaction.fields.getTextInputValue(REASON);
  if (given.trim() === '') throw new UserError('Say in a few words why the step was wrong.');
  const { text: reason, masked } = await app.mask(given, workspace);
  const by = personOf(interaction, app);
  const objection = { interactionId: interaction.id, by, against, reason, masked, at: app.now() };
  const added = await app.store.feedback.object(sessionId, objectionDraft(objection));
  const where = added === null ? 'in the log' : `step ${added} of the log`;
  await respond(interaction, {
    content: `Noted: your correction of step ${step} is ${where}.`,
    allowedMentions: { parse: [] },
  });
}
