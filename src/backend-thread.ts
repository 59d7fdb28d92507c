import { parentPort } from 'node:worker_threads';
import { createBackendService } from './backend-service.ts';
import type { OpenBackend } from './backend.ts';
import { createMasker } from './masking/mask.ts';
import { serve } from './rpc.ts';
import { openStore } from './store/open.ts';
import { explain } from './store/sqlite.ts';

if (parentPort === null)
  throw new Error('backend-thread.ts runs only as a thread; start it with startBackend().');

/** What {@link serve} answers with: `open` first, everything else once the store is there. */
const service: Pick<OpenBackend, 'open'> & Partial<OpenBackend> = {
  async open({ path, rules, card, escalations, insights }) {
    // What others learn is looked through in any case.
    const masker = rules.maskSecrets ? null : createMasker();
    const looksPrivate = (text: string) => masker !== null && masker.mask(text).masked > 0;
    const store = await openStore({ path, card, escalations, insights, looksPrivate, isAwaited: true });
    const { recovered, ...opened } = await createBackendService(store, rules).catch((error: unknown) => {
      throw explain(error, path);
    });
    Object.assign(service, opened);
    return recovered;
  },
};

// While something long is under way the disk is waited for here, where that keeps nobody else waiting.
serve(parentPort, service, async () => service.store?.durable());
