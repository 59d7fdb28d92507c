import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { objectionDraft } from '../../src/domain/feedback.ts';
import type { Objection } from '../../src/domain/feedback.ts';
import type { Store } from '../../src/store/store.ts';
import { ana, mapping, memoryStore, MINUTE, placed, researcher, RULES, START } from './support.ts';

let store: Store;
const SESSION = '1000001';

beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  await store.workspaces.map(mapping({ channelId: '11' }), START, null);
  await store.entries.append([placed(1), placed(2, { author: researcher })], RULES);
});
afterEach(() => store.close());

const against = { step: 2, messageId: '1000002' };
const objection = (n: number, overrides: Partial<Objection> = {}) =>
  objectionDraft({
    interactionId: `90000${n}`,
    by: ana,
    against,
    reason: 'The zebra was grey',
    masked: 0,
    at: START + MINUTE,
    ...overrides,
  });

describe('an objection', () => {
  test('is the next step of its session, and answers the step that was wrong', async () => {
    expect(await store.feedback.object(SESSION, objection(1))).toBe(3);
    expect(await store.entries.byStep(SESSION, 3)).toMatchObject({
      author: ana,
      level: 'correction',
      message: 'The zebra was grey',
      responseTo: 2,
      triggeredBy: 'user',
      details: { corrects: 2 },
    });
    const found = { workspaceId: 1, words: ['zebra'], tags: [], limit: 5 };
    expect((await store.entries.search(found)).map(({ step }) => step)).toEqual([3]);
  });

  test('leaves the steps of a running session without gaps, and its times alone', async () => {
    await store.feedback.object(SESSION, objection(1, { masked: 2, at: START + 100 * MINUTE }));
    await store.entries.append([placed(4)], RULES);
    const { entries, total } = await store.entries.page({ sessionId: SESSION }, 0, 10);
    expect([entries.map(({ step }) => step), total]).toEqual([[1, 2, 3, 4], 4]);
    expect(await store.sessions.get(SESSION)).toMatchObject({
      lastAt: START + 4000,
      counts: { steps: 4, masked: 2 },
    });
    expect(await store.sessions.participants(SESSION)).toEqual([
      { author: ana, steps: 3 },
      { author: researcher, steps: 1 },
    ]);
  });

  test('goes to a session that has ended, not to the one that runs now', async () => {
    await store.sessions.close({ workspaceId: 1, threadId: null }, START + MINUTE, 'command');
    await store.entries.append([placed(3)], RULES);
    expect(await store.feedback.object(SESSION, objection(1))).toBe(3);
    await store.entries.append([placed(4)], RULES);
    const steps = async (sessionId: string) =>
      (await store.entries.page({ sessionId }, 0, 10)).entries.map(({ messageId }) => messageId);
    expect(await steps(SESSION)).toEqual(['1000001', '1000002', '900001']);
    expect(await steps('1000003')).toEqual(['1000003', '1000004']);
    expect(await store.sessions.participants(SESSION)).toEqual([
      { author: ana, steps: 2 },
      { author: researcher, steps: 1 },
    ]);
  });

  test('that is delivered twice is one; of an unknown session it is none', async () => {
    await store.feedback.object(SESSION, objection(1));
    expect(await store.feedback.object(SESSION, objection(1))).toBeNull();
    expect(await store.feedback.object('42', objection(2))).toBeNull();
    expect((await store.sessions.get(SESSION))?.counts.steps).toBe(3);
  });

  test('counts a step once, whoever says that it was wrong', async () => {
    const bob = { ...ana, key: '101' };
    for (const by of [ana, bob, bob])
      await store.feedback.object(SESSION, objection(by === ana ? 1 : 2, { by }));
    expect((await store.feedback.counts([1])).mistakes).toBe(1);
    await store.feedback.object(SESSION, objection(3, { against: { step: 1, messageId: '1000001' } }));
    expect((await store.feedback.counts([1])).mistakes).toBe(2);
    expect((await store.feedback.counts([2])).mistakes).toBe(0);
  });
});

describe('a rating', () => {
  const rate = (userId: string, helped: boolean, sessionId = SESSION) =>
    store.feedback.rate({ userId, sessionId, helped }, START);

  test('is a person’s last word on a session', async () => {
    expect(await store.feedback.hasRated('100', SESSION)).toBe(false);
    await rate('100', true);
    await rate('100', false);
    await rate('101', true);
    await rate('101', true, '42');
    expect(await store.feedback.hasRated('100', SESSION)).toBe(true);
    expect(await store.feedback.hasRated('102', SESSION)).toBe(false);
    expect(await store.feedback.counts([1, 2])).toEqual({ helped: 1, notHelped: 1, mistakes: 0 });
  });

  test('of a private thread’s session is not counted for all', async () => {
    await store.entries.append([placed(5, {}, { threadId: '77', privateThread: true })], RULES);
    await rate('100', true, '1000005');
    expect(await store.feedback.counts([1])).toMatchObject({ helped: 0 });
  });
});

test('who asked is kept once, for each server', async () => {
  await store.feedback.asked({ guildId: '1', userId: '100' }, START);
  await store.feedback.asked({ guildId: '1', userId: '100' }, START + 1);
  await store.feedback.asked({ guildId: '2', userId: '101' }, START);
  expect(await store.feedback.askers('1')).toEqual(['100']);
  expect(await store.feedback.people(10)).toEqual(['100']);
});
