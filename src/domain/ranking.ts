import { isBot, sameName } from './author.ts';
import type { Entry } from './entry.ts';
import type { Question } from './question.ts';
import { wholeTextsOf } from './surroundings.ts';
import type { WholeText } from './surroundings.ts';
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
  code: 3,
};
/** A question about a bot is about what that bot did; answers come from bots rather than from those who asked. */
const OTHER_BOT = 0.3;
const PERSON = 0.6;
/**
 * Of what was said right before and right after a step, so much of its words count for the step: an answer need not repeat the
 * question it was given, nor a decision what came of it.
 */
const NEIGHBOUR = 0.3;

/**
 * The candidates that answer the question best, best first: words that are rare among the candidates weigh most (BM25), in the step
 * itself and less in those around it, then the bots, levels (by any word for them), categories and code asked for, then slightly what a
 * named bot answered, and the newer ones. Texts that are said twice come once; so do those that took several messages.
 */
export function rank(question: Question, candidates: readonly Entry[]): Ranked[] {
  const stems = [...new Set(question.words.map(stemOf))];
  const synonyms = [...new Set(question.synonyms.map(stemOf))];
  const counted = candidates.map((entry) => countStems(textOf(entry), stems, synonyms));
  const words = scoreWords(counted);
  const texts = wholeTextsOf(candidates);
  const { oldest, newest } = spanOf(candidates);
  const ranked = candidates.map((entry, index) => {
    const kind = kindScore(question, entry) + (counted[index]!.synonym ? WEIGHTS.synonym : 0);
    const recency = newest > oldest ? (entry.at - oldest) / (newest - oldest) : 1;
    const said = words[index]! + NEIGHBOUR * around(texts[index]!, words);
    const score = said + kind + WEIGHTS.recency * recency;
    return { entry, text: texts[index]!, score: score * authorFactor(question, entry) };
  });
  const best = ranked.toSorted((a, b) => b.score - a.score || b.entry.at - a.entry.at);
  return withoutRepeats(best).map(({ entry, score }) => ({ entry, score }));
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

/** The words of what is beside a text; of a long one the best piece counts. */
function around({ neighbours }: WholeText, words: readonly number[]): number {
  return sum(neighbours.map(({ pieces }) => Math.max(...pieces.map((piece) => words[piece]!))));
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

function withoutRepeats<T extends { entry: Entry; text: WholeText }>(ranked: readonly T[]): T[] {
  const seen = new Set<string | WholeText>();
  return ranked.filter(({ entry, text }) => {
    const said = `${entry.author.key}\n${entry.message}`;
    if (seen.has(said) || seen.has(text)) return false;
    seen.add(said).add(text);
    return true;
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
