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
  from: START,
  to: START + HOUR,
  late: false,
};

const today = { dayFrom: START - 7 * HOUR, isPosted: true };

const idOf = (n: number) => String(1_000_000 + n);

const queued = () => store.outbox.due(START + 9 * HOUR, 100);

test('a day has one report, however often it is noted', async () => {
  expect(await store.reports.note(report, today, START)).toBe(true);
  expect(await store.reports.note({ ...report, to: report.to + HOUR, late: true }, today, START + 1)).toBe(
    false,
  );
  expect(await queued()).toMatchObject([{ subject: { kind: 'report', workspaceId: 1, to: report.to } }]);
  expect(await store.reports.get(1, report.to)).toEqual(report);
});

test('a quiet day is noted and nothing is posted for it', async () => {
  expect(await store.reports.note(report, { ...today, isPosted: false }, START)).toBe(true);
  expect(await queued()).toEqual([]);
  expect(await store.reports.note(report, today, START)).toBe(false);
});

test('the next report goes on where the one that reaches furthest ended', async () => {
  expect(await store.reports.latest(1)).toBeNull();
  await store.reports.note(report, today, START);
  const next = { ...report, from: report.to, to: report.to + 24 * HOUR };
  await store.reports.note(next, { ...today, dayFrom: today.dayFrom + 24 * HOUR }, START);
  expect(await store.reports.latest(1)).toEqual(next);
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
    (await store.sessions.during({ workspaceId: 1, from, to, after: null, limit: 9 })).map(
      ({ sessionId }) => sessionId,
    );
  expect(await during(START - HOUR, START + HOUR)).toEqual([idOf(0)]);
  expect(await during(START + HOUR, START + 2 * HOUR)).toEqual([]);
  expect(await during(START, START + 9 * HOUR)).toEqual([idOf(0), idOf(5 * 3600)]);
  const query = { workspaceId: 1, from: START, to: START + 9 * HOUR, limit: 1 };
  const page = async (after: string | null) =>
    (await store.sessions.during({ ...query, after })).map(({ sessionId }) => sessionId);
  expect([await page(null), await page(idOf(0)), await page(idOf(5 * 3600))]).toEqual([
    [idOf(0)],
    [idOf(5 * 3600)],
    [],
  ]);
  expect(await during(START + 20 * HOUR, START + 30 * HOUR)).toEqual([idOf(5 * 3600)]);
});
