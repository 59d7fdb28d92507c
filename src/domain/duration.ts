const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const DURATION = /^\s*(?:\d+(?:\.\d+)?\s*(?:ms|sec|s|min|m|h|d)\s*)+$/;
const PART = /(\d+(?:\.\d+)?)\s*(ms|sec|s|min|m|h|d)/g;

/** A duration as people and agents write it, in ms: `90s`, `1m 2s`, `3 min`, `1.5h`, `2d`. Null when the text is none. */
export function parseDuration(text: string): number | null {
  if (text.length > 40 || !DURATION.test(text)) return null;
  let ms = 0;
  for (const [, count, unit] of text.matchAll(PART)) ms += Number(count) * UNITS[unit!]!;
  return Math.round(ms);
}
