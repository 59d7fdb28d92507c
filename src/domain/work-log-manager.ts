import { LiveWorkLog } from './live-work-log.ts';
import type { Insight, Surroundings, WorkLogStart } from './live-work-log.ts';

export interface ManagerOptions extends Surroundings {
  /** A name that no other session has. */
  newSessionId(workspaceId: string): string;
}

/**
 * The work logs of a program, one running per workspace, all of them in memory for as long as the manager is. Time, ids and
 * policy are the caller's, so that the same calls give the same logs.
 */
export class WorkLogManager {
  readonly #options: ManagerOptions;
  /** In the order of their start. */
  readonly #logs: LiveWorkLog[] = [];
  readonly #running = new Map<string, LiveWorkLog>();

  constructor(options: ManagerOptions) {
    this.#options = options;
  }

  /** Starts a session. The one that still runs in this workspace ends before it, without a final output. */
  startWorkspaceSession(start: Omit<WorkLogStart, 'sessionId'>): LiveWorkLog {
    this.endWorkspaceSession(start.workspaceId, null);
    const sessionId = this.#options.newSessionId(start.workspaceId);
    const log = new LiveWorkLog({ ...start, sessionId }, this.#options);
    this.#logs.push(log);
    this.#running.set(start.workspaceId, log);
    return log;
  }

  /** The session that runs in a workspace. */
  getWorkspaceLog(workspaceId: string): LiveWorkLog | null {
    const log = this.#running.get(workspaceId);
    return log?.endedAt === null ? log : null;
  }

  /** Ends the session that runs in a workspace, if there is one; gives what others may learn from it. */
  endWorkspaceSession(workspaceId: string, finalOutput: string | null): Insight[] {
    return this.getWorkspaceLog(workspaceId)?.end(finalOutput) ?? [];
  }

  /** The one that started last, running or not. */
  getLastLog(): LiveWorkLog | null {
    return this.#logs.at(-1) ?? null;
  }

  getLogBySession(sessionId: string): LiveWorkLog | null {
    return this.#logs.find((log) => log.sessionId === sessionId) ?? null;
  }

  /** Those that started last, newest first, running or not. */
  getAllLogs({ limit = 10, workspaceId }: { limit?: number; workspaceId?: string } = {}): LiveWorkLog[] {
    return this.#logs
      .filter((log) => workspaceId === undefined || log.workspaceId === workspaceId)
      .reverse()
      .slice(0, limit);
  }
}
