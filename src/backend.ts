import { Worker } from 'node:worker_threads';
import type { BackendService } from './backend-service.ts';
import type { ClosingCard } from './domain/closing-card.ts';
import type { EscalationRules } from './domain/escalation.ts';
import type { InsightRules } from './domain/insight.ts';
import type { RecordingRules } from './domain/policy.ts';
import { StartupError } from './errors.ts';
import { connect } from './rpc.ts';

export interface BackendOptions {
  /** The SQLite file, or `:memory:`. */
  path: string;
  rules: RecordingRules;
  /** What is posted when a session ends; nothing where there is none. */
  card?: ClosingCard | null;
  /** When people are told of escalations, and how often; absent: as it is without a config file. */
  escalations?: EscalationRules;
  /** What is learned, and when it is shared; absent: as it is without a config file. */
  insights?: InsightRules;
}

/** What the database's thread does for the others (docs/decisions/0001). */
export interface Backend extends BackendService {
  /** Closes the store and ends the thread. */
  close(): Promise<void>;
}

/** The thread's side of {@link Backend}. */
export interface OpenBackend extends Omit<BackendService, 'recovered'> {
  open(options: BackendOptions): Promise<BackendService['recovered']>;
}

/** What a batch leaves behind is garbage at once; V8 would keep a hundred megabytes for it that nobody needs. */
export const DATABASE_THREAD = { resourceLimits: { maxYoungGenerationSizeMb: 16 } };

/**
 * Starts the thread and opens the store in it.
 *
 * @throws StartupError when the database cannot be used; its message says what to do.
 */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const worker = new Worker(new URL('backend-thread.ts', import.meta.url), DATABASE_THREAD);
  const service = connect<OpenBackend>(worker);
  const recovered = await service.open(options).catch(async (error: unknown) => {
    await worker.terminate();
    throw error instanceof Error && error.name === 'StartupError' ? new StartupError(error.message) : error;
  });
  return {
    store: service.store,
    recovered,
    record: (observed) => service.record(observed),
    note: (turn, observed) => service.note(turn, observed),
    recordNoted: () => service.recordNoted(),
    report: (reports) => service.report(reports),
    mask: (workspaceId, text) => service.mask(workspaceId, text),
    async close() {
      await service.store.close();
      await worker.terminate();
    },
  };
}
