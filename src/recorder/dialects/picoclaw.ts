import type { Observation } from '../observation.ts';
import type { Dialect, Part } from './dialect.ts';
import { fenceAt, one, readByLine } from './lines.ts';
import type { LineReader } from './lines.ts';
import { jsonOrText, plainPart, textOf, toolPart } from './text.ts';

/**
 * PicoClaw (github.com/sipeed/picoclaw): a message per tool run, with its name in code, a line of why, and its arguments as JSON.
 * While the tool runs the name is animated; in the end the answer may take the message's place.
 */
export const picoclaw: Dialect = {
  name: 'picoclaw',
  recognises: (observation) => UNMISTAKABLE.test(textOf(observation)),
  read,
  grows: (before) => before.some(({ level, origin }) => level === 'tool' && origin === 'parsed'),
};

/** A name alone in code, and either nothing or a line of why below it. */
const UNMISTAKABLE = /^🔧 `[\w.:-]+`(?:\n(?!\p{Extended_Pictographic} `)\S[\s\S]*)?\s*$/u;

function read(observation: Observation): Part[] {
  const text = textOf(observation);
  if (!text.includes('🔧')) return [plainPart(text, observation.author)];
  return readByLine(text.replace(FRAME_AT_END, '$1'), observation.author, readRun);
}

/** Older versions animate the end of the message instead of the name. */
const FRAME_AT_END = /(```)\.+\s*$/;

const readRun: LineReader = (lines, at) => {
  const [, shown] = /^🔧 `([\w.:-]+)`\.*\s*$/u.exec(lines[at]!) ?? [];
  if (shown === undefined) return null;
  const name = withoutFrame(shown);
  const why: string[] = [];
  let end = at + 1;
  while (end < lines.length && lines[end]!.trim() !== '' && !startsAnother(lines, end)) {
    why.push(lines[end]!);
    end += 1;
  }
  const fence = fenceAt(lines, end);
  const input = fence ? jsonOrText(fence.body) : null;
  const message = why
    .join('\n')
    .replace(/\.{1,3}$/, '')
    .trim();
  return one(toolPart(message === '' ? name : message, { name, input }), end - at + (fence?.lines ?? 0));
};

function startsAnother(lines: readonly string[], at: number): boolean {
  return lines[at]!.startsWith('🔧 `') || fenceAt(lines, at) !== null;
}

/** A frame of the animation is written into the name: `exec..`, `execrunning..`. */
function withoutFrame(shown: string): string {
  const name = shown.replace(/(?:running)?\.+$/, '');
  return name === '' ? shown : name;
}
