/** Shorter names are too often parts of something else. */
const SHORTEST = 3;

/** What stands in the place of a name that is not to be told. */
export const SOMEONE = 'someone';

/** The names among those given that can be found in a text, the longest first: one may begin with another. */
export function findableNames(names: Iterable<string>): string[] {
  return [...new Set(names)]
    .map((name) => name.trim())
    .filter((name) => name.length > 0)
    .sort((a, b) => b.length - a.length);
}

/**
 * The text without these names of a person: as mentions with an `@`, and as words of their own, as they are written. A name of one or
 * two characters is only found behind an `@`.
 */
export function nameless(text: string, names: readonly string[]): string {
  return names.reduce((rest, name) => {
    if (!rest.includes(name)) return rest;
    return rest.replace(patternOf(name), (found) => (found.startsWith('@') ? `@${SOMEONE}` : SOMEONE));
  }, text);
}

/** The keys that entries have by themselves: whoever is called so too, these are not their name. */
const OWN_KEYS = new Set(
  (
    'message tool details name input output status error after alternatives applicable_to before category confidence content corrects ' +
    'dedupe_key default escalation id insight insight_ids kind note on_timeout option options outcome reason severity share timeout'
  ).split(' '),
);

/** All texts of the value without these names, and so the keys of what agents made up. */
export function namelessIn<T>(value: T, names: readonly string[]): T {
  return reworded(value, (text) => nameless(text, names));
}

/** The value with all its texts changed, and so the keys of what agents made up. */
export function reworded<T>(value: T, change: (text: string) => string): T {
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return change(one);
    if (typeof one !== 'object' || one === null) return one;
    if (Array.isArray(one)) return one.map(walk);
    const called = (key: string) => (OWN_KEYS.has(key) ? key : change(key));
    return Object.fromEntries(Object.entries(one).map(([key, each]) => [called(key), walk(each)]));
  };
  return walk(value) as T;
}

const SPECIAL = /[\\^$.*+?()[\]{}|/-]/g;

function patternOf(name: string): RegExp {
  const mark = name.length < SHORTEST ? '@' : '@?';
  const word = '[\\p{L}\\p{N}_]';
  return new RegExp(`(?<!${word})${mark}${name.replace(SPECIAL, '\\$&')}(?!${word})`, 'gu');
}
