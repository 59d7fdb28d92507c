/** A fenced code block in a text. */
export interface Fence {
  /** Where its opening line starts in the text. */
  start: number;
  /** Where the line after it starts, or the end of the text. */
  end: number;
  /** What stands behind the opening fence, such as `json`. */
  info: string;
  /** What stands between the fences, without its last line break. */
  body: string;
  /** False when the text ends before the fence is closed. */
  closed: boolean;
}

/**
 * The code blocks of a text in their order, as CommonMark reads them: a fence starts its line, and within a block everything is
 * code, other fences too. As in Discord, a closing fence may also stand at the end of the last line.
 */
export function fencesIn(text: string): Fence[] {
  const found: Fence[] = [];
  for (let at = 0; at < text.length;) {
    const line = lineAt(text, at);
    const opening = OPENING.exec(line.text);
    if (!opening) {
      at = line.next;
      continue;
    }
    const fence = readFence(text, at, line, opening);
    found.push(fence);
    at = fence.end;
  }
  return found;
}

interface Line {
  /** Without its line break. */
  text: string;
  next: number;
}

function lineAt(text: string, start: number): Line {
  const lineBreak = text.indexOf('\n', start);
  const end = lineBreak === -1 ? text.length : lineBreak;
  const isCrlf = end > start && text[end - 1] === '\r';
  return { text: text.slice(start, isCrlf ? end - 1 : end), next: lineBreak === -1 ? end : lineBreak + 1 };
}

/** Indented by four spaces or more it would be code already; quoted it would be somebody else's. */
const OPENING = /^ {0,3}(`{3,}|~{3,})[ \t]*(.*)$/;

function readFence(text: string, start: number, first: Line, [, marker, rest]: RegExpExecArray): Fence {
  const opened = { start, info: rest!.trim() };
  if (rest!.trimEnd().endsWith(marker!)) {
    const inline = rest!.trimEnd().slice(0, -marker!.length);
    return { ...opened, info: inline.trim(), end: first.next, body: '', closed: true };
  }
  for (let at = first.next; at < text.length;) {
    const line = lineAt(text, at);
    const closing = line.text.trimEnd();
    if (closing.endsWith(marker!)) {
      const last = at + closing.length - runAtEnd(closing, marker![0]!);
      const isOwnLine = text.slice(at, last).trim() === '';
      const body = text.slice(first.next, isOwnLine ? Math.max(first.next, at - 1) : last);
      return { ...opened, end: line.next, body: body.replace(/\r$/, ''), closed: true };
    }
    at = line.next;
  }
  return { ...opened, end: text.length, body: text.slice(first.next), closed: false };
}

/** How many of `char` a text ends with. */
function runAtEnd(text: string, char: string): number {
  let count = 0;
  while (count < text.length && text[text.length - 1 - count] === char) count += 1;
  return count;
}
