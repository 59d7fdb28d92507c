import type { Digest } from './digest.ts';
import type { DigestLine, DigestSection } from './digest-line.ts';

/** A section with as many of its lines as there is room for. */
export interface ShownSection {
  section: DigestSection;
  lines: DigestLine[];
  /** How many there are beyond them. */
  more: number;
}

/** About a screen of a phone. */
export const WORDS_FOLDED = 100;

/** Each section says at least one thing; then, round by round, each the next, as long as there are words left. */
export function foldedLines(
  { sections }: Pick<Digest, 'sections'>,
  wordsMax: number = WORDS_FOLDED,
): ShownSection[] {
  const shortened = sections.map(({ section, lines, more }) => ({
    section,
    lines: lines.slice(0, 1),
    more: more + lines.length - Math.min(1, lines.length),
    waiting: lines.slice(1),
  }));
  let words = shortened.reduce((sum, { lines }) => sum + wordsOf(lines) + 3, 0);
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false;
    for (const each of shortened) {
      const [next] = each.waiting;
      if (!next || words + wordsOf([next]) > wordsMax) continue;
      each.waiting.shift();
      each.lines.push(next);
      each.more -= 1;
      words += wordsOf([next]);
      isGrowing = true;
    }
  }
  return shortened.map(({ section, lines, more }) => ({ section, lines, more }));
}

const NAMES: Readonly<Record<DigestSection, string>> = {
  needs_decision: 'Needs a decision',
  completed: 'Completed',
  went_wrong: 'Went wrong',
  changed_course: 'Changed course',
  unsure: 'Unsure',
  pending: 'Pending',
  learned: 'Learned',
};

/** A digest as a text of at most 100 words, one line for each section; null when there is nothing to tell. */
export function digestText({ sections }: Pick<Digest, 'sections'>): string | null {
  // Room is left for the names of the sections and the marks between the lines.
  const lines = foldedLines({ sections }, WORDS_FOLDED - 15).map(
    ({ section, lines: told }) => `${NAMES[section]}: ${told.map(lineText).join('; ')}`,
  );
  return lines.length > 0 ? cutWords(lines.join('\n'), WORDS_FOLDED) : null;
}

function lineText({ who, to, text, result }: DigestLine): string {
  const people = [who, to].filter((name) => name !== null).join(' → ');
  return [people && `${people}:`, text, result === null ? '' : `→ ${result}`].filter(Boolean).join(' ');
}

function cutWords(text: string, max: number): string {
  const words = [...text.matchAll(/\S+/g)];
  const last = words[max - 1];
  return words.length > max && last ? `${text.slice(0, last.index + last[0].length)}…` : text;
}

function wordsOf(lines: readonly DigestLine[]): number {
  const words = lines.flatMap(({ who, to, text, result }) => [who, to, text, result].join(' ').split(/\s+/));
  return words.filter(Boolean).length;
}
