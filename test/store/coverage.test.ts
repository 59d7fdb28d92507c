import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlacedGap } from '../../src/domain/coverage.ts';
import type { Store } from '../../src/store/store.ts';
import { ana, mapping, memoryStore, MINUTE, placed, RULES, START } from './support.ts';

let store: Store;
beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  await store.workspaces.map(mapping({ channelId: '11' }), START, null);
});
afterEach(() => store.close());

const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };
const gaps = () => store.coverage.gaps({ workspaceIds: [1, 2], ...EVER }, 10);

describe('marks', () => {
  const mark = (messageId: string, threadId: string | null = null) => ({
    workspaceId: 1,
    threadId,
    messageId,
  });

  test('only go forward, place by place', async () => {
    for (const id of ['999', '1000', '998']) await store.coverage.mark(mark(id));
    await store.coverage.mark(mark('5', '77'));
    expect(await store.coverage.marks(1)).toEqual([mark('1000'), mark('5', '77')]);
    expect(await store.coverage.marks(2)).toEqual([]);
  });

  test('are set with the messages, or not at all', async () => {
    await store.entries.append([placed(1)], RULES, [mark('1000001')]);
    const unknown = store.entries.append([placed(2, {}, { workspaceId: 9 })], RULES, [mark('1000002')]);
    await expect(unknown).rejects.toThrow('no workspace 9');
    expect(await store.coverage.marks(1)).toEqual([mark('1000001')]);
  });
});

test('recorded messages are those of the place that were posted and are not deleted, with their latest change', async () => {
  await store.entries.append([placed(1), placed(2), placed(3), placed(4, {}, { threadId: '77' })], RULES);
  await store.entries.rewrite([placed(2, { message: 'longer' })], START + MINUTE, RULES);
  await store.entries.erase(['1000003'], START + MINUTE);
  await store.entries.append([placed(5, { author: ana, origin: 'reported' })], RULES);
  expect(await store.coverage.recorded({ workspaceId: 1, threadId: null }, 10)).toEqual([
    { messageId: '1000001', changedAt: START + 1000 },
    { messageId: '1000002', changedAt: START + MINUTE },
  ]);
});

describe('gaps', () => {
  const past: PlacedGap = {
    workspaceId: 2,
    threadId: '77',
    privateThread: true,
    whole: false,
    reason: 'too_many_messages',
    from: START,
    to: START + MINUTE,
  };

  test('are found by the periods they touch', async () => {
    await store.coverage.addGap(past);
    const during = (from: number, to: number) =>
      store.coverage.gaps({ workspaceIds: [2], from: START + from, to: START + to }, 10);
    expect(await during(0, 1)).toEqual([past]);
    expect(await during(MINUTE, MINUTE + 1)).toEqual([past]);
    expect(await during(MINUTE + 1, 2 * MINUTE)).toEqual([]);
    expect(await during(-2, -1)).toEqual([]);
  });

  test('that last keep their beginning, whatever the reason becomes, and end or go', async () => {
    await store.coverage.openGap(1, 'channel_hidden', START);
    await store.coverage.openGap(1, 'no_history_permission', START + MINUTE);
    const lasting = { workspaceId: 1, reason: 'no_history_permission', from: START, to: null, whole: true };
    expect(await gaps()).toMatchObject([lasting]);
    await store.coverage.closeGap(1, START + 2 * MINUTE);
    expect(await gaps()).toMatchObject([{ ...lasting, to: START + 2 * MINUTE }]);
    await store.coverage.openGap(1, 'channel_hidden', START + 3 * MINUTE);
    await store.coverage.closeGap(1, null);
    expect(await gaps()).toHaveLength(1);
  });
});

describe('interruptions', () => {
  const interruptions = () => store.coverage.interruptions(EVER, 10);

  test('begin where the last process was heard of, and stay open until all has been read', async () => {
    expect(await store.coverage.started(START)).toEqual({ since: null, clean: false, resumedAt: null });
    await store.coverage.beat(START, false);
    const left = await store.coverage.started(START + MINUTE);
    expect(left).toEqual({ since: START, clean: false, resumedAt: null });
    await store.coverage.caughtUp(START + MINUTE);
    expect(await interruptions()).toEqual([{ cause: 'stopped', from: START, to: null, caughtUpAt: null }]);
    await store.coverage.back(START + MINUTE);
    await store.coverage.beat(START + MINUTE, false);
    // It ended again before it had read all.
    expect((await store.coverage.started(START + 2 * MINUTE)).since).toBe(START);
    await store.coverage.back(START + 2 * MINUTE);
    await store.coverage.caughtUp(START + 3 * MINUTE);
    expect((await interruptions()).map(({ caughtUpAt }) => caughtUpAt)).toEqual([
      START + 3 * MINUTE,
      START + 3 * MINUTE,
    ]);
  });

  test('are one as long as the connection is lost', async () => {
    await store.coverage.lost(START);
    await store.coverage.lost(START + 1);
    await store.coverage.back(START + 2);
    await store.coverage.caughtUp(START + 3);
    await store.coverage.lost(START + 4);
    expect(await interruptions()).toMatchObject([
      { cause: 'connection', from: START + 4, to: null },
      { from: START, to: START + 2, caughtUpAt: START + 3 },
    ]);
  });

  test('tell a clean stop, and recording that was switched off', async () => {
    await store.coverage.beat(START, true);
    await store.coverage.stopped(START + 1);
    const resumedAt = START + MINUTE;
    expect(await store.coverage.started(resumedAt)).toEqual({ since: START + 1, clean: true, resumedAt });
    await store.coverage.beat(resumedAt, false);
    expect(await store.coverage.started(START + 2 * MINUTE)).toMatchObject({ clean: false, resumedAt });
    expect(await store.coverage.heardUntil()).toBe(resumedAt);
  });
});
