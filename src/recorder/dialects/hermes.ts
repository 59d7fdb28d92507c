import { parseDuration } from '../../domain/duration.ts';
import type { Observation } from '../observation.ts';
import { isResolved } from './approval.ts';
import type { Dialect, Part, Said } from './dialect.ts';
import { grew } from './growth.ts';
import { readEnvelope } from './hermes-envelope.ts';
import { readPrompt } from './hermes-prompts.ts';
import { readToolRun } from './hermes-tools.ts';
import { one, readByLine } from './lines.ts';
import type { LineReader, Taken } from './lines.ts';
import { detailsOf, parsedPart, plainPart, textOf } from './text.ts';

/**
 * Hermes (github.com/NousResearch/hermes-agent): tool runs as lines that grow in one message, prompts that stand in content and
 * embed both, and an envelope for messages between bots.
 */
export const hermes: Dialect = {
  name: 'hermes',
  recognises: (observation) => read(observation).some(({ origin }) => origin === 'parsed'),
  prompting: ['BOT_MSG v1'],
  read,
  grows,
};

/** Any emoji, or the words of what has none. */
const MARKS = /\p{Extended_Pictographic}|BOT_MSG v1/u;

function read(observation: Observation): Part[] {
  const text = textOf(observation);
  const { author } = observation;
  if (!MARKS.test(text)) return [plainPart(withoutCursor(text), author)];
  return (
    readEnvelope(observation) ?? readPrompt(observation) ?? readByLine(withoutCursor(text), author, readLine)
  );
}

const readLine: LineReader = (lines, at) => readHeartbeat(lines[at]!) ?? readToolRun(lines, at);

/** `⏳ Working — 3 min — iteration 4/60, terminal` */
function readHeartbeat(line: string): Taken | null {
  const [, elapsed, rest] =
    /^⏳ (?:Still w|W)orking (?:— |\()`?(\d+ ?\w+(?: \d+ ?\w+)?)`?(?: elapsed)?(.*)$/u.exec(line) ?? [];
  if (elapsed === undefined) return null;
  const [, iteration, iterations, tool] =
    /iteration (\d+)\/(\d+)(?:, (?:running: )?([\w.-]+))?/.exec(rest!) ?? [];
  const details = detailsOf({
    elapsed_ms: parseDuration(elapsed),
    iteration: iteration && Number(iteration),
    iterations: iterations && Number(iterations),
    running: tool,
  });
  return one(parsedPart('info', line.replace(/^⏳ /u, ''), { details }));
}

/** What stands at the end of a text that is still being written. */
function withoutCursor(text: string): string {
  return text.replace(/\s*[▉▌█]\s*$/u, '');
}

/** Lines are added, get a counter, or tell a later time; a prompt ends. */
function grows(before: readonly Said[], after: readonly Said[]): boolean {
  if (isResolved(before, after)) return true;
  if (!before.some(({ origin }) => origin === 'parsed')) return false;
  return before.every((said, index) => {
    const now = after[index];
    if (now === undefined) return false;
    const isLast = index === before.length - 1;
    return (
      (isHeartbeat(said) && isHeartbeat(now)) ||
      said.message === now.message ||
      (isLast && grew(said.message, now.message))
    );
  });
}

function isHeartbeat({ details }: Said): boolean {
  return details?.['elapsed_ms'] !== undefined;
}
