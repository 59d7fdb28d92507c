import { expect, test } from 'vitest';
import { newReportIds, reportId, reportIds } from '../../src/agents/ids.ts';
import { isReportId } from '../../src/domain/report.ts';

const NOW = Date.UTC(2026, 0, 5);

test('ids of reports have one form, whatever they are made of', () => {
  const all = [reportId('entry', 'x'), ...reportIds(3, 'call', 'key'), ...newReportIds(3, NOW)];
  for (const id of all) {
    expect(id).toMatch(/^a[\da-z]{15}$/);
    expect(isReportId(id)).toBe(true);
  }
});

test('the same names have the same ids, other names others', () => {
  expect(reportIds(2, 'call', 'key')).toEqual(reportIds(5, 'call', 'key').slice(0, 2));
  expect(reportIds(1, 'call', 'a')).not.toEqual(reportIds(1, 'call', 'b'));
  expect(reportId('a', 'bc')).not.toBe(reportId('ab', 'c'));
});

test('ids of calls without a name are never the same, and each call’s follow one another', () => {
  const calls = Array.from({ length: 20 }, () => newReportIds(1000, NOW));
  expect(new Set(calls.flat()).size).toBe(20_000);
  for (const ids of calls) expect(ids.toSorted()).toEqual(ids);
  expect(newReportIds(1, NOW + 1)[0]! > calls[0]![0]!).toBe(true);
});
