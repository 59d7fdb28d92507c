import { join } from 'node:path';
import { KEEP_ALL } from '../src/domain/policy.ts';
import { DEFAULT_IDLE_TIMES } from '../src/domain/work-log.ts';
import { openDatabase } from '../src/store/sqlite.ts';
import { MIGRATIONS, storeOver } from '../src/store/open.ts';
import type { PlacedDraft, Store } from '../src/store/store.ts';
import { generateDrafts, mapWorkspaces, take } from './shared/drafts.ts';
import { withTempDir } from './shared/part.ts';
import type { PartOptions, PartResult } from './shared/part.ts';
import { showProgress } from './shared/progress.ts';
import { summarize } from './shared/statistics.ts';
import type { Summary } from './shared/statistics.ts';
import { insertBare, readRows } from './store/bare.ts';
import type { Rows } from './store/bare.ts';

/** As many as the bot hands over at once when messages come fast. */
const BATCH = 500;
const WORKSPACES = 20;
const TARGET = 0.8;

/** Entries per second through the store against bare inserts of the same rows. */
export async function benchStore({ quick, dir }: PartOptions): Promise<PartResult> {
  const { entries, rounds } = quick ? { entries: 4_000, rounds: 3 } : { entries: 100_000, rounds: 7 };
  const drafts = take(generateDrafts(Array.from({ length: WORKSPACES }, (_, index) => index + 1)), entries);
  const rows = await rowsOf(drafts, join(dir, 'rows.db'));
  const progress = showProgress('store: rounds', rounds);
  const rates: { store: number[]; bare: number[] } = { store: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    // Whichever goes second finds other caches, so they take turns.
    const sides = round % 2 === 0 ? (['store', 'bare'] as const) : (['bare', 'store'] as const);
    for (const side of sides) {
      const ms = await withTempDir((temp) =>
        side === 'store' ? timeStore(drafts, join(temp, 's.db')) : timeBare(rows, join(temp, 'b.db')),
      );
      rates[side].push((entries / ms) * 1000);
    }
    progress.update(round + 1);
  }
  progress.stop();
  return report(entries, rounds, rates);
}

/** What the store makes of the drafts, as rows of its tables. */
async function rowsOf(drafts: PlacedDraft[], path: string): Promise<Rows> {
  await timeStore(drafts, path);
  const { db, close } = openDatabase(path, MIGRATIONS, Date.now);
  try {
    return readRows(db);
  } finally {
    close();
  }
}

const rules = { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true };

async function timeStore(drafts: PlacedDraft[], path: string): Promise<number> {
  const store = storeOver(openDatabase(path, MIGRATIONS, Date.now));
  await mapWorkspaces(store, WORKSPACES);
  const startedAt = performance.now();
  for (let start = 0; start < drafts.length; start += BATCH) {
    await store.entries.append(drafts.slice(start, start + BATCH), rules);
  }
  await indexAll(store);
  const ms = performance.now() - startedAt;
  await store.close();
  return ms;
}

/** The index follows the entries in quiet moments, or when it is asked: both sides are to be done with it. */
async function indexAll(store: Store): Promise<void> {
  for (let workspaceId = 1; workspaceId <= WORKSPACES; workspaceId += 1) {
    await store.entries.search({ workspaceId, words: ['index'], tags: [], limit: 1 });
  }
}

async function timeBare(rows: Rows, path: string): Promise<number> {
  const { db, close } = openDatabase(path, MIGRATIONS, Date.now);
  const ms = insertBare(db, rows, BATCH);
  close();
  return ms;
}

function report(entries: number, rounds: number, rates: { store: number[]; bare: number[] }): PartResult {
  const ratios = summarize(rates.store.map((rate, round) => rate / rates.bare[round]!));
  const [store, bare] = [summarize(rates.store), summarize(rates.bare)];
  const row = (name: string, { median, min, max }: Summary) => [name, median, min, max];
  return {
    title: 'Store: entries per second',
    notes: [
      `${entries} entries in batches of ${BATCH}, ${WORKSPACES} workspaces; medians of ${rounds} rounds, both sides in turn.`,
      'Bare: better-sqlite3 with the same settings inserts the same rows into the same tables and indexes, search included.',
    ],
    head: ['', 'median', 'least', 'most'],
    rows: [row('entries.append', store), row('bare inserts', bare), row('ratio', ratios)],
    checks: [{ name: 'store / bare', value: ratios.median, sense: '≥', target: TARGET }],
    figures: { entries, rounds, batch: BATCH, store, bare, ratio: ratios },
  };
}
