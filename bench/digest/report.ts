import type { PartResult } from '../shared/part.ts';
import { quantile } from '../shared/statistics.ts';
import { EXTENTS } from './measure.ts';
import type { Extent, Told } from './measure.ts';

const NAMES: Record<Extent, string> = { whole: 'whole report', folded: 'before the fold' };

export function report(told: readonly Told[]): PartResult {
  const figures = EXTENTS.map((extent) => figuresOf(told, extent));
  const agentNamed = mean(told.map((one) => Number(one.agentNamed)));
  const agentByChance = mean(told.map((one) => one.agentByChance));
  return {
    title: 'Reports: is the step that decided how it ended among their lines?',
    notes: [
      `${told.length} annotated conversations, each recorded in a workspace of its own and reported on.`,
      'Counted are the lines on what was completed, went wrong, changed course, is unsure or pending.',
      'By chance: as many messages of the same conversation picked at random (expected value).',
      `The agent at fault is named in “Went wrong” or “Unsure” in ${percent(agentNamed)}; as many agents by chance: ${percent(agentByChance)}.`,
    ],
    head: ['', 'decisive step told', 'by chance', 'lines (median)', 'words (median)', 'longest (words)'],
    rows: EXTENTS.map((extent, index) => {
      const { found, by_chance, lines, words, words_max } = figures[index]!;
      return [NAMES[extent], percent(found), percent(by_chance), lines, words, words_max];
    }),
    checks: [],
    figures: {
      conversations: told.length,
      ...Object.fromEntries(EXTENTS.map((extent, index) => [extent, figures[index]])),
      agent_named: agentNamed,
      agent_by_chance: agentByChance,
    },
  };
}

function figuresOf(told: readonly Told[], extent: Extent) {
  const all = told.map(({ extents }) => extents[extent]);
  return {
    found: mean(all.map(({ found }) => Number(found))),
    by_chance: mean(all.map(({ byChance }) => byChance)),
    lines: quantile(
      all.map(({ lines }) => lines),
      0.5,
    ),
    words: quantile(
      all.map(({ words }) => words),
      0.5,
    ),
    words_max: Math.max(...all.map(({ words }) => words)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
