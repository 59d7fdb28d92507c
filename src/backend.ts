import { Worker } from 'node:worker_threads';
import type { ClosingCard } from './domain/closing-card.ts';
import type { EscalationRules } from './domain/escalation.ts';
import type { InsightRules } from './domain/insight.ts';
import type { RecordingRules } from './domain/policy.ts';
import { StartupError } from './errors.ts';
import type { Observed } from './recorder/observation.ts';
import type { Report, ReportOutcome } from './recorder/report.ts';
import { connect } from './rpc.ts';
import type { Appended, Store } from './store/store.ts';

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
export interface Backend {
  store: Store;
  /** Makes a batch durable, in order; after it rejects the batch can be given again, and nothing happens twice. */
  record(observed: Observed[]): Promise<Appended>;
  /** Makes what programs report durable, all of it or nothing; given again, nothing happens twice. */
  report(reports: Report[]): Promise<ReportOutcome[]>;
  /** Closes the store and ends the thread. */
  close(): Promise<void>;
}

/** The thread's side of {@link Backend}. */
export interface BackendService {
  open(options: BackendOptions): Promise<void>;
  store: Store;
  record(observed: Observed[]): Promise<Appended>;
  report(reports: Report[]): Promise<ReportOutcome[]>;
}

/** What a batch leaves behind is garbage at once; V8 would keep a hundred megabytes for it that nobody needs. */
const YOUNG_GENERATION_MB = 16;

/**
 * Starts the thread and opens the store in it.
 *
 * @throws StartupError when the database cannot be used; its message says what to do.
 */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const worker = new Worker(new URL('backend-thread.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const service = connect<BackendService>(worker);
  try {
    await service.open(options);
  } catch (error) {
    await worker.terminate();
    throw error instanceof Error && error.name === 'StartupError' ? new StartupError(error.message) : error;
  }
  return {
    store: service.store,
    record: (observed) => service.record(observed),
    report: (reports) => service.report(reports),
    async close() {
      await service.store.close();
      await worker.terminate();
    },
  };
}
