import { matchAt } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

/** Finds everything in a text that a rule knows. Takes time linear in the text's length. */
export type Scan = (text: string) => Finding[];

interface Trigger {
  /** In lower case. */
  word: string;
  rule: Rule;
}

/** A place is looked up by its three characters, five bits of each: enough to tell letters from each other. */
const SLOTS = 1 << 15;

/**
 * Makes one pass over the text that asks each rule only where one of its triggers stands. Harmless text costs two table look-ups
 * a character.
 */
export function createScan(rules: readonly Rule[]): Scan {
  const { slots, lists } = indexWords([MARKER, ...rules]);
  const single = indexCharacters(rules);
  return (text) => {
    const findings: Finding[] = [];
    let key = 0;
    let wasDigit = false;
    // Behind the end of a secret in its provider's format: nothing within it needs to be found again.
    let open = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const folded = code < 128 ? FOLDED[code]! : 0;
      key = ((key << 5) ^ folded) & (SLOTS - 1);
      const isDigit = folded >= 48 && folded <= 57;
      if (at >= open) {
        const list = slots[key]!;
        if (list !== 0 && at - 2 >= open) open = ask(lists[list]!, text, at - 2, findings, open);
        const rules = code < 128 ? single[code] : undefined;
        if (rules !== undefined && !(isDigit && wasDigit)) open = askAll(rules, text, at, findings, open);
      }
      wasDigit = isDigit;
    }
    return findings.filter(({ kind }) => kind !== MARKED);
  };
}

/** What is marked already is passed over, so that a marker's own words (`[masked:discord-token]`) call nothing secret. */
const MARKED = 'marked';
const MARKER: Rule = {
  triggers: ['[masked:'],
  find(text, at) {
    const match = matchAt(EXPRESSION, text, at);
    return match && { start: at, end: at + match[0].length, kind: MARKED, certainty: 'format' };
  },
};
const EXPRESSION = /\[masked:[a-z\d]{1,16}(?:-[a-z]{1,12}){0,3}\]/y;

function ask(triggers: Trigger[], text: string, at: number, findings: Finding[], open: number): number {
  let end = open;
  for (const { word, rule } of triggers) {
    if (!standsAt(word, text, at)) continue;
    end = Math.max(end, keep(rule.find(text, at), findings));
  }
  return end;
}

function askAll(rules: Rule[], text: string, at: number, findings: Finding[], open: number): number {
  let end = open;
  for (const rule of rules) end = Math.max(end, keep(rule.find(text, at), findings));
  return end;
}

function keep(finding: Finding | null, findings: Finding[]): number {
  if (finding === null) return 0;
  findings.push(finding);
  return finding.certainty === 'format' ? finding.end : 0;
}

function standsAt(word: string, text: string, at: number): boolean {
  for (let index = 0; index < word.length; index += 1) {
    const code = text.charCodeAt(at + index);
    if (!(code < 128) || FOLDED[code] !== word.charCodeAt(index)) return false;
  }
  return true;
}

function indexWords(rules: readonly Rule[]): { slots: Uint16Array; lists: Trigger[][] } {
  const slots = new Uint16Array(SLOTS);
  const lists: Trigger[][] = [[]];
  for (const rule of rules) {
    for (const trigger of rule.triggers) {
      if (trigger.length < 3) continue;
      const word = trigger.toLowerCase();
      const key = [0, 1, 2].reduce((key, index) => (key << 5) ^ word.charCodeAt(index), 0) & (SLOTS - 1);
      if (slots[key] === 0) slots[key] = lists.push([]) - 1;
      lists[slots[key]!]!.push({ word, rule });
    }
  }
  return { slots, lists };
}

/** By character code: the rules to ask there. */
function indexCharacters(rules: readonly Rule[]): (Rule[] | undefined)[] {
  const index: (Rule[] | undefined)[] = Array.from({ length: 128 });
  for (const rule of rules) {
    for (const trigger of rule.triggers) {
      if (trigger.length >= 3) continue;
      for (const character of trigger === '0' ? '0123456789' : trigger) {
        (index[character.charCodeAt(0)] ??= []).push(rule);
      }
    }
  }
  return index;
}

/** The codes of ASCII, letters in lower case. */
const FOLDED = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));
