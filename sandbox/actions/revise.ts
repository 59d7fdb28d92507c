import { MessageFlags, MessageType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { isAbsent } from '../validate/checks.ts';
import type { MessageBody } from '../validate/message.ts';
import type { Channel, Message } from '../world.ts';
import { SETTABLE_FLAGS, spokenText, storedPoll } from './compose.ts';
import type { Sender } from './compose.ts';
import type { FileNote, Upload } from './files.ts';
import { storeFiles } from './files.ts';
import type { Mentions } from './mentions.ts';
import { mentionsIn } from './mentions.ts';
import { storedComponents, storedEmbeds } from './rich.ts';

/** Changes a message as a checked edit body says: what is absent stays, null empties. */
export function applyEdit(
  core: Core,
  channel: Channel,
  message: Message,
  sender: Pick<Sender, 'pings' | 'mayMentionEveryone'>,
  body: MessageBody,
  files: readonly Upload[],
): void {
  reviseFiles(core, channel, message, body, files);
  const home = { core, channelId: channel.id, attachments: message.attachments };
  if (body.content !== undefined) message.content = (body.content ?? '').trim();
  if (body.embeds !== undefined) message.embeds = storedEmbeds(body.embeds ?? [], home);
  if (body.components !== undefined) message.components = storedComponents(body.components ?? [], home);
  if (!isAbsent(body.poll)) message.poll = storedPoll(body.poll, core.clock.now());
  if (!isAbsent(body.flags))
    message.flags = (message.flags & ~MessageFlags.SuppressEmbeds) | (body.flags & SETTABLE_FLAGS);
  if (body.content !== undefined || body.components !== undefined || !isAbsent(body.allowed_mentions)) {
    Object.assign(message, mentionsAfterEdit(core, channel, message, sender, body));
  }
  message.editedAt = core.clock.now();
}

function reviseFiles(
  core: Core,
  channel: Channel,
  message: Message,
  body: MessageBody,
  files: readonly Upload[],
): void {
  const notes = body.attachments as FileNote[] | null | undefined;
  const kept = notes === undefined ? message.attachments : keptFiles(message, notes ?? []);
  for (const { id } of message.attachments) {
    if (!kept.some((attachment) => attachment.id === id)) core.world.files.delete(id);
  }
  message.attachments = [...kept, ...storeFiles(core, channel.id, files, notes ?? [])];
}

function keptFiles(message: Message, notes: readonly FileNote[]) {
  return message.attachments.flatMap((attachment) => {
    const note = notes.find(({ id }) => String(id) === attachment.id);
    if (note === undefined) return [];
    return [{ ...attachment, ...(!isAbsent(note.description) && { description: note.description }) }];
  });
}

/** Built anew from the new text; whom the message answers stays pinged if they were. */
function mentionsAfterEdit(
  core: Core,
  channel: Channel,
  message: Message,
  sender: Pick<Sender, 'pings' | 'mayMentionEveryone'>,
  body: MessageBody,
): Mentions {
  return mentionsIn(core, channel, spokenText(message.content, message.components), {
    allowed: body.allowed_mentions,
    byDefault: sender.pings,
    mayMentionEveryone: sender.mayMentionEveryone,
    repliedTo: message.mentions.find((id) => id === repliedAuthor(core, message)),
  });
}

function repliedAuthor(core: Core, { type, reference }: Message): string | undefined {
  if (type !== MessageType.Reply || reference?.messageId === undefined) return undefined;
  return core.world.channels.get(reference.channelId)?.messages.get(reference.messageId)?.authorId;
}
