import { stemmer } from 'stemmer';
import { IRREGULAR_VERBS } from './irregular-verbs.ts';

/** Words as the search index sees them: letters and digits, without case and accents (FTS5's `unicode61`). */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What all forms of a word have in common: Porter's stem, for irregular verbs that of the base form. */
export function stemOf(word: string): string {
  const stem = stemmer(word);
  return BASES.get(stem) ?? stem;
}

/**
 * Words that together stand for all forms of one. Porter's stems, which the search index goes by (FTS5's `porter`), tell
 * `escalated` and `escalation` for one word, but not `found` and `find`.
 */
export function formsOf(word: string): readonly string[] {
  return FORMS.get(stemOf(word)) ?? [word];
}

/** How any form of the word with this stem may begin, in two letters: Porter leaves those as they are. */
export function beginningsOf(stem: string): string[] {
  return (FORMS.get(stem) ?? [stem]).map((form) => form.slice(0, 2));
}

/** By the stem of the base form. */
const FORMS = new Map(IRREGULAR_VERBS.map((forms) => [stemmer(forms[0]!), forms]));

/** By the stem of any form. */
const BASES = new Map(
  IRREGULAR_VERBS.flatMap((forms) => forms.map((form) => [stemmer(form), stemmer(forms[0]!)] as const)),
);

export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
