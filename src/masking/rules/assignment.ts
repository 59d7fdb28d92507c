import { matchAt } from '../rule.ts';

/** A value that a name is given: `DB_PASSWORD="…"`, `token: …`, `<apiKey>…</apiKey>`, `setProperty("TOKEN", "…")`, `--token …`. */
export interface Assignment {
  start: number;
  end: number;
  value: string;
  /** In quotes, or between the tags of an element. */
  quoted: boolean;
  /** What stands between the word that was found and the value: the rest of the name and words behind it. */
  rest: string;
  /** Empty for a value that follows the option of a command with only a space between. */
  operator: string;
}

/**
 * What may stand between the start of a name and its value. Everything is bounded and hardly anything that repeats is followed by
 * the same again, so that a failed attempt costs some hundred steps.
 *
 * 1 the rest of the name and words behind it (`_token string`), then quotes and brackets that close, and a type; 2 the operator;
 * 3 quotes that open, then the scheme of an HTTP header; 4 a quote behind it.
 */
const OPERATOR = [
  String.raw`[:?.+|]{0,3}=>?|:{1,3}|->|\|{1,2}|>|,|\(|[：＝]`,
  String.raw`\s(?:is|was|ist|est|es)\s|(?<=\S)[ \t][–—-]{1,2}[ \t]`,
  String.raw`["',]{0,2}\s{0,16}\bvalue["']?\s?[=:]`,
].join('|');
const TYPE = String.raw`(?::\s?[\w.<>|[\]?]{1,24}\s?(?==))?`;
const SCHEME = String.raw`(?:(?:Bearer|Basic|Token|Bot|ApiKey|SSWS|OAuth|GenieKey|Key|FlyV1)\s{1,4})?`;
const GAP = new RegExp(
  String.raw`((?:[\w.-]|[ \t](?!\s)){0,40}?)["'\`\\)\]*\s]{0,16}${TYPE}(${OPERATOR})(["'\`\\=>|*:\s]{0,24})${SCHEME}(["'\`])?`,
  'iy',
);
/** Behind the option of a command, in `.netrc` and in SQL nothing but a space assigns. */
const SPACE = /([\w-]{0,24})() {1,2}()(["'`])?/y;
const SPACE_ASSIGNS = /(?:^|[\s"'`])--?[\w-]{0,40}$|\blogin\s+\S{1,64}\s+$|\bwith\s+$/i;
const SPOKEN = /[ \t]{1,2}["'`]?/y;
const UNQUOTED = /[^\s"'`,;<>\\]{4,512}/y;

/** How long a quoted value may be. */
const LONGEST = 2048;

/** So much of a value is enough to judge it. */
export const HEAD = 128;

/** The value that is assigned to the name in which a word stands. */
export function readAssignment(text: string, wordAt: number, wordEnd: number): Assignment | null {
  const gap = matchAt(GAP, text, wordEnd) ?? matchSpace(text, wordAt, wordEnd);
  if (gap === null) return null;
  const start = wordEnd + gap[0].length;
  const quote = gap[4] ?? /["'`](?=\\*$)/.exec(gap[3]!)?.[0];
  const rest = gap[1]!;
  const operator = gap[2]!.trim().toLowerCase();
  const value = quote === undefined ? null : readQuoted(text, start, quote);
  if (value !== null) return { start, end: start + value.length, value, quoted: true, rest, operator };
  const free = matchAt(UNQUOTED, text, start)?.[0];
  if (free === undefined) return null;
  const end = start + free.length;
  const isElement = operator === '>' && /^\s*<\//.test(text.slice(end, end + 100));
  return { start, end, value: free, quoted: isElement, rest, operator: isElement ? '=' : operator };
}

/** A value that only a space parts from its name, as people speak of it: `the key …`, `our token …`. Its operator is a space. */
export function readSpoken(text: string, wordEnd: number): Assignment | null {
  const gap = matchAt(SPOKEN, text, wordEnd);
  const start = wordEnd + (gap?.[0].length ?? 0);
  const value = gap && matchAt(UNQUOTED, text, start)?.[0];
  if (!value) return null;
  return { start, end: start + value.length, value, quoted: false, rest: '', operator: ' ' };
}

function matchSpace(text: string, wordAt: number, wordEnd: number): RegExpExecArray | null {
  if (!SPACE_ASSIGNS.test(text.slice(Math.max(0, wordAt - 100), wordAt))) return null;
  return matchAt(SPACE, text, wordEnd);
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
