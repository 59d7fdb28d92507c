/** A source of numbers in [0, 1), the same for the same seed (mulberry32). */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Writes messages like agents do, as far as an index and a parser can tell. */
export interface Writer {
  /** One message of `length` characters or a little less. */
  write(length: number): string;
  /** A length drawn from {@link MESSAGE_LENGTHS}. */
  length(): number;
}

/**
 * Lengths of messages, in characters: log-normal, median 300, mean about 430, 5 % over 1200, cut at Discord's 2000. Chat of
 * agents lies around it: dialogues with customers have a median of 150, teams that quote plans and code of 650.
 */
export const MESSAGE_LENGTHS = { median: 300, sigma: 0.85, shortest: 12, longest: 2000 };

/** How many different words there are; the frequency of the n-th is about 1/n (Zipf's law). */
const VOCABULARY = 20_000;

export function createWriter(random: Random): Writer {
  const words = vocabulary(random);
  const pick = zipf(words.length, random);
  return {
    length() {
      const { median, sigma, shortest, longest } = MESSAGE_LENGTHS;
      return Math.round(Math.min(longest, Math.max(shortest, median * Math.exp(sigma * normal(random)))));
    },
    write(length) {
      let text = capitalized(words[pick()]!);
      for (;;) {
        const word = words[pick()]!;
        const next = random() < 0.09 ? `${text}. ${capitalized(word)}` : `${text} ${word}`;
        if (next.length > length) return text.slice(0, length);
        text = next;
      }
    },
  };
}

function capitalized(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

/** A standard normal variate (Box–Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Draws ranks from 0 with a frequency of about 1 / (rank + 2.7), as Mandelbrot fitted it to English. */
function zipf(size: number, random: Random): () => number {
  const cumulated = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank += 1) {
    sum += 1 / (rank + 2.7);
    cumulated[rank] = sum;
  }
  return () => firstAbove(cumulated, random() * sum);
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The commonest words, commonest first; they are what questions ask for. The others are made up. */
const COMMON =
  `the of and to in is a for that we it with on as this be are not i have from by at can or has was will if
  an which file should all but user task test data error use code result need no found one more step first plan page then
  there search when their also time some query message answer check next new list call function value decided because
  agent table request response using based version number name team please run output model rate limit password policy
  expert review issue fix change update line server token login session key cache index timeout retry failed success
  report research market price flight booking order refund customer payment account security design draft homepage
  website content deploy release branch merge commit pull schema database migration column row graph chart average total
  country year paper article author source evidence verify confirm assume unclear confidence option choose choice strict
  friendly special characters passphrase escalate approve reject wait handoff analysis summary approach implement
  refactor module authentication middleware endpoint handler parser config environment variable package library`.split(
    /\s+/,
  );

const SYLLABLES =
  'ba co de fi ga hu in jo ka lo me ni or pa qua re si ta ul ver wen xi yo zan tion ment'.split(' ');

function vocabulary(random: Random): string[] {
  const words = new Set(COMMON);
  while (words.size < VOCABULARY) {
    const syllables = 2 + Math.floor(random() * 3);
    words.add(
      Array.from({ length: syllables }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join(''),
    );
  }
  return [...words];
}
