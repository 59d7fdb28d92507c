import { compareIds } from '../domain/snowflake.ts';
import type { Mark } from '../store/store.ts';
import type { Observation, Observed } from './observation.ts';

/** Messages that were posted one after the other, or one thing that happened to earlier ones. */
export type Run = { posted: Observation[]; one?: never } | { posted?: never; one: Observed };

/** What happened, in its order, in as few runs as can be. */
export function runsOf(observed: readonly Observed[]): Run[] {
  const runs: Run[] = [];
  for (const each of observed) {
    const last = runs.at(-1);
    if ('deleted' in each || 'readUpTo' in each || each.editedAt !== undefined) runs.push({ one: each });
    else if (last?.posted) last.posted.push(each);
    else runs.push({ posted: [each] });
  }
  return runs;
}

/** How far each place has been read with these messages. */
export function marksOf(observations: readonly Observation[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { workspaceId, threadId, messageId } of observations) {
    const place = `${workspaceId}/${threadId ?? ''}`;
    const before = marks.get(place);
    if (!before) marks.set(place, { workspaceId, threadId, messageId });
    else if (compareIds(messageId, before.messageId) > 0) before.messageId = messageId;
  }
  return [...marks.values()];
}
