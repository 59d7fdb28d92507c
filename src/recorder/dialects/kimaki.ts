import type { Observation } from '../observation.ts';
import { isResolved } from './approval.ts';
import type { Dialect, Part } from './dialect.ts';
import { readFooter, readPermission, readQuestion } from './kimaki-cards.ts';
import { readFileEdits, readToolArguments } from './kimaki-tools.ts';
import { one, readByLine } from './lines.ts';
import type { LineReader, Taken } from './lines.ts';
import { parsedPart, plainPart, textOf, toolPart } from './text.ts';

/**
 * kimaki (github.com/remorses/kimaki): OpenCode in Discord, one thread per session. Every line starts with a glyph that says what
 * it is.
 */
export const kimaki: Dialect = {
  name: 'kimaki',
  recognises: (observation) => UNMISTAKABLE.test(textOf(observation)),
  prompting: ['**Permission Required**', '» **'],
  read,
  grows: isResolved,
};

const UNMISTAKABLE =
  /^(?:-# )?(?:┣ |◼\uFE0E? |⨯ |⬥ |⬦ |» \*\*)|^\*[^\n*]+ ⋅ [^\n]+\*$|\*\*Permission Required\*\*\n(?:\*\*From|\*\*Type)/mu;

/** Cheaper than reading: a text without any of these holds nothing that this format knows. */
const MARKS = /[┣◼⨯⬥⬦✗»⋅✓\u2488-\u249B]|\. {2}\*\*|^\*\*.{1,60}\*\*\n|Permission/;

function read(observation: Observation): Part[] {
  const text = textOf(observation);
  const { author } = observation;
  if (!MARKS.test(text)) return [plainPart(text, author)];
  const parts = readPermission(text) ?? readQuestion(text) ?? readByLine(text, author, readLine);
  return isIntermediate(observation) ? parts.map(asIntermediate) : parts;
}

/** What it says on the way is posted without a notification; a final answer notifies. */
function isIntermediate({ flags }: Observation): boolean {
  return (flags & SUPPRESS_NOTIFICATIONS) !== 0;
}

/** https://discord.com/developers/docs/resources/message#message-object-message-flags */
const SUPPRESS_NOTIFICATIONS = 1 << 12;

function asIntermediate(part: Part): Part {
  return part.origin === 'parsed' && part.level === 'info'
    ? { ...part, details: { ...part.details, intermediate: true } }
    : part;
}

const readLine: LineReader = (lines, at) => {
  const line = lines[at]!.replace(/^-# /, '');
  const [, glyph, rest] = GLYPH.exec(line) ?? [];
  if (glyph === undefined) return readTodo(line) ?? readFooter(line);
  return READERS[glyph]!(rest!.trim(), line, lines, at);
};

const GLYPH = /^(┣|◼\uFE0E?|⨯|⬥|⬦|✗|») (.*)$/u;

type GlyphReader = (rest: string, line: string, lines: readonly string[], at: number) => Taken | null;

const READERS: Readonly<Record<string, GlyphReader>> = {
  '┣': (rest, line) => readTool(rest, line),
  '◼': (rest, line) => readTool(rest, line),
  '◼\uFE0E': (rest, line) => readTool(rest, line),
  '⨯': (rest, line) => readFailure(rest, line),
  '⬥': (rest, _, lines, at) => readText(rest, lines, at),
  '⬦': (rest) => readStatus(rest),
  '✗': (rest) => one(parsedPart('error', rest)),
  '»': (rest) => readPerson(rest),
};

/** `explore-1 ⋅ read *index.ts*`: what a subtask does. */
const SUBTASK = /^(\S{1,60}) ⋅ (.*)$/u;

function splitSubtask(text: string): { text: string; details: Record<string, unknown> } {
  const [, subtask, rest] = SUBTASK.exec(text) ?? [];
  return subtask === undefined ? { text, details: {} } : { text: rest!, details: { subtask } };
}

function readTool(rest: string, line: string): Taken | null {
  const { text, details } = splitSubtask(rest);
  if (text === 'thinking') return one(parsedPart('thinking', rest, { details }));
  const todo = readTodo(text, details);
  if (todo) return todo;
  const [, name, args] = /^([\w.:-]+)(?: (.*))?$/u.exec(text) ?? [];
  if (name === undefined) return null;
  const [, title] = /^\*\*(.+)\*\*$/.exec(args ?? '') ?? [];
  if (title !== undefined) return one(subagent(name, title, details));
  const edits = line.includes('◼') ? readFileEdits(args ?? '') : null;
  return one(toolPart(rest, { name, input: edits ?? readToolArguments(name, args ?? '') }, { details }));
}

function subagent(name: string, title: string, details: Record<string, unknown>): Part {
  return parsedPart('handoff', title, {
    category: 'coordination',
    handoffTo: [name],
    details: { ...details, subagent: name },
  });
}

function readFailure(rest: string, line: string): Taken | null {
  const { text, details } = splitSubtask(rest);
  const [, name, error] = /^([\w.:-]+)(?: (.*))?$/u.exec(text) ?? [];
  if (name === undefined) return null;
  return one(toolPart(line, { name, status: 'error', error: error ?? null }, { details }));
}

/** An answer runs on until a line that starts with a glyph of its own. */
function readText(rest: string, lines: readonly string[], at: number): Taken {
  let end = at + 1;
  while (end < lines.length && !isMarked(lines[end]!)) end += 1;
  return one(parsedPart('info', [rest, ...lines.slice(at + 1, end)].join('\n').trim()), end - at);
}

function isMarked(line: string): boolean {
  return GLYPH.test(line.replace(/^-# /, '')) || readFooter(line) !== null;
}

function readStatus(rest: string): Taken {
  const [, percent] = /^context usage (\d+(?:\.\d+)?)\s*%/.exec(rest) ?? [];
  if (percent === undefined) return one(parsedPart('info', rest));
  return one(
    parsedPart('info', rest, { category: 'context', details: { context_percent: Number(percent) } }),
  );
}

/** What a person did in the bot's own controls, as the bot posts it. */
function readPerson(rest: string): Taken | null {
  const [, person, said] = /^\*\*(.{1,100}?):\*\* ?(.*)$/.exec(rest) ?? [];
  return person === undefined ? null : one(parsedPart('info', said!, { person }));
}

/** `⒊ **doing x**`: the item of the plan that it works on. */
function readTodo(line: string, details: Record<string, unknown> = {}): Taken | null {
  const [, glyph, digits, item] = /^(?:([\u2488-\u249B])|(\d{1,3})\. ) ?\*\*(.+)\*\*$/u.exec(line) ?? [];
  if (item === undefined) return null;
  const number = digits === undefined ? glyph!.codePointAt(0)! - 0x2487 : Number(digits);
  return one(parsedPart('info', item, { details: { ...details, todo: number } }));
}
