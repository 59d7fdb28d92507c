import { expiryOf, retentionOf } from '../domain/retention.ts';
import type { RetentionDays } from '../domain/retention.ts';
import type { Workspace } from '../domain/workspace.ts';
import { count, timestamp } from './text.ts';

/** How long what is said in a workspace is kept, and what goes next. */
export interface RetentionFacts {
  /** Where nothing is set of the workspace. */
  usual: RetentionDays;
  /** ms UTC: when its oldest session began; null: there is none. */
  oldestAt: number | null;
  /** How many steps are too old at this moment. */
  due: number;
}

/** For how long, as the end of a sentence: “for 90 days”. */
export function keptFor(workspace: Pick<Workspace, 'type' | 'settings'>, usual: RetentionDays): string {
  const { days, hold } = retentionOf(workspace, usual);
  if (hold) return 'until somebody lifts the hold on it';
  return days === 0 ? 'for ever' : `for ${count(days, 'day')}`;
}

/** Of a workspace, for those who manage it. */
export function retentionLines(
  workspace: Pick<Workspace, 'type' | 'settings'>,
  { usual, oldestAt, due }: RetentionFacts,
): string[] {
  const { days, hold } = retentionOf(workspace, usual);
  if (hold) return ['⏸ On hold: nothing is deleted for its age, until `/workspace hold` lifts it'];
  const kept = `Kept ${keptFor(workspace, usual)}`;
  if (days === 0 || oldestAt === null) return [kept];
  if (due > 0) return [`${kept}; ${count(due, 'step')} will go within the hour`];
  return [`${kept}; the oldest begin to go ${timestamp(expiryOf(oldestAt, workspace, usual)!, 'R')}`];
}
