/** In UTF-16 units, the marker included. */
export const MESSAGE_MAX = 4000;
/** For a tool's input and for its output, each; in bytes of UTF-8 JSON. */
export const TOOL_VALUE_MAX = 16 * 1024;
/** In bytes of UTF-8 JSON. */
export const DETAILS_MAX = 8 * 1024;

/**
 * `text` in at most `max` UTF-16 units, and what is cut says by how much: `… [cut: 1 234 characters]`. No character is cut in two.
 */
export function cutMessage(text: string, max: number = MESSAGE_MAX): string {
  if (text.length <= max) return text;
  const marker = (kept: number) => `… [cut: ${grouped(text.length - kept)} characters]`;
  // The marker is longest when nothing is kept.
  const kept = boundaryBefore(text, Math.max(0, max - marker(0).length));
  return `${text.slice(0, kept)}${marker(kept)}`;
}

/**
 * A JSON value in at most `maxBytes` of UTF-8 JSON. Its shape stays as long as it can: first long texts and lists are shortened,
 * each saying by how much; when even that is too long, `{ _cut, _head }` holds the size in bytes and the beginning as text.
 */
export function cutValue(value: unknown, maxBytes: number): unknown {
  const json = JSON.stringify(value);
  if (json === undefined || fits(json, maxBytes)) return value;
  for (const scale of SCALES) {
    const shortened = shorten(value, scale);
    if (fits(JSON.stringify(shortened), maxBytes)) return shortened;
  }
  return headOf(json, maxBytes);
}

interface Scale {
  text: number;
  items: number;
}

/** From gentle to harsh, so that as little as possible goes. */
const SCALES: readonly Scale[] = [
  { text: 4000, items: 1000 },
  { text: 2000, items: 200 },
  { text: 1000, items: 50 },
  { text: 400, items: 20 },
  { text: 150, items: 8 },
  { text: 60, items: 3 },
];

function shorten(value: unknown, scale: Scale): unknown {
  if (typeof value === 'string') return cutMessage(value, scale.text);
  if (Array.isArray(value)) {
    const kept = value.slice(0, scale.items).map((item) => shorten(item, scale));
    const left = value.length - kept.length;
    return left > 0 ? [...kept, `… [cut: ${grouped(left)} items]`] : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner, scale)]));
}

function headOf(json: string, maxBytes: number): { _cut: number; _head: string } {
  const wrap = (length: number) => ({
    _cut: sizeOf(json),
    _head: json.slice(0, boundaryBefore(json, length)),
  });
  // Escaping makes the head longer than it was, so its length is found by halving.
  let fitting = 0;
  let tooLong = Math.min(json.length, maxBytes);
  while (tooLong - fitting > 1) {
    const middle = (fitting + tooLong) >> 1;
    if (fits(JSON.stringify(wrap(middle)), maxBytes)) fitting = middle;
    else tooLong = middle;
  }
  return wrap(fitting);
}

/** A UTF-16 unit is at most three bytes of UTF-8, so most values need no counting. */
function fits(json: string, maxBytes: number): boolean {
  return json.length * 3 <= maxBytes || (json.length <= maxBytes && sizeOf(json) <= maxBytes);
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** `length`, or one less where that would cut a character in two. */
function boundaryBefore(text: string, length: number): number {
  const code = text.charCodeAt(length - 1);
  const isHighSurrogate = code >= 0xd800 && code <= 0xdbff;
  return isHighSurrogate ? length - 1 : length;
}

/** 1234567 as `1 234 567`. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}
