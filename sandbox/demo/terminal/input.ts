import type { Form } from './forms.ts';
import { findForm, startsWithWord, usage } from './forms.ts';

/** What a person at the terminal wants. */
export type Input =
  | { kind: 'nothing' | 'help' | 'quit' }
  | { kind: 'channel'; name: string }
  | { kind: 'person'; name: string }
  /** Presses a button, or opens a select; with `choices` (from 1) it picks these of the select's options. */
  | { kind: 'press'; control: number; choices: number[] }
  | { kind: 'slash'; form: Form; values: Record<string, string> }
  | { kind: 'message-command'; name: string; message: number }
  | { kind: 'say'; text: string };

/** Something that cannot be done; the message tells the person what can. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/**
 * Reads one line.
 * @throws InputError for an unknown command or option, a missing value or number
 */
export function readInput(line: string, forms: readonly Form[], messageCommands: readonly string[]): Input {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  if (/^(?:help|\?)$/i.test(text)) return { kind: 'help' };
  if (/^(?:quit|exit)$/i.test(text)) return { kind: 'quit' };
  if (/^#\S+$/.test(text)) return { kind: 'channel', name: text.slice(1) };
  const person = /^as\s+@?(?<name>\S+)$/i.exec(text);
  if (person) return { kind: 'person', name: person.groups!['name']! };
  if (/^\d+(?:\s+\d+)*$/.test(text)) {
    const [control, ...choices] = text.split(/\s+/).map(Number);
    return { kind: 'press', control: control!, choices };
  }
  return readMessageCommand(text, messageCommands) ?? readSlash(text, forms) ?? { kind: 'say', text };
}

function readMessageCommand(text: string, names: readonly string[]): Input | undefined {
  const typed = text.replace(/^\//, '').toLowerCase();
  const name = names.find((candidate) => startsWithWord(typed, candidate.toLowerCase()));
  if (name === undefined) return undefined;
  const message = /^\s+#?(?<number>\d+)$/.exec(typed.slice(name.length));
  if (!message) throw new InputError(`Which message? Type its number too, e.g. "${name} 12".`);
  return { kind: 'message-command', name, message: Number(message.groups!['number']) };
}

function readSlash(text: string, forms: readonly Form[]): Input | undefined {
  if (!text.startsWith('/')) return undefined;
  const typed = text.slice(1);
  const form = findForm(typed, forms);
  if (form) return { kind: 'slash', form, values: readValues(typed.slice(form.name.length), form) };
  const similar = forms.filter(({ name }) => name.startsWith(typed.split(' ')[0]!));
  const known = (similar.length > 0 ? similar : forms).map(({ name }) => `/${name}`).join(', ');
  throw new InputError(`There is no command ${text.split(' ')[0]}. Try one of: ${known}.`);
}

/** `name: value` pairs; a value goes on until the next option of this command. */
function readValues(text: string, form: Form): Record<string, string> {
  const names = form.options.map(({ name }) => name);
  if (names.length === 0 && text.trim() !== '') throw new InputError(`/${form.name} takes no options.`);
  const parts = text.split(new RegExp(String.raw`(?:^|\s)(${names.join('|') || '(?!)'}):`, 'u'));
  if (parts[0]!.trim() !== '') {
    throw new InputError(`Options are typed as name:value, like this: ${usage(form)}`);
  }
  const values: Record<string, string> = {};
  for (let index = 1; index < parts.length; index += 2) {
    const [name, value] = [parts[index]!, parts[index + 1]!.trim()];
    if (value === '') throw new InputError(`${name}: needs a value. ${usage(form)}`);
    values[name] = value;
  }
  return values;
}
