import { MessageFlags } from 'discord-api-types/v10';
import { compose } from '../actions/compose.ts';
import { applyEdit } from '../actions/revise.ts';
import { removeMessage } from '../actions/edit.ts';
import { publish } from '../actions/publish.ts';
import type { Core } from '../core.ts';
import { unknownMessage } from '../errors.ts';
import { messageUpdated } from '../events/messages.ts';
import type { Interaction } from '../interactions.ts';
import type { Upload } from '../actions/files.ts';
import { checkMessage, type CurrentMessage } from '../validate/message.ts';
import { channelOf, type Message } from '../world.ts';
import { asReply, senderFor } from './respond.ts';

/**
 * Posts a follow-up. The first one after a deferral fills the loading message instead; who sees it was decided then.
 * @throws DiscordError 50035, 50006
 */
export function followUp(
  core: Core,
  interaction: Interaction,
  body: unknown,
  files: readonly Upload[],
): Message {
  const checked = checkMessage(body, { kind: 'interaction', files: namesOf(files) });
  const channel = channelOf(core.world, interaction.channelId);
  const { original } = interaction;
  if (original !== undefined && isLoading(original)) return change(core, interaction, original, body, files);
  const sender = senderFor(core, channel, interaction, checked.flags ?? 0);
  const message = compose(core, channel, sender, checked, files);
  interaction.followUps.push(original === undefined ? message : asReply(message, original));
  publish(core, channel, message);
  return message;
}

/**
 * Edits the message that `id` means.
 * @throws DiscordError 10008, 50035, 50006
 */
export function editResponse(
  core: Core,
  interaction: Interaction,
  id: string,
  body: unknown,
  files: readonly Upload[],
): Message {
  return change(core, interaction, responseMessage(core, interaction, id), body, files);
}

/** @throws DiscordError 10008 */
export function deleteResponse(core: Core, interaction: Interaction, id: string): void {
  const message = responseMessage(core, interaction, id);
  removeMessage(core, channelOf(core.world, message.channelId), message);
}

/**
 * The message that `@original` or an id means: the response, a follow-up, or any message of the application here.
 * @throws DiscordError 10008 when there is none (any more)
 */
export function responseMessage(
  core: Core,
  { channelId, applicationId, original }: Interaction,
  id: string,
): Message {
  const wanted = id === '@original' ? original?.id : id;
  const { messages, ephemeral } = channelOf(core.world, channelId);
  const message =
    wanted === undefined ? undefined : (messages.get(wanted) ?? ephemeral.find((one) => one.id === wanted));
  if (message === undefined || message.authorId !== applicationId) throw unknownMessage();
  return message;
}

function change(
  core: Core,
  interaction: Interaction,
  message: Message,
  body: unknown,
  files: readonly Upload[],
): Message {
  const wasLoading = isLoading(message);
  const current = message as CurrentMessage;
  const checked = checkMessage(body, { kind: 'edit', files: namesOf(files), current });
  const channel = channelOf(core.world, message.channelId);
  message.flags &= ~MessageFlags.Loading;
  applyEdit(core, channel, message, senderFor(core, channel, interaction, 0), checked, files);
  // What was "thinking" now says something for the first time: nobody calls that an edit.
  if (wasLoading) message.editedAt = null;
  messageUpdated(core, channel, message);
  return message;
}

export function isLoading({ flags }: Message): boolean {
  return (flags & MessageFlags.Loading) !== 0;
}

function namesOf(files: readonly Upload[]): Map<string, string> {
  return new Map(files.map(({ key, filename }) => [key, filename]));
}
