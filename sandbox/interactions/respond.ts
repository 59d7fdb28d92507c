import { MessageFlags, MessageType, PermissionFlagsBits } from 'discord-api-types/v10';
import { compose, emptyMessageOf, type Sender } from '../actions/compose.ts';
import { applyEdit } from '../actions/revise.ts';
import { publish } from '../actions/publish.ts';
import type { Core } from '../core.ts';
import { messageUpdated } from '../events/messages.ts';
import { settle, type Interaction, type InteractionResponse } from '../interactions.ts';
import type { Upload } from '../actions/files.ts';
import { CallbackKind, checkCallback } from '../validate/callback.ts';
import type { CurrentMessage, MessageBody } from '../validate/message.ts';
import { channelOf, type Channel, type Message } from '../world.ts';
import { metadataOf } from './metadata.ts';

/**
 * Takes the initial response to an interaction and shows it. A response that is refused may be tried again.
 * @throws DiscordError 50035, 50006
 */
export function respond(core: Core, interaction: Interaction, body: unknown, files: readonly Upload[]): void {
  const { type, message, focusedType } = interaction;
  const checked = checkCallback(body, {
    interactionType: type,
    onMessage: message !== undefined,
    ...(message !== undefined && { message: message as CurrentMessage }),
    ...(focusedType !== undefined && { focusedType }),
    files: new Map(files.map(({ key, filename }) => [key, filename])),
  });
  const data = 'data' in checked ? (checked.data as object) : {};
  interaction.response = responseOf(checked.type, data);
  apply(core, interaction, checked.type, data, files);
  settle(interaction, 'answered');
}

function apply(
  core: Core,
  interaction: Interaction,
  type: number,
  data: object,
  files: readonly Upload[],
): void {
  const channel = channelOf(core.world, interaction.channelId);
  const body = data as MessageBody;
  if (type === CallbackKind.message) {
    interaction.original = answer(core, channel, interaction, body, files);
  } else if (type === CallbackKind.deferred) {
    interaction.original = showLoading(core, channel, interaction, body.flags ?? 0);
  } else if (type === CallbackKind.deferredUpdate || type === CallbackKind.update) {
    const message = interaction.message!;
    interaction.original = message;
    if (type === CallbackKind.update) {
      applyEdit(core, channel, message, senderFor(core, channel, interaction, 0), body, files);
      messageUpdated(core, channel, message);
    }
  }
}

function responseOf(type: number, data: object): InteractionResponse {
  if (type === CallbackKind.modal) return { type, modal: data as NonNullable<InteractionResponse['modal']> };
  if (type !== CallbackKind.choices) return { type };
  return { type, choices: (data as { choices?: NonNullable<InteractionResponse['choices']> }).choices ?? [] };
}

/** Posts the first message of an interaction. */
function answer(
  core: Core,
  channel: Channel,
  interaction: Interaction,
  body: MessageBody,
  files: readonly Upload[],
): Message {
  const message = compose(core, channel, senderFor(core, channel, interaction, body.flags ?? 0), body, files);
  publish(core, channel, asResponse(message, interaction));
  return message;
}

/** "… is thinking": an empty message that the first edit or follow-up fills. */
function showLoading(core: Core, channel: Channel, interaction: Interaction, flags: number): Message {
  const message = emptyMessageOf(core, channel, senderFor(core, channel, interaction, flags));
  message.flags |= MessageFlags.Loading;
  publish(core, channel, asResponse(message, interaction));
  return message;
}

/** The application as the sender of what answers an interaction; it pings users only, unless it says otherwise. */
export function senderFor(core: Core, channel: Channel, interaction: Interaction, flags: number): Sender {
  const { applicationId, userId, original } = interaction;
  return {
    authorId: applicationId,
    applicationId,
    pings: 'users',
    mayMentionEveryone: core.permissions.has(channel, applicationId, PermissionFlagsBits.MentionEveryone),
    interactionMetadata: metadataOf(core, interaction, original?.id),
    ...((flags & MessageFlags.Ephemeral) !== 0 && { ephemeralTo: userId }),
  };
}

/** What a response looks like in the channel: the use of a command, or a reply to the message that was clicked. */
function asResponse(message: Message, { type, data, message: source, target }: Interaction): Message {
  if (source !== undefined) return asReply(message, source);
  if (type !== 2) return message;
  message.type = target === undefined ? MessageType.ChatInputCommand : MessageType.ContextMenuCommand;
  message.commandName = commandName(data as CommandData);
  return message;
}

interface CommandData {
  name: string;
  type?: number;
  options?: CommandData[];
}

/** `workspace map`: options of type 1 and 2 are subcommands and their groups. */
function commandName({ name, options = [] }: CommandData): string {
  const inner = options.find(({ type }) => type === 1 || type === 2);
  return inner === undefined ? name : `${name} ${commandName(inner)}`;
}

/** Refers to another message without pinging its author. */
export function asReply(message: Message, to: Message): Message {
  message.type = MessageType.Reply;
  message.reference = {
    type: 0,
    messageId: to.id,
    channelId: to.channelId,
    ...(to.guildId !== undefined && { guildId: to.guildId }),
  };
  return message;
}
