import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DayReport, Store } from '../../src/store/store.ts';
import { HOUR, mapping, memoryStore, placed, RULES, START } from './support.ts';

let store: Store;

beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
});

afterEach(() => store.close());

const report: DayReport = {
  workspaceId: 1,
  day: '2026-02-13',
  from: START,
  to: START + HOUR,
  late: false,
};

const idOf = (n: number) => String(1_000_000 + n);

const queued = () => store.outbox.due(START + 9 * HOUR, 100);

test('a day has one report, however often it is noted', async () => {
  expect(await store.reports.note(report, true, START)).toBe(true);
  expect(await store.reports.note({ ...report, late: true }, true, START + 1)).toBe(false);
  expect(await queued()).toMatchObject([{ subject: { kind: 'report', workspaceId: 1, day: '2026-02-13' } }]);
  expect(await store.reports.get(1, '2026-02-13')).toEqual(report);
});

test('a quiet day is noted and nothing is posted for it', async () => {
  expect(await store.reports.note(report, false, START)).toBe(true);
  expect(await queued()).toEqual([]);
  expect(await store.reports.note(report, true, START)).toBe(false);
});

test('the next report goes on where the one that reaches furthest ended', async () => {
  expect(await store.reports.latest(1)).toBeNull();
  await store.reports.note(report, true, START);
  await store.reports.note({ ...report, day: '2026-02-12', to: START - HOUR }, true, START);
  expect(await store.reports.latest(1)).toEqual(report);
});

test('what a person has looked at is known for each workspace, and never goes back', async () => {
  expect(await store.reports.looked('5', 1)).toBeNull();
  await store.reports.look('5', 1, START + HOUR);
  await store.reports.look('5', 1, START);
  expect([await store.reports.looked('5', 1), await store.reports.looked('6', 1)]).toEqual([
    START + HOUR,
    null,
  ]);
});

test('the sessions of a time are those that ran in it, and those that still run', async () => {
  await store.entries.append([placed(0, {}, { threadId: '77' }), placed(5 * 3600)], RULES);
  await store.sessions.close({ workspaceId: 1, threadId: '77' }, START + 1, 'command');
  const during = async (from: number, to: number) =>
    (await store.sessions.during({ workspaceId: 1, from, to, limit: 9 })).map(({ sessionId }) => sessionId);
  expect(await during(START - HOUR, START + HOUR)).toEqual([idOf(0)]);
  expect(await during(START + HOUR, START + 2 * HOUR)).toEqual([]);
  expect(await during(START, START + 9 * HOUR)).toEqual([idOf(0), idOf(5 * 3600)]);
  expect(await during(START + 20 * HOUR, START + 30 * HOUR)).toEqual([idOf(5 * 3600)]);
});
