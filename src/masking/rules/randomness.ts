/** Whether a value may be a secret that a machine made up, rather than a word, a name, a path or a place-holder. */
export function looksRandom(value: string): boolean {
  if (value.length < 10 || isPlaceholder(value)) return false;
  if (UUID.test(value)) return true;
  if (!/[A-Za-z]/.test(value) || /\s/.test(value) || /:\/\/|\.\.\//.test(value)) return false;
  const digits = count(value, /\d/g);
  if (digits === 0 && !(value.length >= 20 && isMixedCase(value))) return false;
  return entropyOf(value) >= LEAST_ENTROPY && wordShare(value) < 0.5 && simpleShare(value) < 0.5;
}

export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LEAST_ENTROPY = 2.75;

/** Bits for each character, by Shannon. English has about 4 in the long run, an identifier less: words are told by `wordShare`. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** What stands where a secret will be, or what says that none is shown. */
export function isPlaceholder(value: string): boolean {
  return TEMPLATE.test(value) || WORDS.test(value) || SAID.test(value) || isMonotonous(value);
}

/** `$NAME`, `${name}`, `$(command)`, `{{ name }}`, `<name>`, `%NAME%`, `@NAME@`, `[name]`, `#{name}`. */
const TEMPLATE =
  /^(?:\$\{?[A-Za-z_][\w.:-]*\}?|\$[({].*|\{\{.*|\{[\w. -]*\}?|<.*|%[A-Z_a-z]+%|@\w+@|\[[\w .:-]*\]?|#\{.*|\d)$/;
/** What a field is declared as, or what it has where it has nothing. */
const WORDS =
  /^(?:true|false|null|nil|none|undefined|string|str|text|number|int|bool|boolean|any|object|array|required|optional|hidden|empty|unset|default|enabled|disabled|yes|no|input|password|secret|token)[.!?)\]}]*$/i;
const SAID =
  /example|change[-_]?me|place[-_]?holder|your[-_ ]|redacted|dummy|replace[-_]?(?:me|with)|x{5,}|\*{3,}|\.{3,}|…|\[masked:/i;

function isMonotonous(value: string): boolean {
  const { size } = new Set(value.slice(0, 32));
  return size <= 2 || (size === 3 && value.length >= 8);
}

function count(value: string, pattern: RegExp): number {
  return value.match(pattern)?.length ?? 0;
}

function isMixedCase(value: string): boolean {
  return /[a-z]/.test(value) && /[A-Z]/.test(value);
}

/** The share of the value that reads like words: some letters in a row that a tongue could speak. */
function wordShare(value: string): number {
  let letters = 0;
  for (const [run] of value.matchAll(/[A-Z][a-z]{3,}|[a-z]{5,}|[A-Z]{5,}/g))
    if (isSpeakable(run)) letters += run.length;
  return letters / value.length;
}

/** The share of it in parts that are a word or a number each, as in `eu-west-2-1700345` or `json-core-2.15.0`. */
function simpleShare(value: string): number {
  const parts = value.split(/[-_./:+]/);
  if (parts.length < 3) return 0;
  const simple = parts.filter((part) => /^(?:[A-Za-z]?[a-z]*|[A-Z]+|v?\d+)$/.test(part));
  return simple.reduce((sum, part) => sum + part.length, 0) / (value.length - parts.length + 1);
}

function isSpeakable(run: string): boolean {
  const vowels = count(run, /[aeiouy]/gi) / run.length;
  return vowels >= 0.2 && vowels <= 0.7 && !/[^aeiouy]{5}/i.test(run);
}
