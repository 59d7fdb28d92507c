import { boolean, isRecord, list, listAt, openObject, snowflake, string, textAt } from './checks.ts';
import type { Form } from './form.ts';
import type { MessageContext } from './message.ts';

// discord.js sends a kept attachment as the object it made of it, with names of its own beside Discord's.
const note = openObject(
  {
    id: snowflake,
    filename: string({ min: 1, max: 1024 }),
    title: string({ max: 1024 }),
    description: string({ max: 1024 }),
    waveform: string({ max: 400 }),
    is_spoiler: boolean,
    is_remix: boolean,
  },
  ['id'],
);

/** What a body says about its files. */
export const attachmentNotes = list(note, { max: 10 });

/** Every attachment is either a file of this request (by its index) or, in an edit, one that is kept (by id). */
export function checkAttachments(body: Record<string, unknown>, context: MessageContext, form: Form): void {
  const kept = new Set(context.current?.attachments?.map(({ id }) => id));
  const seen = new Set<string>();
  for (const [index, one] of listAt(body, 'attachments').entries()) {
    const id = isRecord(one) ? String(one['id']) : '';
    if (!context.files.has(id) && !kept.has(id)) {
      form.at(index).fail('ATTACHMENT_NOT_FOUND', 'Attachment data not found');
    } else if (seen.has(id)) {
      form.at(index).fail('SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
    }
    seen.add(id);
  }
  if (context.files.size > 10) form.fail('BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
}

/** The names that `attachment://` may refer to. */
export function fileNames(body: Record<string, unknown>, context: MessageContext): string[] {
  const kept = context.current?.attachments?.map(({ filename }) => filename) ?? [];
  const renamed = listAt(body, 'attachments').map((one) => textAt(one, 'filename'));
  return [...context.files.values(), ...kept, ...renamed];
}
