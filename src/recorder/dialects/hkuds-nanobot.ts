import type { Observation } from '../observation.ts';
import type { Dialect, Part } from './dialect.ts';
import { plainPart, textOf, toolPart } from './text.ts';

/**
 * nanobot (github.com/HKUDS/nanobot): tool runs are hints without any prefix, several on one line: `read src/a.py × 2, grep "x"`.
 * A message is hints from end to end, or it is an answer.
 */
export const hkudsNanobot: Dialect = {
  name: 'hkuds-nanobot',
  recognises: (observation) => readHints(textOf(observation)) !== null,
  read: (observation: Observation): Part[] => {
    const text = textOf(observation);
    return readHints(text) ?? [plainPart(text, observation.author)];
  },
};

/** nanobot abbreviates each hint to some forty characters. */
const MAX_LENGTH = 1000;

function readHints(text: string): Part[] | null {
  const line = text.trim();
  if (line === '' || line.length > MAX_LENGTH || line.includes('\n') || !MAY_START.test(line)) return null;
  const parts: Part[] = [];
  for (const hint of splitHints(line)) {
    const part = readHint(hint);
    if (part === null) return null;
    parts.push(part);
  }
  return parts;
}

const START = String.raw`\$ |(?:read|write|edit|fetch|ls) \S|(?:glob|grep|search) "|[\w-]+(?:::[\w-]+)?\("|[\w-]+::[\w-]+|[a-z]+_[a-z_]+(?:,|$| ×)`;
const MAY_START = new RegExp(`^(?:${START})`);
const SEPARATOR = new RegExp(`, (?=${START})`);

/** A comma ends a hint only where another one starts, and never within quotes. */
function splitHints(line: string): string[] {
  const hints: string[] = [];
  for (const piece of line.split(SEPARATOR)) {
    const last = hints.at(-1);
    if (last !== undefined && hasOpenQuote(last)) hints[hints.length - 1] = `${last}, ${piece}`;
    else hints.push(piece);
  }
  return hints;
}

function hasOpenQuote(hint: string): boolean {
  return !hint.startsWith('$ ') && hint.split('"').length % 2 === 0;
}

function readHint(hint: string): Part | null {
  const [, said, times] = /^(.+?)(?: × (\d+))?$/u.exec(hint)!;
  const run = runOf(said!);
  const details = times === undefined ? undefined : { times: Number(times) };
  return run && toolPart(hint, run, { details });
}

/** Which argument a hint shows. */
const SHOWN: Readonly<Record<string, string>> = {
  read: 'path',
  write: 'path',
  edit: 'path',
  ls: 'path',
  fetch: 'url',
  glob: 'pattern',
  grep: 'pattern',
  search: 'query',
};

function runOf(said: string): { name: string; input: unknown } | null {
  if (said.startsWith('$ ')) return { name: 'exec', input: { command: said.slice(2) } };
  const [, verb, bare, quoted] = /^(\w+) (?:([^\s"]+)|"(.*)")$/.exec(said) ?? [];
  const shown = SHOWN[verb ?? ''];
  if (verb !== undefined && shown !== undefined) {
    const isQuoted = shown === 'pattern' || shown === 'query';
    if (isQuoted) return quoted === undefined ? null : { name: verb, input: { [shown]: quoted } };
    return bare !== undefined && (verb === 'ls' || isPath(bare))
      ? { name: verb, input: { [shown]: bare } }
      : null;
  }
  const [, name, argument] = /^([\w-]+(?:::[\w-]+)?)(?:\("(.*)"\))?$/.exec(said) ?? [];
  if (name === undefined) return null;
  if (argument !== undefined) return { name, input: argument };
  return name.includes('::') || name.includes('_') ? { name, input: null } : null;
}

/** `read src/a.py` is a run, `read more` is a sentence. */
function isPath(word: string): boolean {
  return /[/\\~…]|\w\.\w|^\.\w/u.test(word);
}
