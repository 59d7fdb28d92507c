import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes } from 'discord.js';
import type {
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  CommandInteraction,
  MessageComponentInteraction,
  MessageMentionOptions,
  ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '../errors.ts';

/** An interaction that is answered with a message. */
export type Answerable = CommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;

/** What is shown; a `View` is one. */
export interface Answer {
  content?: string;
  components?: APIMessageTopLevelComponent[];
  files?: { name: string; attachment: Buffer; description?: string }[];
  allowedMentions?: MessageMentionOptions;
  flags?: number;
}

/**
 * Answers an interaction to the asker alone, whether or not the router has deferred it meanwhile. On a component this is a message
 * of its own; {@link turn} changes the one that the component is on.
 */
export async function respond(interaction: Answerable, answer: Answer): Promise<void> {
  const secret = { ...answer, flags: (answer.flags ?? 0) | MessageFlags.Ephemeral };
  const reply = () => interaction.reply(secret);
  await acknowledge(interaction, reply, () =>
    isLoading(interaction) ? interaction.editReply(asEdit(answer)) : interaction.followUp(secret),
  );
}

/** Changes the message that a button or select is on, or that a form was opened from. */
export async function turn(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  answer: Answer,
): Promise<void> {
  if (!interaction.isMessageComponent() && !interaction.isFromMessage()) {
    await respond(interaction, answer);
    return;
  }
  const update = () => interaction.update(asEdit(answer));
  await acknowledge(interaction, update, () => interaction.editReply(asEdit(answer)));
}

/** Asks the person something in a form. It can only be the first response, so nothing that takes long may come before it. */
export async function openModal(
  interaction: CommandInteraction | MessageComponentInteraction,
  modal: APIModalInteractionResponseCallbackData,
): Promise<void> {
  const tooLate = async () => {
    throw new UserError('That took me too long. Please try again.');
  };
  await acknowledge(interaction, () => interaction.showModal(modal), tooLate);
}

/** Tells Discord that the answer takes longer than the three seconds it waits; does nothing when it was given meanwhile. */
export async function defer(interaction: Answerable): Promise<void> {
  const wait = () =>
    interaction.isMessageComponent()
      ? interaction.deferUpdate()
      : interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await acknowledge(interaction, wait, async () => {});
}

/**
 * The first response is special, and the handler and the router's timer may both be about to give it: Discord refuses whoever
 * comes second, who then goes on as after a first response.
 */
async function acknowledge(
  interaction: Answerable,
  first: () => Promise<unknown>,
  later: () => Promise<unknown>,
): Promise<void> {
  if (!interaction.deferred && !interaction.replied) {
    try {
      await first();
      return;
    } catch (error) {
      if (!isAcknowledged(error)) throw error;
      interaction.deferred = true;
    }
  }
  await later();
}

function isAcknowledged(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged
  );
}

/** It was deferred with a message that shows it is being worked on: the answer takes that place. */
function isLoading(interaction: Answerable): boolean {
  return Boolean(interaction.deferred) && !interaction.replied && !interaction.isMessageComponent();
}

/** Whether a message is ephemeral is settled by its first response; only what kind of message it is can be repeated. */
function asEdit(answer: Answer) {
  return { ...answer, flags: (answer.flags ?? 0) & MessageFlags.IsComponentsV2 } as const;
}
