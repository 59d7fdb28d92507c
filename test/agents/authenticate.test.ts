import { afterEach, beforeEach, expect, test } from 'vitest';
import { authenticate } from '../../src/agents/authenticate.ts';
import type { Doors } from '../../src/agents/doors.ts';
import { newSecret, tokenText } from '../../src/agents/secret.ts';
import { createTokens } from '../../src/agents/tokens.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ path: ':memory:' });
});
afterEach(() => store.close());

test('a token that was tried while its bot was away is gone with the data of the server', async () => {
  const tokens = createTokens(store.tokens);
  const { secret, hash } = newSecret();
  const { id } = await tokens.create({ guildId: '1', botKey: '2', hash, createdBy: '3' }, 10);
  let member: object | null = { id: '2', displayName: 'guest' };
  const doors = { app: { tokens, now: () => 20 }, member: async () => member } as unknown as Doors;
  const call = () => authenticate(doors, `Bearer ${tokenText(id, secret)}`);
  expect(await call()).toMatchObject({ tokenId: id, guildId: '1', bot: { name: 'guest' } });
  member = null;
  await expect(call()).rejects.toMatchObject({ code: 'forbidden' });
  await store.erasure.eraseGuild({ guildId: '1', keep: false }, 30);
  member = { id: '2', displayName: 'guest' };
  await expect(call()).rejects.toMatchObject({ code: 'unauthorized' });
});
