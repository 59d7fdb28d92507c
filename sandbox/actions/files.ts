import type { Core } from '../core.ts';
import type { Attachment, Message } from '../world.ts';
import { isAbsent } from '../validate/checks.ts';

/** One uploaded file; `key` is n of the part `files[n]`. */
export interface Upload {
  key: string;
  filename: string;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What a body says about a file: an upload's index, or the id of an attachment that an edit keeps. */
export interface FileNote {
  id: string | number;
  filename?: string;
  title?: string | null;
  description?: string | null;
}

/** Stores uploads and describes them as attachments of a message in this channel, in the order they came. */
export function storeFiles(
  core: Core,
  channelId: string,
  uploads: readonly Upload[],
  notes: readonly FileNote[] = [],
): Attachment[] {
  return uploads.map((upload) => {
    const note = notes.find((one) => String(one.id) === upload.key);
    const original = note?.filename ?? upload.filename;
    const filename = safeName(original);
    const id = core.ids.next();
    const contentType = typeOf(upload);
    core.world.files.set(id, { channelId, filename, contentType, bytes: upload.bytes });
    return {
      id,
      filename,
      contentType,
      size: upload.bytes.byteLength,
      ...titleOf(note?.title, original, filename),
      ...(!isAbsent(note?.description) && { description: note.description }),
      ...pngSize(upload.bytes),
    };
  });
}

/** The files of a message that is gone are gone too. */
export function dropFiles(core: Core, message: Message): void {
  for (const attachment of message.attachments) core.world.files.delete(attachment.id);
}

/** Discord keeps letters, digits, dots, dashes and underscores of a name. */
function safeName(name: string): string {
  return name.replace(/\s/g, '_').replace(/[^\w.-]/g, '') || 'unknown';
}

/** A name that could not be kept survives as the title. */
function titleOf(title: string | null | undefined, original: string, filename: string): { title?: string } {
  if (!isAbsent(title)) return { title };
  return original === filename ? {} : { title: original.replace(/\.[^.]*$/, '') };
}

function typeOf({ filename, contentType }: Upload): string {
  const byName = types[filename.slice(filename.lastIndexOf('.') + 1).toLowerCase()];
  return byName ?? contentType;
}

const types: Record<string, string> = {
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
};

/** Width and height from a PNG's header: https://www.w3.org/TR/png/#11IHDR */
function pngSize(bytes: Uint8Array): { width?: number; height?: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 24 || view.getUint32(0) !== 0x89504e47) return {};
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
