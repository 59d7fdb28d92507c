import { CERTAINTIES, matchAt } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

/** A finding with how sure it is: an index of `CERTAINTIES`. */
export interface Found extends Finding {
  rank: number;
}

/** Finds everything in a text that a rule knows, in the order of the text. Takes time linear in the text's length. */
export type Scan = (text: string) => Found[];

/**
 * Makes one pass over the text that asks each rule only where one of its triggers stands. Harmless text costs two table look-ups a
 * character.
 */
export function createScan(rules: readonly Rule[]): Scan {
  const words = indexWords([MARKER, ...rules]);
  const characters = indexCharacters(rules);
  // What is looked up for each character of each text is small, so that it stays in the processor's nearest caches.
  const goesOn = new Uint32Array(SLOTS);
  for (const [slot, triggers] of words) goesOn[slot] = fourthCharacters(triggers);
  const isAsked = Uint8Array.from(characters, (asked) => (asked === undefined ? 0 : 1));
  return (text) => {
    const pass = new Pass(text);
    let key = 0;
    let before = 0;
    let code = codeAt(text, 0);
    for (let at = 0; at < text.length; at += 1) {
      const next = codeAt(text, at + 1);
      key = ((key << 5) | (code & 31)) & (SLOTS - 1);
      if ((goesOn[key]! >>> (next & 31)) & 1) pass.askWhereWordStands(words.get(key)!, at - 2);
      if (code < 128 && isAsked[code] === 1 && !(isDigit(code) && isDigit(before)))
        pass.ask(characters[code]!, at);
      before = code;
      code = next;
    }
    return pass.found;
  };
}

/** Once `charCodeAt` was asked for what is behind a text's end, it costs more everywhere: a third of a scan. */
function codeAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

interface Trigger {
  /** In lower case. */
  word: string;
  asked: Asked;
}

interface Asked {
  rule: Rule;
  rank: number;
}

/** One way through one text. */
class Pass {
  readonly found: Found[] = [];
  readonly #text: string;
  /** By rank: where the last finding that is so sure, or surer, ends. Within it no weaker rule needs to look. */
  readonly #ends = CERTAINTIES.map(() => 0);

  constructor(text: string) {
    this.#text = text;
  }

  askWhereWordStands(triggers: Trigger[], at: number): void {
    for (const { word, asked } of triggers) if (standsAt(word, this.#text, at)) this.#askOne(asked, at);
  }

  ask(asked: Asked[], at: number): void {
    for (const one of asked) this.#askOne(one, at);
  }

  #askOne({ rule, rank }: Asked, at: number): void {
    if (at < this.#ends[rank]!) return;
    const finding = rule.find(this.#text, at);
    if (finding === null) return;
    if (finding.kind !== MARKED) this.found.push({ ...finding, rank });
    for (let weaker = 0; weaker <= rank; weaker += 1) {
      this.#ends[weaker] = Math.max(this.#ends[weaker]!, finding.end);
    }
  }
}

function standsAt(word: string, text: string, at: number): boolean {
  if (at < 0 || at + word.length > text.length) return false;
  for (let index = 0; index < word.length; index += 1) {
    const code = text.charCodeAt(at + index);
    if ((code < 128 ? FOLDED[code] : code) !== word.charCodeAt(index)) return false;
  }
  return true;
}

/** What is marked already is passed over, so that a marker's own words (`[masked:discord-token]`) call nothing secret. */
const MARKED = 'marked';
const MARKER: Rule = {
  certainty: 'format',
  triggers: ['[masked:'],
  find(text, at) {
    const match = matchAt(EXPRESSION, text, at);
    return match && { start: at, end: at + match[0].length, kind: MARKED };
  },
};
const EXPRESSION = /\[masked:[a-z\d]{1,16}(?:-[a-z]{1,12}){0,3}\]/y;

/** A place is looked up by its three characters, five bits of each: enough to tell letters from each other, in either case. */
const SLOTS = 1 << 15;

/** By slot: the triggers whose first three characters fall into it. */
function indexWords(rules: readonly Rule[]): Map<number, Trigger[]> {
  const triggers = rules.flatMap((rule) =>
    rule.triggers.map((trigger) => ({
      word: trigger.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
      asked: ranked(rule),
    })),
  );
  const words = triggers.filter(({ word }) => word.length >= 3);
  return Map.groupBy(words, ({ word }) => slotOf(word));
}

function slotOf(word: string): number {
  return [0, 1, 2].reduce((key, at) => (key << 5) | (word.charCodeAt(at) & 31), 0);
}

/** A bit for each last five bits of a character that may stand behind the first three of these: most places end there. */
function fourthCharacters(triggers: Trigger[]): number {
  return triggers.reduce(
    (bits, { word }) => bits | (word.length > 3 ? 1 << (word.charCodeAt(3) & 31) : -1),
    0,
  );
}

/** By the code of a character: the rules to ask there. */
function indexCharacters(rules: readonly Rule[]): (Asked[] | undefined)[] {
  const index: (Asked[] | undefined)[] = Array.from({ length: 128 });
  for (const rule of rules) {
    for (const trigger of rule.triggers) {
      if (trigger.length >= 3) continue;
      for (const character of trigger === '0' ? '0123456789' : trigger) {
        (index[character.charCodeAt(0)] ??= []).push(ranked(rule));
      }
    }
  }
  return index;
}

function ranked(rule: Rule): Asked {
  return { rule, rank: CERTAINTIES.indexOf(rule.certainty) };
}

/** The codes of ASCII, letters in lower case. */
const FOLDED = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));
