import type { RetentionDays } from './domain/retention.ts';
import { expiresBefore } from './domain/retention.ts';
import type { Workspace } from './domain/workspace.ts';
import type { Expiry } from './store/erasure.ts';

/** What was posted is known for so long, in ms: it holds no text, and nobody asks for it. */
const POSTED_MS = 7 * 24 * 60 * 60_000;

/** What is to be deleted for its age. What belongs to no workspace is kept as long as what is kept longest. */
export function expiryFor(
  workspaces: readonly Workspace[],
  usual: RetentionDays,
  now: number,
  limit: number,
): Expiry {
  const all = workspaces.map((workspace) => ({
    workspaceId: workspace.id,
    before: expiresBefore(workspace, usual, now),
  }));
  const ages = all.flatMap(({ workspaceId, before }) => (before === null ? [] : [{ workspaceId, before }]));
  const everything = ages.length < all.length ? 0 : Math.min(now, ...ages.map(({ before }) => before));
  return { ages, posted: now - POSTED_MS, everything, limit };
}
