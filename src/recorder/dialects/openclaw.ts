import type { Observation } from '../observation.ts';
import { isResolved } from './approval.ts';
import type { Dialect, Part, Said } from './dialect.ts';
import { one, readByLine } from './lines.ts';
import type { LineReader } from './lines.ts';
import { readApproval } from './openclaw-approval.ts';
import { readToolLine } from './openclaw-tools.ts';
import { parsedPart, plainPart, textOf, unmarked } from './text.ts';

/**
 * OpenClaw (github.com/openclaw/openclaw): a line per tool run with the tool's emoji and label, reasoning as a message of its own,
 * system lines led by a gear, approvals as components v2.
 */
export const openclaw: Dialect = {
  name: 'openclaw',
  recognises: (observation) => read(observation).some(isUnmistakable),
  prompting: ['Approval'],
  read,
  grows: (before, after) => isResolved(before, after) || isProgress(before),
};

/** Others lead lines by a gear, too. */
function isUnmistakable({ origin, details, session }: Part): boolean {
  return origin === 'parsed' && (session !== undefined || details?.['system'] !== true);
}

/** Any emoji of the format, or the words of those parts that have none. */
const MARKS = /[\p{Extended_Pictographic}]|^Reasoning:|^Thinking|Approval/mu;

function read(observation: Observation): Part[] {
  const text = textOf(observation);
  const { author } = observation;
  if (!MARKS.test(text)) return [plainPart(text, author)];
  return readApproval(text, observation) ?? readReasoning(text) ?? readByLine(text, author, readLine);
}

const readLine: LineReader = (lines, at) => {
  const line = lines[at]!;
  if (/^⚙\uFE0F? /u.test(line)) return one(systemPart(lines.slice(at).join('\n')), lines.length - at);
  const part = readToolLine(line);
  return part && one(part);
};

/** `Reasoning:` or `Thinking` over lines that are each in italics, in a message of its own. */
function readReasoning(text: string): Part[] | null {
  const [, thought] = /^(?:Reasoning:|Thinking(?:\.{3}|…)?)\s*\n+([\s\S]+)$/u.exec(text.trim()) ?? [];
  if (thought === undefined || !thought.startsWith('_')) return null;
  const lines = thought.split('\n').map(unmarked);
  // One pair of underscores may also enclose all lines together.
  return [parsedPart('thinking', lines.join('\n').replace(/^_|_$/g, ''))];
}

/** What OpenClaw itself says. A session that it opens in a thread is told with the agent's name, and so is its end. */
function systemPart(text: string): Part {
  const message = text.replace(/^⚙\uFE0F? /u, '').trim();
  const [, agent] = /^(.{1,80}?) session active\b/.exec(message) ?? [];
  if (agent !== undefined) return parsedPart('info', message, { session: 'start', details: { agent } });
  if (/^(?:.{1,80} )?session ended\b/i.test(message))
    return parsedPart('info', message, { session: 'end', details: { system: true } });
  return parsedPart('info', message, { details: { system: true } });
}

/** A draft shows what it is doing until the answer takes its place. */
function isProgress(before: readonly Said[]): boolean {
  return before.every(
    ({ origin, level }) => origin === 'parsed' && (level === 'tool' || level === 'thinking'),
  );
}
