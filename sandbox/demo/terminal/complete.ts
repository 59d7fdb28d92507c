import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import type { APIApplicationCommandBasicOption as Option } from 'discord-api-types/v10';
import type { Form } from './forms.ts';
import { findForm } from './forms.ts';

/** What a line can be completed from, for the person who types it. */
export interface Known {
  forms: readonly Form[];
  messageCommands: readonly string[];
  /** Without their signs. */
  channels: readonly string[];
  people: readonly string[];
  members: readonly string[];
  /** What the application offers for an option that it completes itself. */
  offer(form: Form, option: string, typed: string): Promise<{ name: string; value: string | number }[]>;
}

export interface Completion {
  /** What the end of the line may become. */
  candidates: string[];
  /** That end, as typed. */
  typed: string;
  /** What the candidates stand for, where they do not say it themselves. */
  notes: string[];
}

/** How a line may go on: a command, an option, its value, a channel, somebody's name. */
export async function complete(line: string, known: Known): Promise<Completion> {
  if (line.startsWith('/')) return completeSlash(line, known);
  if (line.startsWith('#')) return among(signed('#', known.channels), line);
  const person = /^as (?<name>\S*)$/i.exec(line);
  if (person) return among(known.people, person.groups!['name']!);
  const mention = /@[\w-]*$/.exec(line);
  if (mention) return among(signed('@', known.members), mention[0]);
  return among(
    known.messageCommands.map((name) => name.toLowerCase()),
    line.toLowerCase(),
  );
}

async function completeSlash(line: string, known: Known): Promise<Completion> {
  const form = findForm(line.slice(1), known.forms);
  const names = known.forms.map(({ name }) => `/${name}`);
  if (form === undefined || line === `/${form.name}`) return among(names, line);
  const word = /\S*$/.exec(line)![0];
  const value = /^(?<option>\S+?):(?<typed>.*)$/.exec(word);
  const option = form.options.find(({ name }) => name === value?.groups!['option']);
  if (option) return completeValue(form, option, value!.groups!['typed']!, known);
  const unused = form.options.filter(({ name }) => !line.includes(` ${name}:`));
  return among(
    unused.map(({ name }) => `${name}:`),
    word,
    '',
  );
}

async function completeValue(form: Form, option: Option, typed: string, known: Known): Promise<Completion> {
  if ('autocomplete' in option && option.autocomplete) {
    const offered = await known.offer(form, option.name, typed);
    return {
      candidates: offered.map(({ value }) => `${value} `),
      typed,
      notes: offered
        .filter(({ name, value }) => name !== String(value))
        .map(({ name, value }) => `${value}  ${name}`),
    };
  }
  if ('choices' in option && option.choices) {
    return among(
      option.choices.map(({ value }) => String(value)),
      typed,
    );
  }
  if (option.type === Type.Channel) return among(signed('#', known.channels), typed);
  if (option.type === Type.Boolean) return among(['true', 'false'], typed);
  const takesMember = option.type === Type.User || option.type === Type.Mentionable;
  return among(takesMember ? signed('@', known.members) : [], typed);
}

function signed(sign: string, names: readonly string[]): string[] {
  return names.map((name) => sign + name);
}

/** Those that begin with what is typed, each followed by `end`. */
function among(words: readonly string[], typed: string, end = ' '): Completion {
  const candidates = words.filter((word) => word.startsWith(typed)).map((word) => word + end);
  return { candidates, typed, notes: [] };
}
