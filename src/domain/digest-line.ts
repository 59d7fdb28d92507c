import type { FailedRun } from './code-run.ts';
import type { Entry } from './entry.ts';
import type { Escalation } from './escalation.ts';
import type { Handoff } from './handoff.ts';
import { firstSentence } from './sentence.ts';

/** What a report tells, in its order. */
export const DIGEST_SECTIONS = [
  'needs_decision',
  'completed',
  'went_wrong',
  'changed_course',
  'unsure',
  'pending',
  'learned',
] as const;
export type DigestSection = (typeof DIGEST_SECTIONS)[number];

/** The step that a line tells of. */
export interface DigestSource {
  sessionId: string;
  threadId: string | null;
  step: number;
  messageId: string;
}

/** `who → to: text → result (note)`. Every text is a quotation of the log, in at most a sentence. */
export interface DigestLine {
  /** Names, without `@`; null where it is of nobody in particular. */
  who: string | null;
  to: string | null;
  text: string;
  /** What came of it. */
  result: string | null;
  note: DigestNote | null;
  confidence: number | null;
  /** How often the same was said. */
  times: number;
  /** ms UTC. */
  at: number;
  source: DigestSource | null;
  /** Where the result was told, if that is another step. */
  answered: DigestSource | null;
  /** The escalation that waits. */
  escalation: Escalation | null;
}

/** What is to be known of a line beside what it quotes. */
export type DigestNote =
  | 'no_answer'
  | 'session_ended'
  | 'not_done'
  | 'begun'
  | 'asked_again'
  | 'unchecked'
  | 'not_decided'
  | 'nobody_answered'
  | 'still_open'
  | 'finished'
  | 'timed_out'
  | 'succeeded_later';

/** A report over one workspace and time. */
export interface DigestPeriod {
  /** ms UTC; entries before it only tell what is still waited for. */
  from: number;
  to: number;
  confidenceThreshold: number;
}

/** The lines of each section. */
export type Found = Record<DigestSection, DigestLine[]>;

/** What is said again and again is one line: the first of them. */
export function merged(lines: readonly DigestLine[]): DigestLine[] {
  const byText = new Map<string, DigestLine>();
  for (const each of lines) {
    const key = [each.who, each.to, each.text, each.result, each.note, each.escalation?.id].join('\n');
    const known = byText.get(key);
    if (known) known.times += 1;
    else byText.set(key, { ...each });
  }
  return [...byText.values()];
}

export function escalationLine(escalation: Escalation): DigestLine {
  const { sessionId, threadId, step, messageId, by, raisedAt: at, confidence } = escalation;
  const source = { sessionId, threadId, step, messageId };
  return line(firstSentence(escalation.reason) || escalation.reason, {
    who: by.name,
    at,
    source,
    confidence,
    escalation,
  });
}

export function handoffLine(handoff: Handoff, result: string | null, note: DigestNote | null): DigestLine {
  const { from, to, task, asked, answeredBy } = handoff;
  const asking = stepLine(task, asked);
  return { ...asking, who: from, to, result, note, answered: answeredBy && placeOf(answeredBy).source };
}

/** Code that failed when somebody else ran it. */
export function failedRunLine({ code, status }: FailedRun, run: Entry): DigestLine {
  return {
    ...stepLine(sentenceOf(code), code),
    result: status,
    answered: placeOf(run).source,
  };
}

export function correctionLine(entry: Entry): DigestLine {
  const { before, after } = entry.details ?? {};
  const changed = typeof before === 'string' && typeof after === 'string';
  if (!changed) return stepLine(sentenceOf(entry), entry);
  return { ...stepLine(firstSentence(before), entry), result: firstSentence(after) };
}

/** What a person decided and, where it is known, what was asked: there its message is. */
export function decidedLine(decision: Entry, asked: Entry | undefined): DigestLine {
  const words = sentenceOf(decision);
  if (!asked || sentenceOf(asked) === '') return stepLine(words, decision);
  const { at, author } = decision;
  return line(sentenceOf(asked), { ...placeOf(asked), at, who: author.name, result: words });
}

export function sentenceOf(entry: Entry): string {
  return firstSentence(entry.message) || entry.message.trim();
}

export function stepLine(text: string, entry: Entry): DigestLine {
  return line(text, { ...placeOf(entry), who: entry.author.name, confidence: entry.confidence });
}

function placeOf({ sessionId, step, messageId, at }: Entry): Pick<DigestLine, 'at' | 'source'> {
  return { at, source: { sessionId, threadId: null, step, messageId } };
}

export function line(
  text: string,
  more: Partial<DigestLine> & Pick<DigestLine, 'at' | 'source'>,
): DigestLine {
  const blank = {
    who: null,
    to: null,
    result: null,
    note: null,
    confidence: null,
    answered: null,
    escalation: null,
  };
  return { ...blank, times: 1, ...more, text };
}
