import { join } from 'node:path';
import { setTimeout as elapsed } from 'node:timers/promises';
import type { WorkLogsClient } from '../src/agents/client.ts';
import { KEEP_ALL } from '../src/domain/policy.ts';
import { DEFAULT_IDLE_TIMES } from '../src/domain/work-log.ts';
import { openStore } from '../src/store/open.ts';
import type { PlacedDraft } from '../src/store/store.ts';
import type { Floor } from './doors/floor.ts';
import { throughDoor } from './replay/doors/stage.ts';
import { startChild } from './shared/child.ts';
import { generateDrafts, mapWorkspaces, take } from './shared/drafts.ts';
import type { PartOptions, PartResult } from './shared/part.ts';
import { watchRecorded } from './shared/recorded.ts';
import { quantile } from './shared/statistics.ts';
import { waitUntilReached } from './shared/wait.ts';

/** As many as one call may bring. */
const BULK = 1_000;
/** How many calls are under way at the same time. */
const CALLS = 4;
const TARGETS = { ratio: 0.5, p99: 5 };
/** The search index is given up after so long without progress, in ms. */
const STALL_MS = 30_000;
/** What the index has is merged for so long after it has all, in ms. */
const MERGING_MS = 3_000;

/** Entries per second through the HTTP door against the store's own rate for them, and how long one entry takes. */
export async function benchDoors({ quick, dir }: PartOptions): Promise<PartResult> {
  const { entries, singles } = quick ? { entries: 4_000, singles: 100 } : { entries: 60_000, singles: 2_000 };
  // Some go before, so that V8 has compiled what it is going to.
  const all = take(generateDrafts([1]), entries * 1.2);
  const [warmUp, drafts] = [all.slice(entries), all.slice(0, entries)];
  const stage = { dbPath: join(dir, 'doors.db'), dir };
  const { bulk, busy, times } = await throughDoor(
    stage,
    async (client) => {
      await timeBulk(client, warmUp);
      const bulk = await timeBulk(client, drafts);
      const busy = await timeSingles(client, drafts, singles / 4);
      await rested(stage.dbPath, all.length + busy.length);
      return { bulk, busy, times: await timeSingles(client, drafts, singles) };
    },
    async (_store, measured) => measured,
  );
  const own = await timeStore(warmUp, drafts, join(dir, 'own.db'));
  const floor = await timeFloor(singles, join(dir, 'floor'));
  const [http, store] = [(entries / bulk) * 1000, (entries / own) * 1000];
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  const [busyP99, floorP50, floorP99] = [quantile(busy, 0.99), quantile(floor, 0.5), quantile(floor, 0.99)];
  return {
    title: 'Doors: entries per second over HTTP, and ms for one',
    notes: [
      `${entries} entries as NDJSON, ${BULK} a call, ${CALLS} calls at a time, to the bot in a process of its own.`,
      `The store's own rate: the same entries appended in this process. One entry: ${singles} calls one after the other, once the search index is at rest.`,
      'An entry is answered for when the disk has it. The same way without the bot, a server that lets a thread write as much, is what the machine takes for that.',
    ],
    head: ['', 'value'],
    rows: [
      ['HTTP bulk, entries/s', http],
      ['store, entries/s', store],
      ['one entry, median ms', p50],
      ['one entry, p99 ms', p99],
      ['one entry while the index takes in the bulk, p99 ms', busyP99],
      ['the same way without the bot, median ms', floorP50],
      ['the same way without the bot, p99 ms', floorP99],
    ],
    checks: [
      { name: 'HTTP bulk / store', value: http / store, sense: '≥', target: TARGETS.ratio },
      { name: 'one entry, p99 ms', value: p99, sense: '≤', target: TARGETS.p99 },
    ],
    figures: { entries, singles, http, store, ratio: http / store, p50, p99, busyP99, floorP50, floorP99 },
  };
}

async function timeBulk(client: WorkLogsClient, drafts: readonly PlacedDraft[]): Promise<number> {
  const bodies: string[] = [];
  for (let from = 0; from < drafts.length; from += BULK)
    bodies.push(
      drafts
        .slice(from, from + BULK)
        .map(lineOf)
        .join('\n'),
    );
  const startedAt = performance.now();
  const next = bodies.values();
  const send = async () => {
    for (const body of next) await client.post('/v1/log_entries', { body, type: 'application/x-ndjson' });
  };
  await Promise.all(Array.from({ length: CALLS }, send));
  return performance.now() - startedAt;
}

/** Resolves when the bot has nothing left to do but to record. */
async function rested(dbPath: string, total: number): Promise<void> {
  const counts = watchRecorded(dbPath);
  const what = 'The search index';
  await waitUntilReached(counts.searchable, total, { what, stallMs: STALL_MS, pollMs: 100 });
  counts.close();
  await elapsed(MERGING_MS);
}

function lineOf({ draft }: PlacedDraft): string {
  const { message, confidence, durationMs, tool } = draft;
  const run = tool && {
    tool_name: tool.name,
    tool_input: tool.input,
    tool_output: tool.output,
    tool_status: tool.status,
  };
  return JSON.stringify({ message, confidence, duration_ms: durationMs, ...run });
}

function timeSingles(
  client: WorkLogsClient,
  drafts: readonly PlacedDraft[],
  singles: number,
): Promise<number[]> {
  return timeCalls(singles, async (n) => {
    const message = drafts[n]!.draft.message || 'empty';
    await client.call('log_entries', { entries: [{ message }] });
  });
}

/** One after the other, slowly enough that none is told to wait; ms of each. */
async function timeCalls(calls: number, call: (n: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < calls; n += 1) {
    const startedAt = performance.now();
    await call(n);
    times.push(performance.now() - startedAt);
    await elapsed(10);
  }
  return times;
}

const rules = { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true };

async function timeStore(warmUp: PlacedDraft[], drafts: PlacedDraft[], path: string): Promise<number> {
  const store = await openStore({ path });
  await mapWorkspaces(store, 1);
  const append = async (some: PlacedDraft[]) => {
    for (let from = 0; from < some.length; from += BULK)
      await store.entries.append(some.slice(from, from + BULK), rules);
  };
  await append(warmUp);
  const startedAt = performance.now();
  await append(drafts);
  const ms = performance.now() - startedAt;
  await store.close();
  return ms;
}

/** How long a call takes of which nothing is done but to let a thread write to the disk. */
async function timeFloor(calls: number, file: string): Promise<number[]> {
  const floor = startChild<Floor>(join(import.meta.dirname, 'doors', 'floor.ts'));
  const url = `http://127.0.0.1:${await floor.call.listen(file)}`;
  const times = await timeCalls(calls, async () => {
    const response = await fetch(url, { method: 'POST', body: '{}' });
    await response.json();
  });
  floor.stop();
  return times;
}
