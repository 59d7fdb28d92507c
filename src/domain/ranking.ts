import { isBot, sameName } from './author.ts';
import type { Entry } from './entry.ts';
import type { Question } from './question.ts';
import { beginningsOf, stemOf, wordsOf } from './words.ts';

export interface Ranked {
  entry: Entry;
  score: number;
}

/** BM25's usual constants: how soon a repeated word stops counting, and how much long texts are held back. */
const K1 = 1.2;
const B = 0.75;

/** What counts beside words, on the scale of a rare word's weight (about 5) in a few hundred candidates. */
const WEIGHTS = {
  level: 1.5,
  synonym: 1,
  category: 1,
  escalation: 3,
  mentionsBot: 1,
  answer: 0.75,
  recency: 0.5,
  allWords: 2,
};
/** A question about a bot is about what that bot did; answers come from bots rather than from those who asked. */
const OTHER_BOT = 0.3;
const PERSON = 0.6;

/**
 * The candidates that answer the question best, best first: words that are rare among the candidates weigh most (BM25), then
 * the bots, levels (by any word for them) and categories asked for, then slightly what a named bot answered, and the newer ones.
 * Texts that are said twice come once.
 */
export function rank(question: Question, candidates: readonly Entry[]): Ranked[] {
  const stems = [...new Set(question.words.map(stemOf))];
  const synonyms = [...new Set(question.synonyms.map(stemOf))];
  const texts = candidates.map((entry) => countStems(textOf(entry), stems, synonyms));
  const weights = stems.map((_, index) => rarity(texts, index));
  const meanLength = texts.reduce((sum, { length }) => sum + length, 0) / (texts.length || 1);
  const { oldest, newest } = spanOf(candidates);
  const ranked = candidates.map((entry, index) => {
    const words = wordScore(texts[index]!, weights, meanLength || 1);
    const kind = kindScore(question, entry) + (texts[index]!.synonym ? WEIGHTS.synonym : 0);
    const recency = newest > oldest ? (entry.at - oldest) / (newest - oldest) : 1;
    const score = words + kind + WEIGHTS.recency * recency;
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

interface Counted {
  /** How often each stem occurs. */
  counts: number[];
  /** Whether any of the synonyms does. */
  synonym: boolean;
  /** In words. */
  length: number;
}

function textOf({ message, tool, category }: Entry): string {
  return `${message} ${tool?.name ?? ''} ${category}`;
}

/** Only words that begin like a form of what is counted need to be stemmed. */
function countStems(text: string, stems: readonly string[], synonyms: readonly string[] = []): Counted {
  const beginnings = new Set([...stems, ...synonyms].flatMap(beginningsOf));
  const counts = stems.map(() => 0);
  let synonym = false;
  const words = wordsOf(text);
  for (const word of words) {
    if (!beginnings.has(word.slice(0, 2))) continue;
    const stem = stemOf(word);
    const index = stems.indexOf(stem);
    if (index !== -1) counts[index]! += 1;
    else synonym ||= synonyms.includes(stem);
  }
  return { counts, synonym, length: words.length };
}

function rarity(texts: readonly Counted[], stem: number): number {
  const having = texts.filter(({ counts }) => counts[stem]! > 0).length;
  return Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
}

function wordScore({ counts, length }: Counted, weights: readonly number[], meanLength: number): number {
  const norm = K1 * (1 - B + (B * length) / meanLength);
  const score = counts.reduce(
    (sum, count, index) => sum + (weights[index]! * count * (K1 + 1)) / (count + norm),
    0,
  );
  const found = counts.filter((count) => count > 0).length;
  return score + (counts.length > 0 ? WEIGHTS.allWords * (found / counts.length) : 0);
}

function kindScore(question: Question, entry: Entry): number {
  let score = 0;
  if (question.levels.includes(entry.level)) score += WEIGHTS.level;
  if (question.levels.includes('tool') && entry.tool !== null && entry.level !== 'tool')
    score += WEIGHTS.level;
  if (question.levels.includes('error') && entry.tool?.status === 'error') score += WEIGHTS.level;
  if (question.categories.includes(entry.category)) score += WEIGHTS.category;
  if (question.escalation && entry.escalation) score += WEIGHTS.escalation;
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
