import { isBot, sameName } from './author.ts';
import type { Entry } from './entry.ts';
import type { Question } from './question.ts';
import { countStems, scoreWords } from './word-match.ts';
import { stemOf } from './words.ts';

export interface Ranked {
  entry: Entry;
  score: number;
}

/** What counts beside words, on the scale of a rare word's weight (about 5) in a few hundred candidates. */
const WEIGHTS = {
  level: 1.5,
  synonym: 1,
  category: 1,
  escalation: 3,
  mentionsBot: 1,
  answer: 0.75,
  recency: 0.5,
  /** A block of code, where code is asked for: it is rarely called so in its own message. */
  code: 4,
};
/** A question about a bot is about what that bot did; answers come from bots rather than from those who asked. */
const OTHER_BOT = 0.3;
const PERSON = 0.6;
/** How much of the words of the step that it answers count for a step: an answer need not repeat the question. */
const ANSWERED = 0.3;

/**
 * The candidates that answer the question best, best first: words that are rare among the candidates weigh most (BM25), in the step
 * itself and less in the one it answers, then the bots, levels (by any word for them), categories and code asked for, then slightly
 * what a named bot answered, and the newer ones. Texts that are said twice come once.
 */
export function rank(question: Question, candidates: readonly Entry[]): Ranked[] {
  const stems = [...new Set(question.words.map(stemOf))];
  const synonyms = [...new Set(question.synonyms.map(stemOf))];
  const counted = candidates.map((entry) => countStems(textOf(entry), stems, synonyms));
  const words = scoreWords(counted);
  const wordsByStep = new Map(
    candidates.map(({ sessionId, step }, at) => [`${sessionId} ${step}`, words[at]!]),
  );
  const { oldest, newest } = spanOf(candidates);
  const ranked = candidates.map((entry, index) => {
    const said = words[index]! + ANSWERED * (wordsByStep.get(answeredBy(entry)) ?? 0);
    const kind = kindScore(question, entry) + (counted[index]!.synonym ? WEIGHTS.synonym : 0);
    const recency = newest > oldest ? (entry.at - oldest) / (newest - oldest) : 1;
    const score = said + kind + WEIGHTS.recency * recency;
    return { entry, score: score * authorFactor(question, entry) };
  });
  return withoutRepeats(ranked.toSorted((a, b) => b.score - a.score || b.entry.at - a.entry.at));
}

/** The part of a text that answers the question: from the first sentence that has most of its words. */
export function passageOf(text: string, question: Question): string {
  const stems = [...new Set(question.words.map(stemOf))];
  const sentences = [...text.matchAll(/[^\n]+?(?:[.!?](?=\s)|\n|$)/g)].slice(0, MAX_SENTENCES);
  let best = { found: 0, start: 0 };
  for (const { 0: sentence, index } of sentences) {
    const found = countStems(sentence, stems).counts.filter((count) => count > 0).length;
    if (found > best.found) best = { found, start: index };
  }
  return best.start === 0 ? text : `…${text.slice(best.start).trimStart()}`;
}

const MAX_SENTENCES = 200;

function textOf({ message, tool, category }: Entry): string {
  return `${message} ${tool?.name ?? ''} ${category}`;
}

/** Few use Discord's reply: most answer what was said right before. */
function answeredBy({ sessionId, responseTo, step }: Entry): string {
  return `${sessionId} ${responseTo ?? step - 1}`;
}

function kindScore(question: Question, entry: Entry): number {
  let score = 0;
  if (question.levels.includes(entry.level)) score += WEIGHTS.level;
  if (question.levels.includes('tool') && entry.tool !== null && entry.level !== 'tool')
    score += WEIGHTS.level;
  if (question.levels.includes('error') && entry.tool?.status === 'error') score += WEIGHTS.level;
  if (question.categories.includes(entry.category)) score += WEIGHTS.category;
  if (question.escalation && entry.escalation) score += WEIGHTS.escalation;
  if (question.code && entry.message.includes('```')) score += WEIGHTS.code;
  if (entry.mentions.some((name) => isAmong(name, question.bots))) score += WEIGHTS.mentionsBot;
  if (question.bots.length > 0 && entry.responseTo !== null) score += WEIGHTS.answer;
  return score;
}

function authorFactor(question: Question, { author }: Entry): number {
  if (question.bots.length > 0) return isAmong(author.name, question.bots) ? 1 : OTHER_BOT;
  return isBot(author) ? 1 : PERSON;
}

function isAmong(name: string, names: readonly string[]): boolean {
  return names.some((other) => sameName(name, other));
}

function spanOf(entries: readonly Entry[]): { oldest: number; newest: number } {
  let [oldest, newest] = [Infinity, -Infinity];
  for (const { at } of entries) {
    oldest = Math.min(oldest, at);
    newest = Math.max(newest, at);
  }
  return { oldest, newest };
}

function withoutRepeats(ranked: Ranked[]): Ranked[] {
  const seen = new Set<string>();
  return ranked.filter(({ entry }) => {
    const said = `${entry.author.key}\n${entry.message}`;
    if (seen.has(said)) return false;
    seen.add(said);
    return true;
  });
}
