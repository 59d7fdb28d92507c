import { InvalidArgumentError, Option } from 'commander';
import { plainLine } from '../views/text.ts';

/** The options that several commands have, with one meaning everywhere. */

export function workspaceOption(what: string): Option {
  return new Option('-w, --workspace <name>', `${what}: name or channel id, # is optional`);
}

export function sessionOption(): Option {
  return new Option('-s, --session <id>', 'a certain session (workspace-logs lists them)').argParser(
    snowflake,
  );
}

export function jsonOption(): Option {
  return new Option('--json', 'one JSON object for programs');
}

/** A whole number of at least 1. */
export function countFrom(max: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (/^\d+$/.test(text) && count >= 1 && count <= max) return count;
    throw new InvalidArgumentError(`It has to be a whole number from 1 to ${max}.`);
  };
}

/** Who asks. Without it, it is the operator. */
export function asOption(): Option {
  return new Option('--as <user-id>', 'show what this person would see in Discord now').argParser(userId);
}

function userId(text: string): string {
  if (/^\d{1,20}$/.test(text)) return text;
  throw new InvalidArgumentError(
    `A person is named by id, “${plainLine(text, 40)}” is none. In Discord: Developer Mode, right click, Copy User ID.`,
  );
}

function snowflake(text: string): string {
  if (/^\d{1,20}$/.test(text)) return text;
  throw new InvalidArgumentError(`A session’s id is a number, “${plainLine(text, 40)}” is none.`);
}
