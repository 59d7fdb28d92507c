import type { APIApplicationCommand } from 'discord-api-types/v10';
import type { Screen } from '../screen.ts';
import { messageCommands, slashForms, usage } from './forms.ts';

/** All that can be typed. */
export function helpLines(commands: readonly APIApplicationCommand[], { paint }: Screen): string[] {
  const rows: Row[] = [
    ['any text', 'says it in this channel; @name mentions somebody'],
    ['#channel', 'goes there and shows what was said last'],
    ['as outsider', 'makes you somebody else'],
    ['5', 'presses what is numbered [5 …]; a select then lists its options, and 5 2 takes the second'],
    ...messageCommands(commands).map((name): Row => [`${name.toLowerCase()} 12`, 'on message 12']),
    ...slashForms(commands).map((form): Row => [usage(form), form.description]),
    ['Tab', 'completes commands, options, names'],
    ['quit', 'stops the bot and this Discord'],
  ];
  return rows.flatMap(([typed, does]) => [paint('bold', typed), `    ${does}`]);
}

type Row = [typed: string, does: string];
