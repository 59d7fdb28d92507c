import { isBot } from './author.ts';
import { HandoffFold } from './handoff.ts';
import type { Handoff } from './handoff.ts';
import { ToolTally } from './tool-tally.ts';
import { correctionIn, doubtIn, failureIn, questionIn } from './tone.ts';
import type { Coverage } from './coverage.ts';
import type { Entry } from './entry.ts';
import type { Escalation } from './escalation.ts';
import { firstSentence } from './sentence.ts';
import type { WorkLog } from './work-log.ts';

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
  /** The escalation that waits. */
  escalation: Escalation | null;
}

/** What is to be known of a line beside what it quotes. */
export type DigestNote =
  | 'no_answer'
  | 'session_ended'
  | 'not_done'
  | 'nobody_answered'
  | 'still_open'
  | 'finished'
  | 'timed_out'
  | 'succeeded_later';

/** The step or state that most needs a person; `nothing`: none does. */
export type NextAction =
  | { kind: 'decide'; line: DigestLine; more: number }
  | { kind: 'look'; line: DigestLine; more: number }
  | { kind: 'remind'; line: DigestLine; more: number }
  | { kind: 'review'; count: number }
  | { kind: 'nothing' };

export interface Digest {
  from: number;
  to: number;
  /** Nothing was recorded that is worth telling, nothing waits, and nothing was missed. */
  quiet: boolean;
  /** How many steps it is about. */
  steps: number;
  /** In the order of {@link DIGEST_SECTIONS}; those without a line are not there. */
  sections: { section: DigestSection; lines: DigestLine[]; /** Beyond `lines`. */ more: number }[];
  /** What was not seen. */
  coverage: Coverage;
  next: NextAction;
}

/** What is not in the entries. */
export interface DigestEnds {
  /** The sessions that ran at some time of the period. */
  sessions: readonly WorkLog[];
  /** Those that wait at its end, the oldest first. */
  escalations: readonly Escalation[];
  /** What waits for approval: what was learned, and by whom. */
  insights: readonly { content: string; by: string; at: number; source: DigestSource | null }[];
  coverage: Coverage;
}

/** Of each section; a night of thousands of steps is still to be read by a person. */
const LINES_MAX = 25;

/** A report over one workspace and time. */
export interface DigestPeriod {
  /** ms UTC; entries before it only tell what is still waited for. */
  from: number;
  to: number;
  confidenceThreshold: number;
}

/**
 * Folds a workspace's entries into its report, so that many of them need not be held at once. Rules only, no judgement of what is
 * interesting: a line is there because a step says so, in its level or in its words.
 */
export class DigestFold {
  readonly #period: DigestPeriod;
  readonly #sessions = new Map<string, SessionFold>();
  readonly #tools = new ToolTally();
  #steps = 0;
  #lastTool: Entry | null = null;

  constructor(period: DigestPeriod) {
    this.#period = period;
  }

