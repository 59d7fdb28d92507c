import type { PartResult } from '../shared/part.ts';
import { summarizeWay, WAYS } from './measure.ts';
import type { Asked, Found, Way } from './measure.ts';

/**
 * In points of the share: of a hundred questions five more must have their step first than by BM25, and five more among the first
 * five. Either is about the standard error of the difference for so few; a ranking that is no better hardly passes both by luck.
 */
const AHEAD = 0.05;

const NAMES: Record<Way, string> = {
  how: '/how',
  bm25: 'plain BM25 (FTS5)',
  substring: 'the whole question as a substring',
};

export function report(asked: readonly Asked[]): PartResult {
  const found = Object.fromEntries(WAYS.map((way) => [way, summarizeWay(asked, way)])) as Record<Way, Found>;
  const ahead = found.how.firstFive - found.bm25.firstFive;
  const aheadFirst = found.how.first - found.bm25.first;
  return {
    title: 'Finding the step: what people say of a step, asked as a question',
    notes: [
      `${asked.length} questions, each asked in the workspace of its conversation.`,
      'A step is found where any of its messages is an answer; “—”: most are not found at all.',
    ],
    head: ['search', 'first answer', 'among the first five', 'median position'],
    rows: WAYS.map((way) => {
      const { first, firstFive, medianPosition } = found[way];
      return [
        NAMES[way],
        percent(first),
        percent(firstFive),
        Number.isFinite(medianPosition) ? medianPosition : '—',
      ];
    }),
    checks: [
      { name: 'ahead of BM25 in the first five', value: ahead, sense: '≥', target: AHEAD },
      { name: 'ahead of BM25 in the first answer', value: aheadFirst, sense: '≥', target: AHEAD },
    ],
    figures: {
      questions: asked.length,
      ...Object.fromEntries(WAYS.map((way) => [way, figuresOf(found[way])])),
      ahead_of_bm25_in_first_five: ahead,
    },
  };
}

function figuresOf({ first, firstFive, medianPosition }: Found) {
  const median = Number.isFinite(medianPosition) ? medianPosition : null;
  return { first, first_five: firstFive, median_position: median };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
