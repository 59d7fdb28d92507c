import { graphemesOf } from '../../views/limits.ts';

/** Drawn two columns wide: emoji shown as pictures, and the wide letters of East Asia. */
const WIDE =
  /^\p{Emoji_Presentation}|\uFE0F|^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;
const UNSEEN = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;

/** How many columns a terminal needs for a line of plain text. */
export function widthOf(line: string): number {
  if (/^[ -~]*$/.test(line)) return line.length;
  let width = 0;
  for (const grapheme of graphemesOf(line)) width += columnsOf(grapheme);
  return width;
}

/** `word` in pieces of at most `width` columns. */
export function piecesOf(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const grapheme of graphemesOf(word)) {
    const columns = columnsOf(grapheme);
    if (used + columns > width && piece !== '') {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += grapheme;
    used += columns;
  }
  return [...pieces, piece];
}

function columnsOf(grapheme: string): number {
  if (WIDE.test(grapheme)) return 2;
  return UNSEEN.test(grapheme) ? 0 : 1;
}
