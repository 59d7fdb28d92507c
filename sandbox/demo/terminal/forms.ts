import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10';
import type { APIApplicationCommand, APIApplicationCommandBasicOption } from 'discord-api-types/v10';

/** A command as a person types it: subcommands are commands of their own, e.g. `workspace map`. */
export interface Form {
  name: string;
  description: string;
  options: APIApplicationCommandBasicOption[];
}

/** What can be typed after a slash, by name. */
export function slashForms(commands: readonly APIApplicationCommand[]): Form[] {
  return commands
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .flatMap(({ name, description, options = [] }) => formsOf(name, description, options))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The commands of a message's own menu, by name. */
export function messageCommands(commands: readonly APIApplicationCommand[]): string[] {
  return commands
    .filter(({ type }) => type === ApplicationCommandType.Message)
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b));
}

function formsOf(
  name: string,
  description: string,
  options: NonNullable<APIApplicationCommand['options']>,
): Form[] {
  const below = options.flatMap((option) =>
    option.type === ApplicationCommandOptionType.Subcommand ||
    option.type === ApplicationCommandOptionType.SubcommandGroup
      ? formsOf(`${name} ${option.name}`, option.description, option.options ?? [])
      : [],
  );
  if (below.length > 0) return below;
  return [{ name, description, options: options as APIApplicationCommandBasicOption[] }];
}

/** One line of help: `/explain [workspace] [mode]`, options that must be given without brackets. */
export function usage({ name, options }: Form): string {
  const shown = options.map((option) => (option.required ? `${option.name}:…` : `[${option.name}:…]`));
  return [`/${name}`, ...shown].join(' ');
}

/** The command that a text after its slash begins with; the longest name wins. */
export function findForm(typed: string, forms: readonly Form[]): Form | undefined {
  return forms
    .filter(({ name }) => startsWithWord(typed, name))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
}

export function startsWithWord(text: string, word: string): boolean {
  return text.startsWith(word) && /^(?:\s|$)/.test(text.slice(word.length));
}
