import { parentPort } from 'node:worker_threads';
import type { BackendOptions, BackendService } from './backend.ts';
import { heededBy } from './recorder/heeding.ts';
import { Recorder } from './recorder/recorder.ts';
import { serve } from './rpc.ts';
import { openStore } from './store/open.ts';

if (parentPort === null)
  throw new Error('backend-thread.ts runs only as a thread; start it with startBackend().');

/** What {@link serve} answers with: `open` first, everything else once the store is there. */
const service: Partial<BackendService> = {
  async open({ path, rules, card, escalations, insights }: BackendOptions) {
    const store = await openStore({ path, card, escalations, insights });
    const recorder = new Recorder(store, rules);
    service.store = heededBy(recorder, store);
    service.record = (observed) => recorder.record(observed);
    service.report = (reports) => recorder.report(reports);
  },
};

serve(parentPort, service);
