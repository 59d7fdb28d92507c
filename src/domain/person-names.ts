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

/** An id that Discord gave since its first weeks. */
const ID = /^\d{16,20}$/;

/**
 * The names of a person, and their id, which leads to them as surely. An agent that has it as a number lost its last digits, but there
 * are few people with nearly the same.
 */
export function namesWithId(id: string, names: Iterable<string>): string[] {
  return findableNames(ID.test(id) ? [...names, id, String(Number(id))] : names);
}

/**
 * The text without these names of a person: as mentions with an `@`, and as words of their own, as they are written. A name of one or
 * two characters is only found behind an `@`, an id also as a part of a word.
 */
export function nameless(text: string, names: readonly string[]): string {
  return names.reduce((rest, name) => {
    if (!rest.includes(name)) return rest;
    return rest.replace(patternOf(name), (found) => (/^<?@/.test(found) ? `@${SOMEONE}` : SOMEONE));
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
    if (typeof one === 'number') return isLong(one) && change(String(one)) !== String(one) ? SOMEONE : one;
    if (typeof one !== 'object' || one === null) return one;
    if (Array.isArray(one)) return one.map(walk);
    const called = (key: string) => (OWN_KEYS.has(key) ? key : change(key));
    return Object.fromEntries(Object.entries(one).map(([key, each]) => [called(key), walk(each)]));
  };
  return walk(value) as T;
}

/** Ids are: https://docs.discord.com/developers/reference#snowflakes */
function isLong(number: number): boolean {
  return Number.isInteger(number) && !Number.isSafeInteger(number);
}

const SPECIAL = /[\\^$.*+?()[\]{}|/-]/g;

function patternOf(name: string): RegExp {
  if (ID.test(name)) return new RegExp(`<@!?${name}>|(?<!\\d)@?${name}(?!\\d)`, 'g');
  const mark = name.length < SHORTEST ? '@' : '@?';
  const word = '[\\p{L}\\p{N}_]';
  return new RegExp(`(?<!${word})${mark}${name.replace(SPECIAL, '\\$&')}(?!${word})`, 'gu');
}
