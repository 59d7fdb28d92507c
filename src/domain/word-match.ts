import { beginningsOf, stemOf, wordsOf } from './words.ts';

/** How a text matches the words of a question. */
export interface Counted {
  /** How often each stem occurs. */
  counts: number[];
  /** Whether any of the synonyms does. */
  synonym: boolean;
  /** In words. */
  length: number;
}

/** BM25's usual constants: how soon a repeated word stops counting, and how much long texts are held back. */
const K1 = 1.2;
const B = 0.75;

/** For a text that has all words of the question, on the scale of a rare word's weight (about 5); for a part of them, that share. */
const ALL_WORDS = 2;

/** Only words that begin like a form of what is counted need to be stemmed. */
export function countStems(
  text: string,
  stems: readonly string[],
  synonyms: readonly string[] = [],
): Counted {
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

/** How well each of the texts matches: words that are rare among them weigh most (BM25), and having all of them counts. */
export function scoreWords(texts: readonly Counted[]): number[] {
  const weights = (texts[0]?.counts ?? []).map((_, stem) => rarity(texts, stem));
  const meanLength = texts.reduce((sum, { length }) => sum + length, 0) / (texts.length || 1) || 1;
  return texts.map((text) => wordScore(text, weights, meanLength));
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
  return score + (counts.length > 0 ? ALL_WORDS * (found / counts.length) : 0);
}
