import { stemmer } from 'stemmer';
import { WORD_FAMILIES } from './word-families.ts';

/** Words as the search index sees them: letters and digits, without case and accents (FTS5's `unicode61`). */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What all forms of a word have in common: Porter's stem, in a family of words that of the base form. */
export function stemOf(word: string): string {
  const stem = ownStem(word);
  return BASES.get(stem) ?? stem;
}

/**
 * Words that together stand for all forms of one. Porter's stems, which the search index goes by (FTS5's `porter`), tell
 * `escalated` and `escalation` for one word, but not `found` and `find`, `verify` and `verification`, or `direct` and `directly`.
 */
export function formsOf(word: string): string[] {
  const family = FORMS.get(stemOf(word)) ?? [];
  return [...new Set([...family, word, withoutLy(word)])];
}

/** How any form of the word with this stem may begin, in two letters: Porter leaves those as they are. */
export function beginningsOf(stem: string): string[] {
  return (FORMS.get(stem) ?? [stem]).map((form) => form.slice(0, 2));
}

function ownStem(word: string): string {
  return stemmer(withoutLy(word));
}

/** Five letters at least have to be left: `early` and `supply` are no adverbs of anything. */
function withoutLy(word: string): string {
  return word.length >= 7 && word.endsWith('ly') ? word.slice(0, -2) : word;
}

/** By the stem of the base form. */
const FORMS = new Map(WORD_FAMILIES.map((forms) => [ownStem(forms[0]!), forms]));

/** By the stem of any form. */
const BASES = new Map(
  WORD_FAMILIES.flatMap((forms) => forms.map((form) => [ownStem(form), ownStem(forms[0]!)] as const)),
);

export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
