import { describe, expect, test } from 'vitest';
import { coverageOf, gapsOfPlace, mergeGaps, periodOf, SEEN } from '../../src/domain/coverage.ts';
import type { Gap, GapReason, Interruption, PlacedGap } from '../../src/domain/coverage.ts';

const MINUTE = 60_000;

const gap = (from: number, to: number | null, reason: GapReason = 'too_many_messages'): Gap => ({
  reason,
  from: from * MINUTE,
  to: to === null ? null : to * MINUTE,
});

const interruption = (from: number, to: number | null, caughtUpAt: number | null): Interruption => ({
  cause: 'connection',
  from: from * MINUTE,
  to: to === null ? null : to * MINUTE,
  caughtUpAt: caughtUpAt === null ? null : caughtUpAt * MINUTE,
});

describe('gaps', () => {
  test.each<[string, Gap[], Gap[]]>([
    ['that overlap', [gap(5, 9), gap(1, 6)], [gap(1, 9)]],
    ['that touch', [gap(1, 5), gap(5, 9)], [gap(1, 9)]],
    ['one within the other', [gap(1, 9), gap(2, 3)], [gap(1, 9)]],
    ['one that lasts', [gap(1, null), gap(3, 4), gap(8, 9)], [gap(1, null)]],
  ])('for one reason become one: %s', (_, gaps, merged) => {
    expect(mergeGaps(gaps)).toEqual(merged);
  });

  test('stay apart when time or reason is between them', () => {
    const apart = [gap(1, 2), gap(1, 9, 'channel_hidden'), gap(4, 5)];
    expect(mergeGaps(apart)).toEqual(apart);
  });

  test('concern their own thread, or the channel with all its threads', () => {
    const at = (threadId: string | null, whole = false): PlacedGap => ({
      ...gap(1, 2),
      workspaceId: 1,
      threadId,
      privateThread: false,
      whole,
    });
    const all = [at(null), at('7'), at('8'), at(null, true)];
    expect(gapsOfPlace(all, '7')).toEqual([all[1], all[3]]);
    expect(gapsOfPlace(all, null)).toEqual([all[0], all[3]]);
  });
});

describe('what is said of a period', () => {
  const period = { from: 10 * MINUTE, to: 20 * MINUTE };

  test('is nothing when all that went wrong was before or after', () => {
    const gaps = [gap(1, 9), gap(21, null)];
    expect(coverageOf(period, gaps, [interruption(1, 9, 9), interruption(21, 22, 22)])).toEqual(SEEN);
  });

  test('is each gap that reaches into it, and each interruption that was caught up', () => {
    const caught = interruption(12, 14, 15);
    const gaps = [gap(15, 16), gap(5, 11)];
    expect(coverageOf(period, gaps, [caught])).toEqual({
      gaps: [gap(5, 11), gap(15, 16)],
      caughtUp: [caught],
    });
  });

  test('leaves out that the connection was lost for a moment', () => {
    const blink = { ...interruption(12, 12, 13), to: 12 * MINUTE + 5_000 };
    expect(coverageOf(period, [], [blink])).toEqual(SEEN);
  });

  test('is a gap as long as an interruption has not been caught up', () => {
    const pending = [gap(12, null, 'catching_up')];
    expect(coverageOf(period, [], [interruption(12, 14, null)]).gaps).toEqual(pending);
    expect(coverageOf(period, [], [interruption(12, null, null)]).gaps).toEqual(pending);
  });
});

test.each([
  ['runs', null, null, 99],
  ['ended in silence', 20, 'idle', 50],
  ['ended in silence just now', 20, 'idle', 25],
  ['was ended', 20, 'command', 20],
])('a session that %s is spoken of until then', (_, endedAt, endReason, to) => {
  const now = to === 25 ? 25 : 99;
  expect(periodOf({ startedAt: 10, lastAt: 20, endedAt, endReason }, 30, now)).toEqual({ from: 10, to });
});
