import type { Observation } from '../observation.ts';
import { requestPart } from './approval.ts';
import type { Dialect, Part, Said } from './dialect.ts';
import { grew } from './growth.ts';
import { one, readByLine } from './lines.ts';
import type { LineReader, Taken } from './lines.ts';
import { detailsOf, parsedPart, plainPart, textOf, toolPart } from './text.ts';

/**
 * openab (github.com/openabdev/openab): one message per turn, edited in place. On top a line per tool run, whose icon changes when
 * the run ends, below them the answer as it grows.
 */
export const openab: Dialect = {
  name: 'openab',
  recognises: (observation) => UNMISTAKABLE.test(textOf(observation)),
  prompting: ['Bot turn limit reached ('],
  read,
  grows,
};

const UNMISTAKABLE =
  /^(?:🔧 `[^`\n]+`\.{3}|[✅❌] `[^`\n]+`|[✅❌🔧] \d+(?: · [❌🔧] \d+)* tool\(s\).*)$|Bot turn limit reached \(/mu;
const MARKS = /[🔧✅❌⚠🛑]|_\(no response\)_/u;

function read(observation: Observation): Part[] {
  const text = textOf(observation);
  if (!MARKS.test(text)) return [plainPart(text, observation.author)];
  return readByLine(text, observation.author, readLine);
}

const readLine: LineReader = (lines, at) => {
  const line = lines[at]!.trimEnd();
  if (line === '_(no response)_') return one(parsedPart('warning', 'No response'));
  if (!MARKS.test(line)) return null;
  return readRun(line) ?? readCounts(line) ?? readLimit(line) ?? (at === 0 ? readNotice(line) : null);
};

const STATUS = { '🔧': 'unknown', '✅': 'success', '❌': 'error' } as const;

function readRun(line: string): Taken | null {
  const [, icon, title] = /^(🔧|✅|❌) `([^`]+)`(?:\.{3})?$/u.exec(line) ?? [];
  if (title === undefined) return null;
  const [, name, input] = /^([\w.-]{1,60}): (.+)$/.exec(title) ?? [];
  const status = STATUS[icon as keyof typeof STATUS];
  return one(toolPart(title, { name: name ?? title, input: input ?? null, status }));
}

/** `✅ 4 · ❌ 1 tool(s) completed`, or `🔧 2 more running`: many runs told as numbers. */
function readCounts(line: string): Taken | null {
  const isCount = /^[✅❌🔧] \d+(?: · [✅❌🔧] \d+)* tool\(s\)(?: completed)?$|^🔧 \d+ more running$/u.test(
    line,
  );
  if (!isCount) return null;
  const count = (icon: string) => {
    const digits = new RegExp(`${icon} (\\d+)`, 'u').exec(line)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
  const details = detailsOf({ succeeded: count('✅'), failed: count('❌'), running: count('🔧') });
  return one(parsedPart('tool', line, { category: 'tool', details }));
}

/** Bots may only talk among themselves for so long; then a person has to step in. */
function readLimit(line: string): Taken | null {
  const [, hard, turns, limit] =
    /^(?:⚠|🛑)\uFE0F? (Hard bot|Bot) turn limit reached \((\d+)(?:\/(\d+))?/u.exec(line) ?? [];
  if (turns === undefined) return null;
  return one(
    requestPart(line, {
      kind: 'turn_limit',
      turns: Number(turns),
      limit: Number(limit ?? turns),
      hard: hard === 'Hard bot' ? true : undefined,
    }),
  );
}

/** `⚠️ …` above everything else is the program's, not the agent's. */
function readNotice(line: string): Taken | null {
  const [, notice] = /^⚠\uFE0F? (.+)$/u.exec(line) ?? [];
  return notice === undefined ? null : one(parsedPart('warning', notice.replace(/^_(.+)_$/, '$1')));
}

/** Tool lines come, change and collapse as they like; what counts is that the answer below them only grows. */
function grows(before: readonly Said[], after: readonly Said[]): boolean {
  if (![...before, ...after].some(({ level, origin }) => level === 'tool' && origin === 'parsed'))
    return false;
  const [was, is] = [answerOf(before), answerOf(after)];
  // While it streams, a long answer is shown by its end: `…` and the last part.
  return was.startsWith('…') || is.startsWith('…') || grew(was, is);
}

function answerOf(said: readonly Said[]): string {
  return said
    .filter(({ origin }) => origin === 'inferred')
    .map(({ message }) => message)
    .join('\n');
}
