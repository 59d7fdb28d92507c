import type { Entry } from '../domain/entry.ts';
import type { Counts } from '../domain/work-log.ts';

/** What an entry counts for in its session, beside being a step. */
export type Counted = Omit<Counts, 'steps' | 'dropped'>;

export function countsOf({ level, tool, escalation, masked }: Entry): Counted {
  return {
    handoffs: Number(level === 'handoff'),
    tools: Number(tool !== null),
    errors: Number(level === 'error'),
    uncertain: Number(level === 'uncertainty'),
    escalations: Number(escalation),
    masked,
  };
}

/** What changes in the counts when an entry becomes another. */
export function changeOf(before: Entry, after: Entry): Counted {
  const was = countsOf(before);
  const change = countsOf(after);
  for (const key of Object.keys(change) as (keyof Counted)[]) change[key] -= was[key];
  return change;
}

export function addCounts(counts: Counted, change: Counted): void {
  for (const key of Object.keys(change) as (keyof Counted)[]) counts[key] += change[key];
}