  /** In the order of their steps, as far as they are of one session. */
  add(entry: Entry): void {
    if (entry.deletedAt !== null || entry.at >= this.#period.to) return;
    const session = this.#session(entry.sessionId);
    session.add(entry, entry.at >= this.#period.from);
    if (entry.at < this.#period.from) return;
    this.#steps += 1;
    if (entry.tool?.status !== 'success') return;
    this.#tools.add(entry.tool);
    this.#lastTool = entry;
  }

  digest(ends: DigestEnds): Digest {
    const found: Record<DigestSection, DigestLine[]> = {
      needs_decision: ends.escalations.map(escalationLine),
      completed: [],
      went_wrong: [],
      changed_course: [],
      unsure: [],
      pending: [],
      learned: ends.insights.map((insight) => line(insight.content, { ...insight, who: insight.by })),
    };
    const logs = new Map(ends.sessions.map((log) => [log.sessionId, log]));
    const blocked = new Set(ends.escalations.map(({ sessionId }) => sessionId));
    for (const [id, session] of this.#sessions) session.tell(found, logs.get(id), blocked.has(id));
    for (const log of ends.sessions) tellSession(log, this.#period, found);
    this.#tellTools(found.completed);
    found.unsure.sort((a, b) => (a.confidence ?? 1) - (b.confidence ?? 1) || a.at - b.at);
    return this.#assemble(found, ends.coverage);
  }

  #session(id: string): SessionFold {
    const known = this.#sessions.get(id);
    if (known) return known;
    const session = new SessionFold(this.#period.confidenceThreshold);
    this.#sessions.set(id, session);
    return session;
  }

  #tellTools(completed: DigestLine[]): void {
    const words = this.#tools.words();
    if (this.#lastTool) completed.push({ ...stepLine(words, this.#lastTool), who: null });
  }

  #assemble(found: Record<DigestSection, DigestLine[]>, coverage: Coverage): Digest {
    const sections = DIGEST_SECTIONS.flatMap((section) => {
      const all = merged(found[section]);
      const lines = all.slice(0, LINES_MAX);
      return all.length > 0 ? [{ section, lines, more: all.length - lines.length }] : [];
    });
    const { from, to } = this.#period;
    const quiet = sections.length === 0 && coverage.gaps.length === 0;
    return { from, to, quiet, steps: this.#steps, sections, coverage, next: nextOf(found) };
  }
}

/** What one session adds to a report. */
class SessionFold {
  readonly #threshold: number;
  readonly #handoffs = new HandoffFold();
  readonly #wrong: DigestLine[] = [];
  readonly #corrections: DigestLine[] = [];
  readonly #unsure: DigestLine[] = [];
  /** What people decided. */
  readonly #decided: DigestLine[] = [];
  /** Questions to people that nobody has said anything after. */
  #questions: { entry: Entry; text: string }[] = [];
  /** Failed tool runs by tool, until the tool works again. */
  readonly #failing = new Map<string, DigestLine[]>();

  constructor(confidenceThreshold: number) {
    this.#threshold = confidenceThreshold;
  }

  add(entry: Entry, counts: boolean): void {
    const answered = this.#handoffs.add(entry, counts);
    this.#followQuestions(entry, answered);
    if (!counts) return;
    if (entry.tool) this.#addTool(entry);
    else if (entry.level === 'error') this.#wrong.push(stepLine(sentenceOf(entry), entry));
    else if (entry.level === 'correction') this.#corrections.push(correctionLine(entry));
    else if (entry.level === 'decision' && !isBot(entry.author))
      this.#decided.push(stepLine(sentenceOf(entry), entry));
    else if (this.#isUnsure(entry)) this.#unsure.push(stepLine(sentenceOf(entry), entry));
    else if (entry.origin === 'inferred' && isBot(entry.author) && !answered?.failure) this.#addByTone(entry);
  }

  tell(found: Record<DigestSection, DigestLine[]>, log: WorkLog | undefined, blocked: boolean): void {
    const ended = (log?.endedAt ?? null) !== null && !blocked;
    for (const handoff of this.#handoffs.answered) {
      if (handoff.failure) found.went_wrong.push(handoffLine(handoff, handoff.failure, null));
      else found.completed.push(handoffLine(handoff, handoff.answer, null));
    }
    found.completed.push(...this.#decided);
    found.went_wrong.push(...this.#wrong);
    for (const handoff of this.#handoffs.open()) {
      const section = ended && !handoff.refusal ? found.went_wrong : found.pending;
      const note = handoff.refusal ? 'not_done' : ended ? 'session_ended' : 'no_answer';
      section.push(handoffLine(handoff, handoff.refusal, note));
    }
    found.changed_course.push(...this.#corrections);
    found.unsure.push(...this.#unsure);
    for (const { entry, text } of this.#questions)
      found.pending.push({ ...stepLine(text, entry), note: 'nobody_answered' });
  }

  #isUnsure({ level, confidence }: Entry): boolean {
    return level === 'uncertainty' || (confidence !== null && confidence < this.#threshold);
  }

  #addTool(entry: Entry): void {
    const { name, status, error } = entry.tool!;
    if (status === 'success') {
      for (const failed of this.#failing.get(name) ?? []) failed.note = 'succeeded_later';
      this.#failing.delete(name);
    } else if (status === 'error' || status === 'timeout') {
      const reason = firstSentence(error ?? '') || (status === 'timeout' ? '' : sentenceOf(entry));
      const failed: DigestLine = {
        ...stepLine(reason && reason !== name ? `${name}: ${reason}` : name, entry),
        note: status === 'timeout' ? 'timed_out' : null,
      };
      this.#wrong.push(failed);
      this.#failing.set(name, [...(this.#failing.get(name) ?? []), failed]);
    }
  }

  /** What agents tell in plain words. The first that fits counts. */
  #addByTone(entry: Entry): void {
    const { message } = entry;
    const failure = failureIn(message);
    const correction = failure ? null : correctionIn(message);
    const doubt = failure || correction ? null : doubtIn(message);
    if (failure) this.#wrong.push(stepLine(failure, entry));
    else if (correction) this.#corrections.push(stepLine(correction, entry));
    else if (doubt) this.#unsure.push(stepLine(doubt, entry));
  }

  /** A question that names no other bot is for people; whoever speaks next of them has heard it. */
  #followQuestions(entry: Entry, answered: Handoff | null): void {
    if (!isBot(entry.author)) {
      this.#questions = [];
      return;
    }
    this.#questions = this.#questions.filter(({ entry: asked }) => entry.responseTo !== asked.step);
    const toPeople = !entry.escalation && entry.tool === null && entry.mentions.length === 0 && !answered;
    const text = toPeople && entry.level !== 'thinking' ? questionIn(entry.message) : null;
    if (text) this.#questions.push({ entry, text });
  }
}

/** A session that reached its end tells what came of it; one that just fell silent is no success. */
function tellSession(
  log: WorkLog,
  { from, to }: DigestPeriod,
  found: Record<DigestSection, DigestLine[]>,
): void {
  const source = { sessionId: log.sessionId, threadId: log.threadId, step: 1, messageId: log.sessionId };
  const title = firstSentence(log.query);
  if (log.endedAt === null || log.endedAt >= to) {
    found.pending.push(line(title, { at: log.lastAt, source, note: 'still_open' }));
    return;
  }
  if (log.endedAt < from || !log.finalOutput || !['reported', 'command'].includes(log.endReason ?? ''))
    return;
  const failure = failureIn(log.finalOutput);
  const section = failure ? found.went_wrong : found.completed;
  const result = failure ?? firstSentence(log.finalOutput);
  section.push(line(title, { at: log.endedAt, source, result, note: 'finished' }));
}

function nextOf(found: Record<DigestSection, DigestLine[]>): NextAction {
  const { needs_decision: decisions, went_wrong: wrong, pending, learned } = found;
  const failed = wrong.filter(({ note }) => note !== 'succeeded_later');
  const owed = pending.filter(({ note }) => note !== 'still_open');
  if (decisions[0]) return { kind: 'decide', line: decisions[0], more: decisions.length - 1 };
  if (failed[0]) return { kind: 'look', line: failed[0], more: failed.length - 1 };
  if (owed[0]) return { kind: 'remind', line: owed[0], more: owed.length - 1 };
  return learned.length > 0 ? { kind: 'review', count: learned.length } : { kind: 'nothing' };
}

/** What is said again and again is one line. */
function merged(lines: readonly DigestLine[]): DigestLine[] {
  const byText = new Map<string, DigestLine>();
  for (const each of lines) {
    const key = JSON.stringify([each.who, each.to, each.text, each.result, each.note, each.escalation?.id]);
    const known = byText.get(key);
    if (known) known.times += 1;
    else byText.set(key, { ...each });
  }
  return [...byText.values()];
}

function escalationLine(escalation: Escalation): DigestLine {
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

function handoffLine(handoff: Handoff, result: string | null, note: DigestNote | null): DigestLine {
  const { from, to, task, asked, answeredBy } = handoff;
  const asking = stepLine(firstSentence(task) || task, asked);
  return { ...asking, ...(answeredBy && placeOf(answeredBy)), who: from, to, result, note };
}

function correctionLine(entry: Entry): DigestLine {
  const { before, after } = entry.details ?? {};
  const changed = typeof before === 'string' && typeof after === 'string';
  if (!changed) return stepLine(sentenceOf(entry), entry);
  return { ...stepLine(firstSentence(before), entry), result: firstSentence(after) };
}

function sentenceOf(entry: Entry): string {
  return firstSentence(entry.message) || entry.message.trim();
}

function stepLine(text: string, entry: Entry): DigestLine {
  return line(text, { ...placeOf(entry), who: entry.author.name, confidence: entry.confidence });
}

function placeOf({ sessionId, step, messageId, at }: Entry): Pick<DigestLine, 'at' | 'source'> {
  return { at, source: { sessionId, threadId: null, step, messageId } };
}

function line(text: string, more: Partial<DigestLine> & Pick<DigestLine, 'at' | 'source'>): DigestLine {
  const blank = { who: null, to: null, result: null, note: null, confidence: null, escalation: null };
  const { who, to, result, note, confidence, escalation } = { ...blank, ...more };
  return { who, to, text, result, note, confidence, times: 1, at: more.at, source: more.source, escalation };
}
