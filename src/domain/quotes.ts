/** So many words in a row, or so many characters, are a quotation; what is shorter, anybody may say. */
const WORDS = 5;
const CHARACTERS = 25;
/** Of so much of a text runs are kept: what Discord takes in a message, and more. */
const TEXT_MAX = 8000;

/** Stands in the place of what was quoted. */
export const QUOTED = '[words of someone who opted out]';

/** Hashes of all runs of a text that would be a quotation. The text cannot be told from them. */
export function runsOf(text: string): Set<number> {
  const { characters, words } = read(text.slice(0, TEXT_MAX));
  const runs = new Set<number>();
  for (const { hash } of characterRuns(characters)) runs.add(hash);
  for (const { hash } of wordRuns(words)) runs.add(hash);
  return runs;
}

/** The text without what it has in common with texts of which these are the runs; case, white space and punctuation do not count. */
export function withoutQuotes(
  text: string,
  isKnown: (run: number) => boolean,
): { text: string; quotes: number } {
  const { characters, words } = read(text);
  const quoted = [...characterRuns(characters), ...wordRuns(words)]
    .filter(({ hash }) => isKnown(hash))
    .sort((a, b) => a.start - b.start);
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of quoted) {
    const last = spans.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  const rest = spans.reduceRight(
    (kept, { start, end }) => kept.slice(0, start) + QUOTED + kept.slice(end),
    text,
  );
  return { text: rest, quotes: spans.length };
}

/** A piece of a text as it is compared, and where it stands. */
interface Piece {
  folded: string;
  start: number;
  end: number;
}

function read(text: string): { characters: Piece[]; words: Piece[] } {
  const words: Piece[] = [];
  const characters: Piece[] = [];
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    words.push({ folded: word.toLowerCase(), start: index, end: index + word.length });
    let at = index;
    for (const character of word) {
      characters.push({ folded: character.toLowerCase(), start: at, end: at + character.length });
      at += character.length;
    }
  }
  return { characters, words };
}

interface Run {
  hash: number;
  start: number;
  end: number;
}

function* characterRuns(characters: readonly Piece[]): Generator<Run> {
  yield* runsIn(characters, CHARACTERS, '');
}

function* wordRuns(words: readonly Piece[]): Generator<Run> {
  yield* runsIn(words, WORDS, ' ');
}

function* runsIn(pieces: readonly Piece[], length: number, between: string): Generator<Run> {
  for (let first = 0; first + length <= pieces.length; first += 1) {
    let run = '';
    for (let next = first; next < first + length; next += 1) run += between + pieces[next]!.folded;
    yield { hash: hashOf(run), start: pieces[first]!.start, end: pieces[first + length - 1]!.end };
  }
}

/** 53 bits: two multiplicative hashes side by side. */
function hashOf(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b & 0x1fffff) * 2 ** 32 + (a >>> 0);
}
