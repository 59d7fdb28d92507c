import type { Paint } from '../terminal.ts';
import { joined } from './markdown.ts';
import type { Line, Span } from './markdown.ts';
import { piecesOf, widthOf } from './width.ts';

export interface Look {
  /** Columns. */
  width: number;
  paint: Paint;
  /** Whether text can be made to open something. */
  opens: boolean;
}

/** A line in rows of at most `look.width` columns, broken between words where that is possible. */
export function rowsOf({ spans, prefix, hang }: Line, look: Look): string[] {
  const width = look.width - widthOf(prefix);
  const indent = ' '.repeat(Math.min(hang, Math.floor(width / 2)));
  const rows: Span[][] = [[]];
  let used = 0;
  for (const word of wordsOf(spans, width - indent.length)) {
    const size = word.reduce((sum, { text }) => sum + widthOf(text), 0);
    const isSpace = word[0]!.text.trim() === '';
    if (used > 0 && used + size > width && !isSpace) {
      rows.push([{ text: indent, style: null, url: null }]);
      used = indent.length;
    }
    // A break takes the place of the space.
    if (isSpace && used + size > width) continue;
    rows.at(-1)!.push(...word);
    used += size;
  }
  return rows.map((row) => {
    const text = joined(row).map((span) => painted(span, look));
    return `${prefix === '' ? '' : look.paint('dim', prefix)}${text.join('')}`.trimEnd();
  });
}

/** Words and the spaces between them. A word that looks different in its parts is several spans. */
function wordsOf(spans: readonly Span[], width: number): Span[][] {
  const words: Span[][] = [];
  let open = false;
  for (const span of spans) {
    for (const text of span.text.match(/\s+|\S+/g) ?? []) {
      const isSpace = text.trim() === '';
      const pieces = isSpace ? [text] : piecesOf(text, Math.max(1, width));
      for (const [index, piece] of pieces.entries()) {
        const part = { ...span, text: piece };
        const last = words.at(-1);
        if (open && !isSpace && index === 0 && last && pieces.length === 1) last.push(part);
        else words.push([part]);
      }
      open = !isSpace;
    }
  }
  return words;
}

function painted({ text, style, url }: Span, { paint, opens }: Look): string {
  const styled = style === null ? text : paint(style, text);
  // https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
  return url !== null && opens ? `\u001B]8;;${url}\u001B\\${styled}\u001B]8;;\u001B\\` : styled;
}
