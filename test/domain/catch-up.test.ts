import { describe, expect, test } from 'vitest';
import { changesIn, lateAfter } from '../../src/domain/catch-up.ts';
import { compareIds, idAt, latestId, timeOf } from '../../src/domain/snowflake.ts';

const NONE = { edited: [], deleted: [], late: [] };
const there = (id: number, editedAt: number | null = null) => ({ id: String(id), editedAt });
const recorded = (id: number, changedAt = 0) => ({ messageId: String(id), changedAt });
const ALL = { from: '0', to: '99', lateAfter: null };

describe('messages compared with what is recorded', () => {
  test('are unchanged when they are there as they were', () => {
    expect(changesIn([there(5), there(6, 40)], [recorded(5), recorded(6, 40)], ALL)).toEqual(NONE);
  });

  test('were edited when Discord knows a later edit', () => {
    expect(changesIn([there(5, 41)], [recorded(5, 40)], ALL)).toEqual({ ...NONE, edited: ['5'] });
  });

  test('were deleted when Discord has them no more where it listed everything', () => {
    const known = [recorded(3), recorded(5), recorded(7), recorded(9)];
    expect(changesIn([there(5)], known, { ...ALL, from: '4', to: '8' })).toEqual({ ...NONE, deleted: ['7'] });
  });

  test('are not missed when they were never recorded, but for those that may have been on their way', () => {
    const present = [there(5), there(7), there(8)];
    expect(changesIn(present, [recorded(8)], ALL)).toEqual(NONE);
    expect(changesIn(present, [recorded(8)], { ...ALL, lateAfter: '6' })).toEqual({ ...NONE, late: ['7'] });
  });
});

describe('ids', () => {
  test('are ordered by age, whatever their length', () => {
    expect(['1000', '999', '1001', '99'].sort(compareIds)).toEqual(['99', '999', '1000', '1001']);
    expect(latestId('99', '1001', '1000')).toBe('1001');
  });

  test('tell when they were given', () => {
    const at = Date.UTC(2026, 0, 5, 9);
    expect(timeOf(idAt(at))).toBe(at);
    expect(timeOf(lateAfter(idAt(at)))).toBe(at - 30_000);
    expect(idAt(0)).toBe('0');
  });
});
