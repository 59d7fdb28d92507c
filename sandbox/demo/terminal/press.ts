import type { PersonPlace, Run } from '../../sandbox.ts';
import type { Pressable } from '../controls.ts';
import type { Control } from '../render/components.ts';
import { neutral } from '../render/neutral.ts';
import { InputError } from './input.ts';

/**
 * Presses a button or chooses in a select, by the numbers of its options. What can only be read is returned as lines: a file,
 * or the options of a select when none was chosen.
 * @throws InputError for an option that the select does not have
 */
export async function press(
  place: PersonPlace,
  number: number,
  { control, message }: Pressable,
  choices: readonly number[],
): Promise<Run | string[]> {
  if (control.kind === 'button') return place.click(message, control.customId);
  if (control.kind === 'file') return neutral(await (await fetch(control.url)).text()).split('\n');
  if (choices.length === 0) return optionLines(number, control);
  return place.select(
    message,
    control.customId,
    choices.map((choice) => optionAt(control, choice)),
  );
}

type Select = Control & { kind: 'select' };

function optionAt({ options }: Select, choice: number): string {
  const option = options[choice - 1];
  if (option === undefined) throw new InputError(`It has the options 1 to ${options.length}.`);
  return option.value;
}

function optionLines(number: number, { options }: Select): string[] {
  return [
    ...options.map(({ label }, index) => `${String(index + 1).padStart(4)}  ${label}`),
    `Type "${number} 1" for the first of them.`,
  ];
}
