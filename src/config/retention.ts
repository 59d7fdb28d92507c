import { WORKSPACE_TYPES } from '../domain/workspace.ts';
import type { WorkspaceType } from '../domain/workspace.ts';
import type { ConfigFile } from './file.ts';

/** Where the file says nothing. */
const USUAL_DAYS: Record<WorkspaceType, number> = { open: 7, project: 90, direct: 30, coordination: 90 };

/** After how many days what was said is deleted: as said of the type, or else of all, or else as is usual; 0: never. */
export function retentionDays({ work_logs: logs }: ConfigFile): Record<WorkspaceType, number> {
  const days = WORKSPACE_TYPES.map((type) => {
    const own = logs.workspace_defaults[type].retention_days;
    return [type, own ?? logs.retention_days ?? USUAL_DAYS[type]];
  });
  return Object.fromEntries(days) as Record<WorkspaceType, number>;
}
