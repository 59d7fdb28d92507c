import { stemmer } from 'stemmer';

/** Words as the search index sees them: letters and digits, without case and accents (FTS5's `unicode61`). */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Porter's stem, the same as FTS5's `porter`: `escalated` and `escalation` are one word to both. */
export function stemOf(word: string): string {
  return stemmer(word);
}

export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
