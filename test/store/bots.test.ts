import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { HOUR, RULES, START, coder, mapping, memoryStore, nanobot, placed, researcher } from './support.ts';

let store: Store;

beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  await store.workspaces.map(mapping({ channelId: '11' }), START, null);
});

afterEach(() => store.close());

test('the bots of some workspaces are listed, the latest first, each once and no people', async () => {
  const inSecond = { workspaceId: 2 };
  await store.entries.append(
    [
      placed(1, { author: nanobot }),
      placed(2, { author: researcher }),
      placed(3, { author: coder }, inSecond),
      placed(4),
      placed(5, { author: nanobot, at: START + 2 * HOUR }, inSecond),
    ],
    RULES,
  );
  expect(await store.bots.list([1], 9)).toEqual([researcher, nanobot]);
  expect(await store.bots.list([1, 2], 9)).toEqual([nanobot, coder, researcher]);
  expect(await store.bots.list([2, 1], 1)).toEqual([nanobot]);
  expect(await store.bots.list([], 9)).toEqual([]);
});

test('a bot that writes again moves to the front within the hour, under its present name', async () => {
  await store.entries.append([placed(1, { author: nanobot }), placed(2, { author: researcher })], RULES);
  const renamed = { ...nanobot, name: 'nanobot-2' };
  await store.entries.append([placed(3, { author: renamed, at: START + 1000 + HOUR })], RULES);
  expect(await store.bots.list([1], 9)).toEqual([renamed, researcher]);
});
