import { stripVTControlCharacters } from 'node:util';

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a terminal draws two columns wide: emoji shown as pictures, and the East Asian wide and full-width letters. */
const WIDE =
  /^\p{Emoji_Presentation}|\uFE0F|^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|^[\u{20000}-\u{3FFFD}]/u;
const INVISIBLE = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;
/** How many columns a terminal needs for one line of text; colours take none. */
export function widthOf(line: string): number {
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(stripVTControlCharacters(line)))
    width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  if (WIDE.test(grapheme)) return 2;
  return INVISIBLE.test(grapheme) ? 0 : 1;
}

/** Fills up with spaces to `width` columns; a longer line stays as it is. */
export function pad(line: string, width: number): string {
  return line + ' '.repeat(Math.max(0, width - widthOf(line)));
}

/**
 * Breaks text into lines of at most `width` columns, between words where it can. A line that was indented stays indented;
 * `hang` more columns are put before each continued line.
 */
export function wrap(text: string, width: number, hang = 0): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width, hang));
}

function wrapLine(line: string, width: number, hang: number): string[] {
  if (widthOf(line) <= width) return [line];
  const indent = /^ */.exec(line)![0].slice(0, Math.floor(width / 2));
  const continued = indent + ' '.repeat(Math.min(hang, Math.floor(width / 2)));
  const lines: string[] = [];
  let current = '';
  for (const [, gap = '', word = ''] of line.trim().matchAll(/(\s*)(\S+)/g)) {
    for (const [index, piece] of pieces(word, width - continued.length).entries()) {
      const longer = current === '' ? indent + piece : current + (index === 0 ? gap : '') + piece;
      if (current !== '' && widthOf(longer) > width) {
        lines.push(current);
        current = continued + piece;
      } else {
        current = longer;
      }
    }
  }
  return [...lines, current];
}

/** A word that is longer than a whole line, cut to fit. */
function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const cut: string[] = [''];
  for (const { segment } of GRAPHEMES.segment(stripVTControlCharacters(word))) {
    if (widthOf(cut.at(-1)! + segment) > width) cut.push('');
    cut[cut.length - 1] += segment;
  }
  return cut;
}
