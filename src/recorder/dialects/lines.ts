import type { Author } from '../../domain/author.ts';
import type { Part } from './dialect.ts';
import { plainPart } from './text.ts';

/** What a reader made of the lines from where it was asked. */
export interface Taken {
  parts: Part[];
  /** How many lines it used, at least one. */
  lines: number;
}

/** Reads what starts at `lines[at]`; null when the format does not know the line. */
export type LineReader = (lines: readonly string[], at: number) => Taken | null;

/**
 * Reads a text line by line. Lines that the reader does not know stay together as plain text, in their place; a code block is never
 * taken apart.
 */
export function readByLine(text: string, author: Author, read: LineReader): Part[] {
  const lines = text.split(/\r?\n/);
  const parts: Part[] = [];
  let unknown: string[] = [];
  const flush = () => {
    const plain = unknown.join('\n').trim();
    if (plain !== '') parts.push(plainPart(plain, author));
    unknown = [];
  };
  for (let at = 0; at < lines.length;) {
    const taken = read(lines, at);
    if (taken) {
      flush();
      parts.push(...taken.parts);
      at += taken.lines;
    } else {
      const count = fenceAt(lines, at)?.lines ?? 1;
      unknown.push(...lines.slice(at, at + count));
      at += count;
    }
  }
  flush();
  return parts.length > 0 ? parts : [plainPart(text, author)];
}

export interface FencedLines {
  info: string;
  body: string;
  /** With its fences. */
  lines: number;
}

/** The code block that starts at `lines[at]`; one without an end reaches to the end of the text. */
export function fenceAt(lines: readonly string[], at: number): FencedLines | null {
  const [, marker, info] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(lines[at] ?? '') ?? [];
  if (marker === undefined) return null;
  if (info!.trimEnd().endsWith(marker))
    return { info: '', body: info!.slice(0, info!.lastIndexOf(marker)), lines: 1 };
  let end = at + 1;
  while (end < lines.length && !lines[end]!.trimEnd().endsWith(marker)) end += 1;
  const last = (lines[end] ?? '').trimEnd().slice(0, -marker.length);
  const body = [...lines.slice(at + 1, end), ...(last.trim() === '' ? [] : [last])];
  return { info: info!.trim(), body: body.join('\n'), lines: Math.min(end + 1, lines.length) - at };
}

export function one(part: Part, lines = 1): Taken {
  return { parts: [part], lines };
}
