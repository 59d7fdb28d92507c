import { matchAt } from '../rule.ts';

/** A value that a name is given: `DB_PASSWORD="…"`, `token: …`, `<apiKey>…</apiKey>`, `setProperty("TOKEN", "…")`. */
export interface Assignment {
  start: number;
  end: number;
  value: string;
  quoted: boolean;
  /** What stands between the name and the value: the rest of the name, then how it is assigned. */
  rest: string;
  operator: string;
}

/**
 * What may stand between the start of a name and its value. Everything is bounded, and nothing that repeats is followed by the same
 * again, so that a failed attempt costs some hundred steps at most.
 *
 * 1 the rest of the name and words behind it (`_token string`), 2 quotes and brackets that close, a type, 3 the operator, 4 quotes
 * that open, the scheme of an HTTP header.
 */
const OPERATOR = String.raw`[:?.+|]{0,3}=>?|:{1,3}|=>|->|\|{1,2}|>|,|\(|\s(?:is|was)\s|["',]{0,2}\s{0,16}\bvalue["']?\s?[=:]`;
const TYPE = String.raw`(?::\s?[\w.<>|[\]?]{1,24}\s?(?==))?`;
const SCHEME = String.raw`(?:(?:Bearer|Basic|Token|Bot|ApiKey|SSWS|OAuth|GenieKey|Key|FlyV1)\s{1,4})?`;
const GAP = new RegExp(
  String.raw`((?:[\w.-]|[ \t](?!\s)){0,40}?)["'\`\\)\]*\s]{0,16}${TYPE}(${OPERATOR})(["'\`\\=>|*:\s]{0,24})${SCHEME}(["'\`])?`,
  'iy',
);
const UNQUOTED = /[^\s"'`,;<>\\]{4,512}/y;

/** How long a quoted value may be. */
const LONGEST = 2048;

/** So much of a value is enough to judge it. */
export const HEAD = 128;

/** The value that is assigned to the name which ends at `at`. */
export function readAssignment(text: string, at: number): Assignment | null {
  const gap = matchAt(GAP, text, at);
  if (gap === null) return null;
  const start = at + gap[0].length;
  const quote = gap[4] ?? /["'`](?=\\*$)/.exec(gap[3]!)?.[0];
  const rest = gap[1]!;
  const operator = gap[2]!.trim().toLowerCase();
  const quoted = quote === undefined ? null : readQuoted(text, start, quote);
  if (quoted !== null)
    return { start, end: start + quoted.length, value: quoted, quoted: true, rest, operator };
  const match = matchAt(UNQUOTED, text, start);
  if (match === null) return null;
  return { start, end: start + match[0].length, value: match[0], quoted: false, rest, operator };
}

/** A quoted value ends with its quote, which may be escaped where the text is JSON within JSON; on its own line. */
function readQuoted(text: string, start: number, quote: string): string | null {
  for (let at = start; at < text.length && at - start <= LONGEST; at += 1) {
    const character = text[at]!;
    if (character === '\n') return null;
    if (character === quote) return text.slice(start, text[at - 1] === '\\' ? at - 1 : at);
  }
  return null;
}

/** A value without the characters at its end that belong to the text around it. */
export function trimEnd(value: string, characters: string): string {
  let end = value.length;
  while (end > 0 && characters.includes(value[end - 1]!)) end -= 1;
  return value.slice(0, end);
}
