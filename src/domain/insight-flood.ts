import type { Insight } from './insight.ts';

/** From so many of one bot in one workspace on, they can be rejected together. */
const MANY = 20;

/** One of those of which the most wait, of one bot in one workspace and openly said; null where there are not many. */
export function floodAmong(insights: readonly Insight[]): Insight | null {
  const waiting = insights.filter(
    ({ state, sharedAt, privateThread }) => state === 'pending' && sharedAt === null && !privateThread,
  );
  const groups = Map.groupBy(waiting, ({ workspaceId, by }) => `${workspaceId} ${by.key}`);
  const [most] = [...groups.values()].toSorted((a, b) => b.length - a.length);
  return most && most.length >= MANY ? most[0]! : null;
}
