import { ComponentType } from 'discord-api-types/v10';
import type { APITextInputComponent } from 'discord-api-types/v10';
import type { OpenModal, PersonPlace, Run } from '../../sandbox.ts';

/** Asks the person at the terminal for one line. */
export type Ask = (question: string) => Promise<string>;

/** Asks for each text of a modal, and submits it. What is no text keeps what the modal put there. */
export async function fillIn(modal: OpenModal, place: PersonPlace, ask: Ask): Promise<Run> {
  const fields: Record<string, string> = {};
  for (const { label, input } of textsOf(modal)) {
    const hint = input.value ?? input.placeholder;
    const text = await ask(`${label}${hint ? ` (${hint})` : ''}: `);
    fields[input.custom_id] = text === '' ? (input.value ?? '') : text;
  }
  return place.submit(modal, fields);
}

function textsOf({ components }: OpenModal): { label: string; input: APITextInputComponent }[] {
  return components.flatMap((component) => {
    if (component.type === ComponentType.Label) {
      const input = component.component;
      return input.type === ComponentType.TextInput ? [{ label: component.label, input }] : [];
    }
    if (component.type !== ComponentType.ActionRow) return [];
    return component.components.map((input) => ({ label: input.label ?? input.custom_id, input }));
  });
}
