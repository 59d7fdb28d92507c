import { isBot, plainName, sameName } from './author.ts';
import type { Entry } from './entry.ts';
import { firstSentence, sentencesOf } from './sentence.ts';
import { asksOf } from './asks.ts';
import { failureIn, isAnnouncement, questionIn, refusalIn } from './tone.ts';

/** Work that one bot handed to another, and what came of it. */
export interface Handoff {
  /** Names, without `@`. */
  from: string;
  to: string;
  /** The first sentence of what was asked for. */
  task: string;
  asked: Entry;
  /** 0, 1, 2 … as they were asked for. */
  order: number;
  /** It was asked, or answered, in the time that the report is about. */
  counts: boolean;
  answeredBy: Entry | null;
  /** The answer's first sentence. */
  answer: string | null;
  /** The sentence that tells that it did not work. */
  failure: string | null;
  /** What the asked bot said instead of doing it; it is still to be done. */
  refusal: string | null;
  /** What it said of being about to do it; it is still to be done. */
  begun: string | null;
  /** It was answered, and the next that the same asked of the same was the same: so that answer did not do. */
  askedAgain: boolean;
}

/** Follows who was asked for what in one session. A handoff is requested, then answered, or it hangs. */
export class HandoffFold {
  readonly #open = new Map<string, Handoff[]>();
  readonly #answered: Handoff[] = [];
  /** The last that one asked of another. */
  readonly #last = new Map<string, Handoff>();
  #asked = 0;

  /** Those that the report is about, in the order of their answers. */
  get answered(): readonly Handoff[] {
    return this.#answered.filter(({ counts }) => counts);
  }

  /** Those that nobody has answered, the oldest first. */
  open(): Handoff[] {
    return [...this.#open.values()].flat().sort((a, b) => a.order - b.order);
  }

  /** The handoff that the entry answers, if it does. */
  add(entry: Entry, counts: boolean): Handoff | null {
    if (!isBot(entry.author)) return null;
    const answered = this.#answer(entry, counts);
    for (const { to, task } of asksOf(entry)) {
      // Who reports back to the one that asked hands nothing over, but for a question.
      const reportsBack = answered && sameName(to, answered.from) && questionIn(entry.message) === null;
      if (!reportsBack) this.#ask({ entry, to, task, counts });
    }
    return answered;
  }

  #ask({ entry, to, task, counts }: { entry: Entry; to: string; task: string; counts: boolean }): void {
    const from = entry.author.name;
    const told = firstSentence(task) || task;
    const none = { answeredBy: null, answer: null, failure: null, refusal: null, begun: null };
    const before = this.#last.get(pairOf(from, to));
    if (before?.answer && isAlike(before.task, told)) before.askedAgain = true;
    const handoff: Handoff = {
      from,
      to,
      task: told,
      asked: entry,
      order: this.#asked,
      counts,
      askedAgain: false,
      ...none,
    };
    this.#last.set(pairOf(from, to), handoff);
    this.#asked += 1;
    const key = plainName(to);
    this.#open.set(key, [...(this.#open.get(key) ?? []), handoff]);
  }

  #answer(entry: Entry, counts: boolean): Handoff | null {
    const key = plainName(entry.author.name);
    const waiting = this.#open.get(key);
    if (!waiting || !isAnswer(entry)) return null;
    const handoff =
      waiting.find(({ asked }) => asked.step === entry.responseTo && asked.sessionId === entry.sessionId) ??
      waiting.findLast(({ from }) => sameName(entry.triggeredBy, from));
    if (!handoff) return null;
    handoff.counts ||= counts;
    const { answer, isBegun } = answerIn(entry.message);
    const refusal = answer.endsWith('?') ? answer : refusalIn(answer);
    if (refusal || isBegun) {
      handoff.answeredBy = entry;
      handoff.refusal = refusal;
      handoff.begun = refusal ? null : answer;
      return handoff;
    }
    this.#open.set(
      key,
      waiting.filter((other) => other !== handoff),
    );
    const failure = entry.level === 'error' ? answer : failureIn(answer);
    this.#answered.push(Object.assign(handoff, { answeredBy: entry, answer, failure }));
    return handoff;
  }
}

function pairOf(from: string, to: string): string {
  return `${plainName(from)}\n${plainName(to)}`;
}

/** Of all words of two tasks so many are in both, when they are the same task in other words. */
const ALIKE = 0.6;

function isAlike(a: string, b: string): boolean {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  return first.intersection(second).size >= ALIKE * first.union(second).size;
}

function wordsOf(task: string): Set<string> {
  return new Set(task.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu));
}

/**
 * The first sentence that tells of the work: “Sure, I will look.” is none yet. What comes after it is more about the work than whether
 * it is done.
 */
function answerIn(message: string): { answer: string; isBegun: boolean } {
  const sentences = [...sentencesOf(message)];
  const told = sentences.find((sentence) => !isAnnouncement(sentence));
  return {
    answer: told ?? sentences[0] ?? message.trim(),
    isBegun: told === undefined && sentences.length > 0,
  };
}

/** A tool run or a thought is work under way, and an escalation waits itself. */
function isAnswer({ level, tool, escalation }: Entry): boolean {
  return tool === null && level !== 'thinking' && !escalation;
}
