import type { RecordingRules } from './domain/policy.ts';
import type { Masked } from './masking/mask.ts';
import { recordApart } from './recorder/apart.ts';
import type { Recorded } from './recorder/apart.ts';
import { observedIn } from './recorder/batch.ts';
import type { Batch } from './recorder/batch.ts';
import { heededBy } from './recorder/heeding.ts';
import { Journal } from './recorder/journal.ts';
import { Recorder } from './recorder/recorder.ts';
import type { Report, ReportOutcome } from './recorder/report.ts';
import type { Store } from './store/store.ts';

/** The recorder and its store, as the thread that talks to Discord uses them. All of it is plain data, so that it can cross threads. */
export interface BackendService {
  store: Store;
  /** What an earlier process had noted and not recorded; it is recorded by now. */
  recovered: Recorded;
  /** Records a batch, in order; after it rejects the batch can be given again, and nothing happens twice. */
  record(batch: Batch): Promise<Recorded>;
  /**
   * Makes a batch durable, several times as fast, that {@link recordNoted} records. After it rejects the batch can be given again.
   * `turn`: which one it is, counted from 0; a batch is refused until the one before it is noted.
   */
  note(turn: number, batch: Batch): Promise<void>;
  /** Records the oldest batch that was noted, if there is one; after it rejects it can be called again. */
  recordNoted(): Promise<Recorded>;
  /** Makes what programs report durable, all of it or nothing; given again, nothing happens twice. */
  report(reports: Report[]): Promise<ReportOutcome[]>;
  /** What a person says in a form about a workspace, without secrets, and without the words and names of those who opted out. */
  mask(workspaceId: number, text: string): Promise<Masked>;
}

export async function createBackendService(store: Store, rules: RecordingRules): Promise<BackendService> {
  const recorder = new Recorder(store, rules);
  for (const workspace of await store.workspaces.list()) recorder.place(workspace);
  // What they are called is kept nowhere.
  for (const person of await store.people.optOuts()) recorder.knowOptedOut({ ...person, names: [] });
  const journal = new Journal(store.journal, recorder);
  return {
    recovered: await journal.recover(),
    store: heededBy(recorder, journal, store),
    record: (batch) => recordApart((some) => recorder.record(some), observedIn(batch)),
    note: (turn, batch) => journal.note(turn, batch),
    recordNoted: () => journal.recordNext(),
    async report(reports) {
      // A message and the report of it must not pass each other.
      await journal.recordAll();
      return recorder.report(reports);
    },
    mask: async (workspaceId, text) => recorder.mask(workspaceId, text),
  };
}
