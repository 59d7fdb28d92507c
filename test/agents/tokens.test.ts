import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTokens } from '../../src/agents/tokens.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ path: ':memory:' });
});
afterEach(() => store.close());

const MADE = { guildId: '1', botKey: '2', hash: 'f'.repeat(64), createdBy: '3' };

test('a token in use is revoked for the very next call, and its last use is told', async () => {
  const tokens = createTokens(store.tokens);
  const { id } = await tokens.create(MADE, 10);
  expect(await tokens.get(id)).toMatchObject({ usedAt: null, revokedAt: null });
  await tokens.used(id, 20);
  expect(await tokens.get(id)).toEqual(await store.tokens.get(id));
  expect(await tokens.list('1')).toMatchObject([{ usedAt: 20 }]);
  expect(await tokens.revoke(id, '1', 30)).toBe(true);
  expect(await tokens.get(id)).toMatchObject({ revokedAt: 30 });
});

test('one that was being looked up while it was revoked is not taken for a good one later', async () => {
  const tokens = createTokens(store.tokens);
  const { id } = await tokens.create(MADE, 10);
  await Promise.all([tokens.get(id), tokens.revoke(id, '1', 30)]);
  expect(await tokens.get(id)).toMatchObject({ revokedAt: 30 });
});

test('those of a server whose data is deleted are gone, in use or not', async () => {
  const tokens = createTokens(store.tokens);
  const gone = await tokens.create(MADE, 10);
  const kept = await tokens.create({ ...MADE, guildId: '4' }, 10);
  for (const { id } of [gone, kept]) await tokens.get(id);
  await store.erasure.eraseGuild({ guildId: '1', keep: false }, 20);
  tokens.forget('1');
  expect(await tokens.get(gone.id)).toBeNull();
  expect(await tokens.get(kept.id)).toMatchObject({ guildId: '4' });
});
