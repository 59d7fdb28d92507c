import { storeFiles } from '../actions/files.ts';
import { openInteraction } from '../interactions.ts';
import { isRecord, lengthOf, listAt } from '../validate/checks.ts';
import { Kind } from '../validate/parts.ts';
import { choose, type Part } from './components.ts';
import { RefusedByClient } from './refusal.ts';
import { Resolved, type Scene } from './resolved.ts';
import { runOf, type OpenModal, type Run } from './run.ts';

/** What goes into one field: text, a box ticked or not, a selection, or files. */
export type FieldValue =
  | string
  | boolean
  | readonly (string | { id: string } | { name: string; data: string | Uint8Array })[];

/**
 * Fills in and submits a modal. Fields that are not named keep what the modal put into them.
 * @throws RefusedByClient for an unknown field, an empty required one, or a value that does not fit
 */
export async function submit(
  scene: Scene,
  modal: OpenModal,
  fields: Record<string, FieldValue>,
): Promise<Run> {
  const { interaction: opener } = modal;
  const resolved = new Resolved(scene);
  const filled = new Set<string>();
  const fill = (part: Part) => {
    filled.add(String(part['custom_id']));
    return fillField(scene, part, fields[String(part['custom_id'])], resolved);
  };
  const components = numbered(modal.components as unknown as Part[]).map((part) => submitted(part, fill));
  const unknown = Object.keys(fields).find((name) => !filled.has(name));
  if (unknown !== undefined) throw new RefusedByClient(`The modal has no field "${unknown}"`);
  const interaction = openInteraction(scene.core, {
    type: 5,
    applicationId: opener.applicationId,
    userId: scene.userId,
    channelId: scene.channel.id,
    data: { custom_id: modal.custom_id, components, ...resolved.member },
    opener,
    ...(opener.message !== undefined && { message: opener.message }),
  });
  return runOf(scene.core, interaction);
}

/** Discord numbers the components of a modal in order, those inside others included. */
function numbered(parts: Part[], last = { id: 0 }): Part[] {
  return parts.map((part) => {
    const id = typeof part['id'] === 'number' && part['id'] > 0 ? part['id'] : (last.id += 1);
    const inner = listAt(part, 'components') as Part[];
    return {
      ...part,
      id,
      ...(inner.length > 0 && { components: numbered(inner, last) }),
      ...(isRecord(part['component']) && { component: numbered([part['component']], last)[0] }),
    };
  });
}

/** A component as a submission carries it: its place and its value, nothing of its looks. */
function submitted(part: Part, fill: (part: Part) => object): object {
  const { type, id, component, custom_id: customId } = part;
  if (type === Kind.row)
    return { type, id, components: listAt(part, 'components').map((one) => submitted(one as Part, fill)) };
  if (type === Kind.label) return { type, id, component: submitted(component as Part, fill) };
  if (type === Kind.text) return { type, id };
  return { type, id, custom_id: customId, ...fill(part) };
}

function fillField(scene: Scene, part: Part, given: FieldValue | undefined, resolved: Resolved): object {
  const name = String(part['custom_id']);
  switch (part['type']) {
    case Kind.textInput:
      return { value: checkText(part, name, given ?? (part['value'] as string | undefined) ?? '') };
    case Kind.checkbox:
      return { value: given ?? part['default'] ?? false };
    case Kind.radioGroup:
      return { value: checkOptions(part, name, given === undefined ? [] : [given as string])[0] ?? null };
    case Kind.checkboxGroup:
      return { values: checkOptions(part, name, asList(name, given)) };
    case Kind.fileUpload:
      return { values: upload(scene, part, name, asList(name, given), resolved) };
    default: {
      const values = asList(name, given) as (string | { id: string })[];
      if (values.length === 0 && part['required'] === false) return { values: [] };
      return { values: choose(scene, part, values, resolved) };
    }
  }
}

function checkText(part: Part, name: string, value: unknown): string {
  if (typeof value !== 'string') throw new RefusedByClient(`The field "${name}" takes text`);
  const { min_length: least = 0, max_length: most = 4000 } = part as {
    min_length?: number;
    max_length?: number;
  };
  const length = lengthOf(value);
  if (part['required'] !== false && length === 0)
    throw new RefusedByClient(`The field "${name}" is required`);
  if (length > most || (length > 0 && length < least)) {
    throw new RefusedByClient(`The field "${name}" takes ${least} to ${most} characters, not ${length}`);
  }
  return value;
}

function checkOptions(part: Part, name: string, values: readonly unknown[]): string[] {
  if (part['required'] !== false && values.length === 0)
    throw new RefusedByClient(`The field "${name}" is required`);
  const offered = new Set(listAt(part, 'options').map((option) => (option as { value: unknown }).value));
  for (const value of values) {
    if (!offered.has(value)) throw new RefusedByClient(`"${String(value)}" is not offered by "${name}"`);
  }
  return values as string[];
}

function upload(
  scene: Scene,
  part: Part,
  name: string,
  files: readonly unknown[],
  resolved: Resolved,
): string[] {
  const { min_values: least = 1, max_values: most = 1 } = part as {
    min_values?: number;
    max_values?: number;
  };
  const isLeftOut = files.length === 0 && part['required'] === false;
  if (!isLeftOut && (files.length < least || files.length > most)) {
    throw new RefusedByClient(`The field "${name}" takes ${least} to ${most} files`);
  }
  return files.map((file, index) => {
    const { name: filename, data } = file as { name: string; data: string | Uint8Array };
    const bytes = new Uint8Array(Buffer.from(data as string));
    const one = { key: String(index), filename, contentType: 'application/octet-stream', bytes };
    const attachment = storeFiles(scene.core, scene.channel.id, [one])[0]!;
    resolved.attachment(attachment);
    return attachment.id;
  });
}

function asList(name: string, given: FieldValue | undefined): readonly unknown[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw new RefusedByClient(`The field "${name}" takes a list of values`);
  return given;
}
