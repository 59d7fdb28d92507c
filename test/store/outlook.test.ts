import { expect, test } from 'vitest';
import { prepareRoughOutlook } from '../../src/store/outlook.ts';
import { coder, mapping, memoryStore, placed, RULES, START } from './support.ts';

test('of a session that goes on, what is younger does not count, however much it is', async () => {
  const { store, db } = memoryStore();
  await store.workspaces.map(mapping(), START, null);
  const drafts = Array.from({ length: 400 }, (_, n) => placed(n, { author: coder }));
  await store.entries.append(drafts, RULES);
  const roughly = prepareRoughOutlook(db);
  const after = (seconds: number) => ({ workspaceId: 1, before: START + seconds * 1000 });
  expect([0, 1, 10, 300, 400].map((seconds) => roughly(after(seconds)))).toEqual([0, 1, 8, 256, 400]);
  const expiry = { ages: [after(10)], posted: 0, everything: 0, limit: Infinity };
  expect(await store.erasure.expire(expiry)).toMatchObject({ entries: 10 });
  expect([10, 30, 400].map((seconds) => roughly(after(seconds)))).toEqual([0, 16, 390]);
  await store.close();
});
