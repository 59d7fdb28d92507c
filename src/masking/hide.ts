import type { Found, Scan } from './scan.ts';

export interface Masked {
  /** The same text with a marker `[masked:<kind>]` for each secret: who reads it sees that something was hidden, and what. */
  text: string;
  /** How many markers were set. */
  masked: number;
}

/** Characters that nobody sees and that may stand in the middle of a secret: soft hyphen, zero-width, direction, byte order. */
const SOFT_HYPHEN = '\u00AD';
const BEYOND_LATIN1 = /[\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/;

/** So often is a text read again for what a marker uncovers; hostile text could go on for long. */
const ROUNDS = 8;

/**
 * Puts a marker in the place of each finding. What stands beside a marker may look different from before, so the text is read again
 * until nothing more is found: then masking it once more changes nothing. `before` is what stands before the text and is known already.
 */
export function hideIn(text: string, scan: Scan, before = ''): Masked {
  let masked = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const findings = merge(findBehind(before, text, scan));
    if (findings.length === 0) break;
    masked += findings.length;
    text = replace(text, findings);
  }
  return { text, masked };
}

/** What is found in the text when it is read after something that is no part of it. */
function findBehind(before: string, text: string, scan: Scan): Found[] {
  if (before === '') return findIn(text, scan);
  return findIn(before + text, scan)
    .filter(({ end }) => end > before.length)
    .map(({ start, end, ...rest }) => ({
      ...rest,
      start: Math.max(0, start - before.length),
      end: end - before.length,
    }));
}

function findIn(text: string, scan: Scan): Found[] {
  return hidesSome(text) ? findThrough(text, scan) : scan(text);
}

/** Asked in two ways because either is as good as free for a text of Latin letters alone, which most are; one expression is not. */
function hidesSome(text: string): boolean {
  return text.includes(SOFT_HYPHEN) || BEYOND_LATIN1.test(text);
}

/** Reads the text as people see it, and tells where in the whole text the findings are. */
function findThrough(text: string, scan: Scan): Found[] {
  const places: number[] = [];
  let visible = '';
  for (let at = 0; at < text.length; at += 1) {
    if (hidesSome(text[at]!)) continue;
    visible += text[at]!;
    places.push(at);
  }
  return scan(visible).map((finding) => ({
    ...finding,
    start: places[finding.start]!,
    end: places[finding.end - 1]! + 1,
  }));
}

/** One finding where several overlap. */
function merge(findings: Found[]): Found[] {
  if (findings.length < 2) return findings;
  const merged: Found[] = [];
  for (const finding of findings.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || finding.start >= last.end) merged.push(finding);
    else merged[merged.length - 1] = join(last, finding);
  }
  return merged;
}

function join(a: Found, b: Found): Found {
  return { ...(b.rank > a.rank ? b : a), start: a.start, end: Math.max(a.end, b.end) };
}

function replace(text: string, findings: Found[]): string {
  let masked = '';
  let at = 0;
  for (const { start, end, kind } of findings) {
    masked += `${text.slice(at, start)}[masked:${kind}]`;
    at = end;
  }
  return masked + text.slice(at);
}
