import type { APIAllowedMentions, APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { Upload } from '../actions/files.ts';
import type { HasId } from './channel.ts';

/** What someone says, in the words of tests. */
export interface Said {
  content?: string;
  embeds?: readonly APIEmbed[];
  components?: readonly APIMessageTopLevelComponent[];
  replyTo?: HasId;
  files?: readonly FileSaid[];
  allowedMentions?: APIAllowedMentions;
  flags?: number;
  tts?: boolean;
  nonce?: string;
}

export interface FileSaid {
  name: string;
  data: string | Uint8Array;
  contentType?: string | undefined;
  description?: string;
}

/** The request body, and its uploads, that a client would send for it. */
export function bodyOf(said: string | Said): { body: object; files: Upload[] } {
  if (typeof said === 'string') return { body: { content: said }, files: [] };
  const { replyTo, files = [], allowedMentions, ...rest } = said;
  const attachments = files.map(({ name, description }, index) => ({
    id: String(index),
    filename: name,
    ...(description !== undefined && { description }),
  }));
  const body = {
    ...rest,
    ...(allowedMentions !== undefined && { allowed_mentions: allowedMentions }),
    ...(replyTo !== undefined && { message_reference: { message_id: replyTo.id } }),
    ...(attachments.length > 0 && { attachments }),
  };
  return { body, files: files.map(upload) };
}

function upload(file: FileSaid, index: number): Upload {
  const bytes =
    typeof file.data === 'string' ? new TextEncoder().encode(file.data) : new Uint8Array(file.data);
  const contentType = file.contentType ?? 'application/octet-stream';
  return { key: String(index), filename: file.name, contentType, bytes };
}
