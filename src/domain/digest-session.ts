import { asksOf } from './asks.ts';
import { isBot, sameName } from './author.ts';
import { CodeRunFold } from './code-run.ts';
import {
  correctionLine,
  decidedLine,
  failedRunLine,
  handoffLine,
  line,
  sentenceOf,
  stepLine,
} from './digest-line.ts';
import type { DigestLine, DigestNote, DigestPeriod, DigestSource, Found } from './digest-line.ts';
import type { Entry } from './entry.ts';
import { HandoffFold } from './handoff.ts';
import type { Handoff } from './handoff.ts';
import { firstSentence } from './sentence.ts';
import { ConclusionFold } from './conclusion.ts';
import { completionIn, correctionIn, doubtIn, failureIn, questionIn } from './tone.ts';
import type { WorkLog } from './work-log.ts';

/** How a sentence is found that tells something, and where it goes. */
type Tone = [tell: (text: string) => string | null, lines: DigestLine[]];

/** What one session adds to a report. */
export class SessionFold {
  readonly #threshold: number;
  readonly #handoffs = new HandoffFold();
  readonly #runs = new CodeRunFold();
  readonly #conclusions = new ConclusionFold();
  readonly #done: DigestLine[] = [];
  readonly #wrong: DigestLine[] = [];
  readonly #corrections: DigestLine[] = [];
  readonly #unsure: DigestLine[] = [];
  /** What people were asked, by step. */
  readonly #asked = new Map<number, Entry>();
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
    const failedRun = this.#runs.add(entry);
    // Who asked for an answer has it, and looks at it.
    const concluded = this.#conclusions.add(entry, answered === null && counts);
    this.#followQuestions(entry, answered);
    if (entry.escalation) this.#asked.set(entry.step, entry);
    if (!counts) return;
    if (failedRun) this.#wrong.push(failedRunLine(failedRun, entry));
    else if (entry.tool) this.#addTool(entry);
    else if (entry.level === 'error') this.#wrong.push(stepLine(sentenceOf(entry), entry));
    else if (entry.level === 'correction') this.#corrections.push(correctionLine(entry));
    else if (entry.level === 'decision' && !isBot(entry.author))
      this.#decided.push(decidedLine(entry, this.#asked.get(entry.responseTo ?? 0)));
    else if (this.#isUnsure(entry)) this.#unsure.push(stepLine(sentenceOf(entry), entry));
    else if (entry.origin === 'inferred' && isBot(entry.author))
      this.#addByTone(entry, { answered, concluded });
  }

