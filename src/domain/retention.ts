import type { Workspace, WorkspaceSettings, WorkspaceType } from './workspace.ts';

const DAY = 24 * 60 * 60_000;

/** After how many days what is said in a workspace of a type is deleted, where nothing else is set of it; 0: never. */
export type RetentionDays = Readonly<Record<WorkspaceType, number>>;

/** How long what is said in a workspace is kept. */
export interface Retention {
  /** 0: for ever. */
  days: number;
  /** Nothing is deleted for its age, whatever the days. */
  hold: boolean;
}

export function retentionOf(
  { type, settings }: { type: WorkspaceType; settings: WorkspaceSettings },
  usual: RetentionDays,
): Retention {
  return { days: settings.retentionDays ?? usual[type], hold: settings.hold ?? false };
}

/** What was said before this time (ms UTC) is to be deleted; null: nothing. */
export function expiresBefore(
  workspace: Pick<Workspace, 'type' | 'settings'>,
  usual: RetentionDays,
  now: number,
): number | null {
  const { days, hold } = retentionOf(workspace, usual);
  return hold || days === 0 ? null : now - days * DAY;
}

/** When what was said at a time is deleted, ms UTC; null: never. */
export function expiryOf(
  at: number,
  workspace: Pick<Workspace, 'type' | 'settings'>,
  usual: RetentionDays,
): number | null {
  const { days, hold } = retentionOf(workspace, usual);
  return hold || days === 0 ? null : at + days * DAY;
}
