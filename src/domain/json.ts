/** JSON that someone else wrote, with what makes it unsafe or ambiguous refused. */
export type ParsedJson = { value: unknown } | { fault: string };

export interface JsonLimits {
  /** UTF-16 units. */
  length: number;
  /** Objects and arrays within one another. */
  depth: number;
}

/**
 * Parses JSON that may be hostile. Refused, each with a reason that repeats no value: text that is too long, nested too deep or no
 * JSON; an object that names a key twice, because readers differ in which one counts; the key `__proto__`, which could change the
 * objects that a value is copied to. Lone surrogates become U+FFFD. Size and nesting are checked before anything is parsed.
 */
export function parseJson(text: string, limits: JsonLimits): ParsedJson {
  if (text.length > limits.length)
    return { fault: `it is too long: ${text.length} characters, at most ${limits.length} are read` };
  const fault = faultOf(text, limits.depth);
  if (fault !== null) return { fault };
  try {
    const value: unknown = JSON.parse(text);
    // Only an escape can bring a lone surrogate into text that has none itself.
    return { value: text.isWellFormed() && !/\\u[dD]/.test(text) ? value : wellFormed(value) };
  } catch (error) {
    return { fault: `it is not JSON: ${withoutQuotes((error as SyntaxError).message)}` };
  }
}

/** One pass over what gives JSON its shape; all else is left to the parser. */
function faultOf(text: string, maxDepth: number): string | null {
  /** For each open object the keys it has so far; null for an array. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      open.push(code === OPEN_OBJECT ? new Set() : null);
      if (open.length > maxDepth) return `it is nested deeper than ${maxDepth} levels`;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      open.pop();
    } else if (code === QUOTE) {
      const end = endOfString(text, at);
      const fault = isKey(text, end) ? keyFault(text.slice(at, end), open.at(-1)) : null;
      if (fault !== null) return fault;
      at = end - 1;
    }
  }
  return null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Where the text goes on after the string that begins at `start`; one without an end reaches to the end, so that all is read once. */
function endOfString(text: string, start: number): number {
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return text.length;
    let first = quote;
    while (first > from && text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    from = quote + 1;
    if ((quote - first) % 2 === 0) return from;
  }
}

/** A colon makes the string before it a key. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= SPACE) at += 1;
  return text.charCodeAt(at) === COLON;
}

/** Why a key, in its quotes, is refused in an object that has these keys already. */
function keyFault(quoted: string, keys: Set<string> | null | undefined): string | null {
  const key = keys ? keyOf(quoted) : null;
  if (!keys || key === null) return null;
  if (key === '__proto__') return 'the key __proto__ is not allowed';
  if (keys.has(key)) return `the key ${shortKey(key)} stands twice in one object`;
  keys.add(key);
  return null;
}

/** Null for what is no string. */
function keyOf(quoted: string): string | null {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return null;
  }
}

const KEY_SHOWN = 40;

/** A key in a message: long ones are cut, for they may be anything. */
export function shortKey(key: string): string {
  const points = [...key.toWellFormed()];
  return points.length > KEY_SHOWN ? `${points.slice(0, KEY_SHOWN).join('')}…` : points.join('');
}

/** V8 repeats the text around the fault, which may hold anything. */
function withoutQuotes(message: string): string {
  return message.replace(/, (?:\.\.\.)?".*$/s, '').replace(' in JSON', '');
}

/** Bounded by the depth that was checked before. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]),
  );
}
