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

/** One pass over the tokens that give JSON its shape; all else is left to the parser. */
function faultOf(text: string, maxDepth: number): string | null {
  /** For each open object the keys it has so far; null for an array. */
  const open: (Set<string> | null)[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      if (open.length > maxDepth) return `it is nested deeper than ${maxDepth} levels`;
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token.endsWith(':')) {
      const keys = open.at(-1);
      const key = keyOf(token);
      if (!keys || key === null) continue;
      if (key === '__proto__') return 'the key __proto__ is not allowed';
      if (keys.has(key)) return `the key ${shortKey(key)} stands twice in one object`;
      keys.add(key);
    }
  }
  return null;
}

/** Brackets, and strings with the colon that makes them keys. A string without an end reaches to the end, so that all is read once. */
const TOKEN = /[[\]{}]|"[^"\\]*(?:\\.[^"\\]*)*(?:"(?:\s*:)?|\\?$)/gs;

function keyOf(token: string): string | null {
  try {
    return JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)) as string;
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
