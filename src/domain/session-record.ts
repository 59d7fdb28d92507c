import { botNames } from './entry-record.ts';
import type { RecordSetting } from './entry-record.ts';
import type { Participant, WorkLog } from './work-log.ts';
import type { Workspace } from './workspace.ts';

/** What the records of a session's entries say of the session. */
export function recordSetting(
  workspace: Pick<Workspace, 'name' | 'type'>,
  participants: readonly Participant[],
): RecordSetting {
  return {
    workspaceId: `#${workspace.name}`,
    workspaceType: workspace.type,
    participants: botNames(participants.map(({ author }) => author)),
  };
}

/** A session without its entries, for files and other programs. The names are public; instants are ISO 8601, UTC. */
export function sessionRecord(log: WorkLog, { workspaceId, workspaceType, participants }: RecordSetting) {
  return {
    session_id: log.sessionId,
    workspace_id: workspaceId,
    workspace_type: workspaceType,
    thread_id: log.threadId,
    query: log.query,
    participants,
    coordinator: log.coordinator,
    start_time: instant(log.startedAt),
    last_time: instant(log.lastAt),
    end_time: log.endedAt === null ? null : instant(log.endedAt),
    end_reason: log.endReason,
    final_output: log.finalOutput,
    summary: log.summary,
    /** `dropped`: messages that the rules did not keep. `masked`: values. */
    counts: { ...log.counts },
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