  tell(found: Found, log: WorkLog | undefined, blocked: boolean): void {
    const ended = (log?.endedAt ?? null) !== null && !blocked;
    for (const handoff of this.#handoffs.answered) {
      if (handoff.failure) found.went_wrong.push(handoffLine(handoff, handoff.failure, null));
      else if (handoff.askedAgain) found.went_wrong.push(handoffLine(handoff, handoff.answer, 'asked_again'));
      else found.completed.push(handoffLine(handoff, handoff.answer, null));
    }
    const unchecked = this.#unchecked();
    const isUnchecked = ({ source }: DigestLine) =>
      unchecked.some((one) => one.source?.step === source?.step);
    found.completed.push(...this.#decided, ...this.#done.filter((line) => !isUnchecked(line)));
    found.went_wrong.push(...this.#wrong);
    for (const handoff of this.#handoffs.open()) {
      const section = ended && !handoff.refusal ? found.went_wrong : found.pending;
      section.push(handoffLine(handoff, handoff.refusal ?? handoff.begun, openNote(handoff, ended)));
    }
    found.changed_course.push(...this.#corrections);
    found.unsure.push(...this.#unsure, ...unchecked);
    for (const { entry, text } of this.#questions)
      found.pending.push({ ...stepLine(text, entry), note: 'nobody_answered' });
  }

  /** What one agent concludes and no other looks at. */
  #unchecked(): DigestLine[] {
    const { unchecked } = this.#conclusions;
    if (!unchecked) return [];
    const { entry, text } = unchecked;
    const told = [...this.#wrong, ...this.#corrections, ...this.#unsure];
    const isTold = told.some(({ source }) => source?.step === entry.step);
    return isTold ? [] : [{ ...stepLine(text, entry), note: 'unchecked' }];
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

  /** What agents tell in plain words. The first that fits counts; what an answer says of its handoff is told with that. */
  #addByTone(
    entry: Entry,
    { answered, concluded }: { answered: Handoff | null; concluded: string | null },
  ): void {
    const message = toldIn(entry, answered);
    const isTold = (sentence: string) =>
      sentence === answered?.answer || sentence === answered?.refusal || sentence === answered?.begun;
    for (const [tell, lines] of this.#tones(entry, concluded)) {
      const sentence = tell(message);
      if (sentence === null) continue;
      if (!isTold(sentence)) lines.push(stepLine(sentence, entry));
      return;
    }
  }

  /** Who thinks has done nothing yet, and who coordinates speaks of what others did. */
  #tones({ level }: Entry, concluded: string | null): Tone[] {
    const all: (Tone | null)[] = [
      level === 'thinking' ? null : [failureIn, this.#wrong],
      [correctionIn, this.#corrections],
      [doubtIn, this.#unsure],
      level === 'info' ? [(text) => concluded ?? completionIn(text), this.#done] : null,
    ];
    return all.filter((tone) => tone !== null);
  }

  /** A question that names no other bot is for people; whoever speaks next of them has heard it. */
  #followQuestions(entry: Entry, answered: Handoff | null): void {
    if (!isBot(entry.author)) {
      this.#questions = [];
      return;
    }
    this.#questions = this.#questions.filter(
      ({ entry: asked }) => entry.responseTo !== asked.step && !speaksTo(entry, asked.author.name),
    );
    const toPeople = !entry.escalation && entry.tool === null && entry.mentions.length === 0 && !answered;
    const text = toPeople && entry.level !== 'thinking' ? questionIn(toldIn(entry, answered)) : null;
    if (text) this.#questions.push({ entry, text });
  }
}

/** What was asked for is no report, and what opens a session is a task: of a long one only the first sentence tells how things stand. */
function toldIn(entry: Entry, answered: Handoff | null): string {
  if (entry.messageId === entry.sessionId) return firstSentence(entry.message);
  if (entry.level !== 'handoff' || answered) return entry.message;
  return asksOf(entry).reduce((rest, { task }) => rest.replace(task, ''), entry.message);
}

function speaksTo({ author, mentions }: Entry, name: string): boolean {
  return !sameName(author.name, name) && mentions.some((mentioned) => sameName(mentioned, name));
}

function openNote({ refusal, begun }: Handoff, ended: boolean): DigestNote {
  if (refusal) return 'not_done';
  if (ended) return 'session_ended';
  return begun ? 'begun' : 'no_answer';
}

/** Where a session begins. */
function openingOf({ sessionId, threadId }: WorkLog): DigestSource {
  return { sessionId, threadId, step: 1, messageId: sessionId };
}

/** A session that reached its end tells what came of it; one that just fell silent, or waits for a decision, is no success. */
export function tellSession(
  log: WorkLog,
  { from, to }: DigestPeriod,
  isBlocked: boolean,
  found: Found,
): void {
  const source = openingOf(log);
  const title = firstSentence(log.query);
  if (log.endedAt === null || log.endedAt >= to) {
    found.pending.push(line(title, { at: log.lastAt, source, note: 'still_open' }));
    return;
  }
  if (
    log.endedAt < from ||
    !log.isOutputReported ||
    !log.finalOutput ||
    !['reported', 'command'].includes(log.endReason ?? '')
  )
    return;
  if (isBlocked) {
    found.pending.push(line(title, { at: log.endedAt, source, note: 'not_decided' }));
    return;
  }
  const failure = failureIn(log.finalOutput);
  const section = failure ? found.went_wrong : found.completed;
  const result = failure ?? firstSentence(log.finalOutput);
  section.push(line(title, { at: log.endedAt, source, result, note: 'finished' }));
}
