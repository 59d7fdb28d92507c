import { CODE_LANGUAGES } from './question-words.ts';
import { tagsOf } from './question.ts';
import type { Question } from './question.ts';
import { formsOf } from './words.ts';

/** One look into the search index of one workspace: its newest matches of any of the words or tags. */
export interface Lookup {
  workspaceId: number;
  words: string[];
  tags: string[];
  limit: number;
}

/** How many candidates a question may bring together, over all its lookups. */
export const CANDIDATES_MAX = 600;
const LOOKUP_MIN = 10;
const LOOKUP_MAX = 100;
/** How many words are looked up one by one, and in how many workspaces at most. */
const SINGLE_WORDS = 8;
const SINGLE_WORKSPACES = 8;

/**
 * Where to look for what a question asks. Each word is looked up by itself, as far as that stays cheap: together, the newest
 * matches of a common word or of a level would crowd out the one old step that has the rare word.
 */
export function lookupsOf(question: Question, workspaceIds: readonly number[]): Lookup[] {
  const sets = wordSets(question.words, workspaceIds.length <= SINGLE_WORKSPACES);
  const tags = tagsOf(question);
  const wanted = [
    ...[...sets, question.synonyms, question.code ? CODE_LANGUAGES : []]
      .filter((words) => words.length > 0)
      .map((words) => ({ words: words.flatMap(formsOf), tags: [] as string[] })),
    ...(tags.length > 0 ? [{ words: [], tags }] : []),
  ];
  const share = Math.floor(CANDIDATES_MAX / (wanted.length * workspaceIds.length || 1));
  const limit = Math.min(LOOKUP_MAX, Math.max(LOOKUP_MIN, share));
  return workspaceIds.flatMap((workspaceId) => wanted.map((look) => ({ workspaceId, ...look, limit })));
}

function wordSets(words: readonly string[], singly: boolean): string[][] {
  if (words.length === 0) return [];
  if (!singly) return [[...words]];
  // Long words are rarer, so they tell more.
  const byLength = words.toSorted((a, b) => b.length - a.length);
  const alone = byLength.slice(0, SINGLE_WORDS).map((word) => [word]);
  const others = byLength.slice(SINGLE_WORDS);
  return others.length > 0 ? [...alone, others] : alone;
}
