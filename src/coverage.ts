import { coverageOf, gapsOfPlace, mergeGaps, periodOf } from './domain/coverage.ts';
import type { Coverage, Gap, Period } from './domain/coverage.ts';
import { DEFAULT_IDLE_TIMES } from './domain/work-log.ts';
import type { WorkLog } from './domain/work-log.ts';
import type { Workspace } from './domain/workspace.ts';
import type { CoverageStore } from './store/store.ts';

interface Source {
  coverage: Pick<CoverageStore, 'gaps' | 'interruptions'>;
}

/** More in one period are not told apart. */
const LIMIT = 200;

/** What was not seen of a session, at `now`. */
export async function coverageOfLog(
  { coverage }: Source,
  workspace: Pick<Workspace, 'id' | 'type'>,
  log: WorkLog,
  now: number,
): Promise<Coverage> {
  const period = periodOf(log, DEFAULT_IDLE_TIMES[workspace.type], now);
  const [gaps, interruptions] = await Promise.all([
    coverage.gaps({ workspaceIds: [workspace.id], ...period }, LIMIT),
    coverage.interruptions(period, LIMIT),
  ]);
  return coverageOf(period, gapsOfPlace(gaps, log.threadId), interruptions);
}

/** What was not seen in some workspaces, but for what only members of a private thread may know of. */
export async function coverageOfWorkspaces(
  { coverage }: Source,
  workspaces: readonly Pick<Workspace, 'id'>[],
  period: Period,
): Promise<Coverage> {
  const workspaceIds = workspaces.map(({ id }) => id);
  const [gaps, interruptions] = await Promise.all([
    coverage.gaps({ workspaceIds, ...period }, LIMIT),
    coverage.interruptions(period, LIMIT),
  ]);
  return coverageOf(
    period,
    gaps.filter(({ privateThread }) => !privateThread),
    interruptions,
  );
}

/** What was not seen in these workspaces since the first of the sessions that were found there began; without any, at any time. */
export function coverageOfFound(
  source: Source,
  workspaces: readonly Workspace[],
  found: readonly { log: Pick<WorkLog, 'startedAt'> }[],
  now: number,
): Promise<Coverage> {
  const from = found.length > 0 ? Math.min(...found.map(({ log }) => log.startedAt)) : 0;
  return coverageOfWorkspaces(source, workspaces, { from, to: now });
}

/** The gaps of each of these workspaces in a period, the latest first, but for what only members of a private thread may know of. */
export async function gapsOfEach<T extends Pick<Workspace, 'id'>>(
  { coverage }: Source,
  workspaces: readonly T[],
  period: Period,
): Promise<{ workspace: T; gap: Gap }[]> {
  const all = await coverage.gaps({ workspaceIds: workspaces.map(({ id }) => id), ...period }, LIMIT);
  const open = all.filter(({ privateThread }) => !privateThread);
  return workspaces
    .flatMap((workspace) => {
      const own = open.filter(({ workspaceId }) => workspaceId === workspace.id);
      return mergeGaps(own).map((gap) => ({ workspace, gap }));
    })
    .sort((a, b) => b.gap.from - a.gap.from);
}
