/** Where and why a text is not JSON. Line and column count from 1. */
export interface JsonFault {
  line: number;
  column: number;
  reason: string;
}

/** Parses a text as JSON, or says where it stops being JSON. A byte order mark at its start is passed over. */
export function parseJson(text: string): { value: unknown } | { fault: JsonFault } {
  const source = text.replace(/^\uFEFF/, '');
  const message = errorOf(source);
  if (message === null) return { value: JSON.parse(source) };
  return { fault: { ...lineAndColumn(source, faultAt(source, message)), reason: reasonOf(message) } };
}

function errorOf(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as SyntaxError).message;
  }
}

/** V8 names the position, but for an unexpected token or a text that ends too early. */
function faultAt(text: string, message: string): number {
  const named = / at position (\d+)/.exec(message);
  if (named) return Number(named[1]);
  return message.startsWith(UNEXPECTED_TOKEN) ? firstBadToken(text) : text.length;
}

/** The shortest prefix that fails for its last character ends with it: found by halving, for every longer one fails alike. */
function firstBadToken(text: string): number {
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (errorOf(text.slice(0, middle))?.startsWith(UNEXPECTED_TOKEN)) bad = middle;
    else good = middle;
  }
  return bad - 1;
}

const UNEXPECTED_TOKEN = 'Unexpected token';

function reasonOf(message: string): string {
  return message.replace(/ in JSON at position.*$/s, '').replace(/, (\.\.\.)?".*is not valid JSON$/s, '');
}

function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const lines = text.slice(0, position).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
