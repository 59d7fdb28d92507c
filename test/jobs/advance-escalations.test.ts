import { expect, test } from 'vitest';
import { advanceEscalations } from '../../src/jobs/advance-escalations.ts';
import { jobs } from '../../src/jobs/index.ts';
import type { App } from '../../src/app.ts';

import { asks, post } from '../store/escalation-support.ts';
import { mapping, memoryStore, MINUTE, RULES, START } from '../store/support.ts';

test('does every few seconds what time asks of many escalations, also when more is due than one batch holds', async () => {
  expect(jobs).toContain(advanceEscalations);
  expect(advanceEscalations.schedule).toBe('*/5 * * * * *');
  const { store } = memoryStore();
  await store.workspaces.map(mapping({ type: 'open' }), START, null);
  const questions = Array.from({ length: 250 }, (_, n) =>
    asks(n, { timeout_ms: MINUTE, on_timeout: 'cancel', dedupe_key: `k${n}` }, { draft: { at: START } }),
  );
  await store.entries.append(questions, RULES);
  const lines: unknown[] = [];
  const app = { store, log: { debug: (fields: unknown) => lines.push(fields) } } as unknown as App;
  await advanceEscalations.run(app, START + MINUTE - 1);
  expect((await store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 1 })).total).toBe(250);
  await advanceEscalations.run(app, START + MINUTE);
  await advanceEscalations.run(app, START + MINUTE);
  expect((await store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 1 })).total).toBe(0);
  expect(lines).toEqual([{ escalations: 250 }]);
  expect(await post(store, START + MINUTE)).toEqual([]);
  await store.close();
});
