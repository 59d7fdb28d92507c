import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { acts, LEARNING, learningStore, learns, session, SHORT } from './insight-support.ts';
import { ana, coder, mapping, placed, researcher, START } from './support.ts';

let store: Store;
beforeEach(async () => {
  ({ store } = learningStore());
  await map({ type: 'open' });
});
afterEach(() => store.close());

const map = (what: Parameters<typeof mapping>[0]) => store.workspaces.map(mapping(what), START, null);

describe('a person', () => {
  const added = {
    workspaceId: 1,
    threadId: null,
    privateThread: false,
    about: null,
    interactionId: 'x1',
    by: ana,
  };
  const said = { category: 'user_preference', content: 'No emoji', masked: 0 };

  test('writes one down, which waits, also where rules approve', async () => {
    await store.close();
    ({ store } = learningStore({ autoApprove: true }));
    await map({ type: 'open' });
    const insight = await store.insights.add({ ...added, ...said }, START);
    expect(insight).toMatchObject({
      state: 'pending',
      by: ana,
      addedBy: null,
      source: null,
      origin: 'person',
      sensitive: ['person'],
    });
    expect(await store.insights.add({ ...added, ...said }, START)).toBeNull();
  });

  test('shares what a bot said; the same step is one only once', async () => {
    await store.entries.append([placed(1, { author: coder, masked: 2, message: 'Use npm ci' })], LEARNING);
    const about = { sessionId: '1000001', step: 1 };
    const insight = await store.insights.add({ ...added, ...said, about }, START);
    expect(insight).toMatchObject({
      by: coder,
      addedBy: ana,
      content: 'No emoji',
      source: { step: 1 },
      sensitive: ['masked', 'person'],
    });
    expect(await store.insights.add({ ...added, ...said, about, interactionId: 'x2' }, START)).toBeNull();
    expect(await store.insights.ofStep('1000001', 1)).toMatchObject({ id: insight!.id });
  });

  test('shares in a direct workspace with the bot that is there alone', async () => {
    await map({ channelId: '11', type: 'direct' });
    await store.entries.append([placed(1, { author: researcher }, { workspaceId: 2 })], LEARNING);
    const insight = await store.insights.add({ ...added, ...said, workspaceId: 2 }, START);
    expect(insight!.scope).toEqual({ within: 'workspace', bots: [researcher.key] });
  });
});

test('a bot finds what it has in one server, whatever came in others since', async () => {
  await map({ channelId: '14', type: 'open', guildId: '2' });
  await session(store, learns(1));
  await session(store, learns(2, 'Elsewhere', { workspaceId: 2 }));
  for (const id of [1, 2]) {
    await acts(store, id, { kind: 'approve' });
    const parcel = { insightIds: [id], recipients: [{ bot: coder, workspaceId: id }], workspace: 'general' };
    await store.insights.deliver(id, parcel, START + id);
  }
  const found = await store.insights.inbox({ bot: coder.key, guildId: mapping({}).guildId, limit: 1 });
  expect(found.map(({ content }) => content)).toEqual([SHORT]);
});

test('a decision of a person counts once, and the second of two comes too late', async () => {
  await session(store, learns(1));
  const actor = { author: ana, interactionId: 'once' };
  expect(await store.insights.act(1, { kind: 'approve' }, actor, START)).toMatchObject({ kind: 'done' });
  expect(await store.insights.act(1, { kind: 'approve' }, actor, START)).toMatchObject({
    kind: 'done',
    insight: { version: 2 },
  });
  expect(await acts(store, 1, { kind: 'reject' })).toMatchObject({
    kind: 'refused',
    insight: { state: 'approved' },
  });
  expect(await acts(store, 99, { kind: 'reject' })).toBeNull();
});
