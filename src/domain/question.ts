import type { Level } from './entry.ts';
import {
  CATEGORIES_BY_STEM,
  CODE_STEMS,
  ESCALATION_STEMS,
  LEVELS_BY_STEM,
  PHRASES,
  STOP_WORDS,
  wordsFor,
} from './question-words.ts';
import { fold, stemOf, wordsOf } from './words.ts';

/** What a plain question asks for. */
export interface Question {
  /** The words worth looking for, without case and accents, each once. */
  words: string[];
  /** Names of the known bots that it names. */
  bots: string[];
  /** The kinds of step that it asks for. */
  levels: Level[];
  /** Other words for these kinds: who asks what was chosen wants to know what was decided. */
  synonyms: string[];
  categories: string[];
  /** What looks like the name of a tool: `write_file`, `web-search`. */
  tools: string[];
  /** It asks for what a person had to decide. */
  escalation: boolean;
  /** It asks for code that somebody wrote. */
  code: boolean;
}

const TOOL_NAME = /[\p{L}\p{N}]+(?:[_-][\p{L}\p{N}]+)+/gu;
const TOOLS_MAX = 8;

/** More words make a search slower, not better. */
export const MAX_WORDS = 24;

/**
 * Reads a question as people ask it: "why did you escalate", "what did @researcher find". `botNames` are the bots it may name,
 * with or without `@`.
 */
export function parseQuestion(text: string, botNames: readonly string[]): Question {
  const bots = botNames.filter((name) => isNamed(name, text));
  const named = new Set(bots.flatMap(wordsOf));
  const words = [...new Set(wordsOf(withPhrases(text)))].filter(
    (word) => !named.has(word) && !STOP_WORDS.has(word),
  );
  const stems = words.map(stemOf);
  const levels = [...new Set(stems.flatMap((stem) => LEVELS_BY_STEM.get(stem) ?? []))];
  return {
    words: mostTelling(words),
    bots,
    levels,
    synonyms: wordsFor(levels).filter((word) => !stems.includes(stemOf(word))),
    categories: [...new Set(stems.flatMap((stem) => CATEGORIES_BY_STEM.get(stem) ?? []))],
    tools: [...new Set(text.toLowerCase().match(TOOL_NAME) ?? [])].slice(0, TOOLS_MAX),
    escalation: stems.some((stem) => ESCALATION_STEMS.has(stem)),
    code: stems.some((stem) => CODE_STEMS.has(stem)),
  };
}

/** What the search index holds beside the words of a message: level, category, names of bots and tools. */
export function tagsOf(question: Question): string[] {
  return [
    ...question.levels,
    ...question.categories,
    ...question.bots,
    ...question.tools,
    ...(question.escalation ? ['escalation'] : []),
  ];
}

/** True when there is nothing in it to look for. */
export function isEmpty(question: Question): boolean {
  return question.words.length === 0 && tagsOf(question).length === 0;
}

/** A name that is a common word, such as `Now`, has to be written with its `@`. */
function isNamed(name: string, text: string): boolean {
  const words = wordsOf(name);
  if (words.length === 0) return false;
  if (fold(text).includes(`@${fold(name)}`)) return true;
  if (words.every((word) => STOP_WORDS.has(word))) return false;
  return ` ${wordsOf(text).join(' ')} `.includes(` ${words.join(' ')} `);
}

function withPhrases(text: string): string {
  return PHRASES.reduce((text, [phrase, word]) => text.replace(phrase, `$& ${word}`), text.toLowerCase());
}

/** Long words are rarer, so they tell more. */
function mostTelling(words: string[]): string[] {
  if (words.length <= MAX_WORDS) return words;
  const kept = new Set(words.toSorted((a, b) => b.length - a.length).slice(0, MAX_WORDS));
  return words.filter((word) => kept.has(word));
}
