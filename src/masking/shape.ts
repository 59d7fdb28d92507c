/**
 * How a secret is built, as data: literal text and runs of characters, one after another. The rules are compiled from it, and the
 * tests make up secrets from it.
 */
export type Shape = readonly (string | Run)[];

/** So many characters, at least and at most, of an alphabet. */
export interface Run {
  /** What stands between the brackets of a regular expression's character class. */
  chars: string;
  min: number;
  max: number;
}

export const DIGITS = '0-9';
export const LETTERS = 'A-Za-z';
export const HEX = 'A-Fa-f0-9';
export const LOWER = 'a-z0-9';
export const UPPER = 'A-Z0-9';
export const ALNUM = 'A-Za-z0-9';
/** The alphabet of base64url. */
export const URL64 = '\\w\\-';
/** The alphabet of base64, with what it is padded with. */
export const BASE64 = 'A-Za-z0-9+/=';
/** What tokens are made of that were not meant for a URL. */
export const TOKEN = '\\w.=\\-';

export const exactly = (chars: string, length: number): Run => ({ chars, min: length, max: length });
export const between = (chars: string, min: number, max: number): Run => ({ chars, min, max });
/** Only at the end of a shape: a run without an end in the middle would make the search quadratic. */
export const atLeast = (chars: string, min: number): Run => ({ chars, min, max: Infinity });

/** One run of a fixed length: what most secrets are. */
export const hex = (length: number): Shape => [exactly(HEX, length)];
export const alnum = (length: number): Shape => [exactly(ALNUM, length)];
export const lower = (length: number): Shape => [exactly(LOWER, length)];
export const upper = (length: number): Shape => [exactly(UPPER, length)];
export const url64 = (length: number): Shape => [exactly(URL64, length)];

/** Nothing more of the kind: the secret ends here. */
export const END: Run = exactly(ALNUM, 0);

export const UUID: Shape = [
  exactly(HEX, 8),
  ...[4, 4, 4].flatMap((length) => ['-', exactly(HEX, length)]),
  '-',
  exactly(HEX, 12),
];

/** The source of a regular expression that matches the shape. */
export function sourceOf(shape: Shape): string {
  return shape
    .map((part) => (typeof part === 'string' ? escape(part) : `[${part.chars}]${quantifier(part)}`))
    .join('');
}

/** What must not follow: a secret of a fixed length is none when it goes on. */
export function endOf(shape: Shape): string {
  const last = shape.at(-1);
  return typeof last === 'object' && last.max !== Infinity ? `(?![${last.chars}])` : '';
}

export function escape(literal: string): string {
  return literal.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function quantifier({ min, max }: Run): string {
  if (min === max) return `{${min}}`;
  return max === Infinity ? `{${min},}` : `{${min},${max}}`;
}
