import { showProgress } from '../shared/progress.ts';
import type { Annotated } from './questions.ts';
import type { Recording } from './recording.ts';
import { bm25Search, howSearch, substringSearch } from './searches.ts';
import type { Search } from './searches.ts';

/** The ways to search that are held against each other. */
export const WAYS = ['how', 'bm25', 'substring'] as const;
export type Way = (typeof WAYS)[number];

/** Where each way has the annotated step of one question: 1 for the first answer, Infinity where it is none of them. */
export interface Asked extends Record<Way, number> {
  conversation: string;
}

/** How well one way finds the annotated steps. */
export interface Found {
  /** Shares of the questions, 0–1. */
  first: number;
  firstFive: number;
  /** Infinity where more than half are not found at all. */
  medianPosition: number;
}

/** How many answers a person sees. */
const SEEN = 5;

/** Asks each annotation in its own workspace, in every way. An annotated message that Discord does not take cannot be found. */
export async function askAll(conversations: readonly Annotated[], recording: Recording): Promise<Asked[]> {
  const searches: Record<Way, Search> = {
    how: howSearch(recording),
    bm25: await bm25Search(recording),
    substring: substringSearch(recording),
  };
  const progress = showProgress('how: questions', conversations.length);
  const asked: Asked[] = [];
  for (const [index, { id, failure }] of conversations.entries()) {
    progress.update(index);
    if (!failure) continue;
    const { workspace, entryIds } = recording.recorded[index]!;
    const position = async (way: Way) =>
      positionOf(entryIds[failure.step]!, await searches[way](failure.reason, workspace));
    asked.push({
      conversation: id,
      how: await position('how'),
      bm25: await position('bm25'),
      substring: await position('substring'),
    });
  }
  progress.stop();
  return asked;
}

/** @throws RangeError without any question */
export function summarizeWay(asked: readonly Asked[], way: Way): Found {
  const positions = asked.map((one) => one[way]);
  const share = (last: number) => positions.filter((position) => position <= last).length / positions.length;
  // Interpolating between a position and Infinity would give no number: the upper of the two in the middle.
  const medianPosition = positions.toSorted((a, b) => a - b)[Math.floor(positions.length / 2)]!;
  return { first: share(1), firstFive: share(SEEN), medianPosition };
}

function positionOf(wanted: ReadonlySet<string>, answers: readonly string[]): number {
  const index = answers.findIndex((id) => wanted.has(id));
  return index === -1 ? Infinity : index + 1;
}
