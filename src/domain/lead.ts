import type { DigestLine } from './digest-line.ts';
import type { Digest } from './digest.ts';
import { sentencesOf } from './sentence.ts';

const LEAD_MAX = 400;

/** A report as plain lines: what a lead may be written from. */
export function leadLines({ sections }: Digest): string[] {
  return sections.flatMap(({ section, lines }) =>
    lines.map((line) => `${section.replaceAll('_', ' ')}: ${words(line)}`),
  );
}

function words({ who, to, text, result }: DigestLine): string {
  const people = [who, to].filter((name) => name !== null).join(' to ');
  return [people && `${people}:`, text, result && `→ ${result}`].filter(Boolean).join(' ');
}

/**
 * True when a lead is one or two sentences that name nothing but what is in the lines: every number, and every word that begins with a
 * capital letter inside a sentence or holds a digit, an `@`, a `/` or a `.`, stands there.
 */
export function isGrounded(lead: string, lines: readonly string[]): boolean {
  const sentences = [...sentencesOf(lead)];
  if (sentences.length === 0 || sentences.length > 2 || lead.length > LEAD_MAX) return false;
  const known = new Set(lines.flatMap((line) => tokensOf(line).map((token) => token.toLowerCase())));
  const plainWords = new Set([...known].map((token) => token.replace(/['’]s$/, '')));
  return sentences.every((sentence) =>
    tokensOf(sentence).every(
      (token, index) => !isName(token, index) || plainWords.has(token.toLowerCase().replace(/['’]s$/, '')),
    ),
  );
}

function tokensOf(text: string): string[] {
  return (
    text.match(/[\p{L}\p{N}@#][\p{L}\p{N}@#_./:'’-]*/gu)?.map((token) => token.replace(/[.:'’-]+$/, '')) ?? []
  );
}

/** The first word of a sentence has its capital anyhow; a name there is known by its other marks. */
function isName(token: string, index: number): boolean {
  return /[\p{N}@#_/]|\p{L}\.\p{L}|\p{Ll}\p{Lu}/u.test(token) || (index > 0 && /^\p{Lu}/u.test(token));
}
