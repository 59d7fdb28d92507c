import { join } from 'node:path';
import { generateDrafts, mapWorkspaces, snowflake, take } from './shared/drafts.ts';
import { measure, RULES, startThreads } from './retention/measure.ts';
import type { Measured, Threads } from './retention/measure.ts';
import { longestOfItsOwn } from './retention/pauses.ts';
import type { Check, PartOptions, PartResult } from './shared/part.ts';
import { showProgress } from './shared/progress.ts';
import type { PlacedDraft } from '../src/store/store.ts';

const WORKSPACES = 20;
const BATCH = 500;
/** While something is deleted so many are recorded at a time. */
const LIVE_BATCH = 50;
const TARGET_MS = 20;

/** Every so many messages are one person's: of a million, 100,000 are left when the oldest tenth is gone. */
const PERSONS_SHARE = 9;
const PERSON = { key: snowflake(9_999_999), name: 'Wilhelmina Quist', kind: 'person' as const };

/** How long threads stand still while the oldest tenth of all is deleted, and then a person who wrote a ninth of the rest is forgotten. */
export async function benchRetention({ quick, dir }: PartOptions): Promise<PartResult> {
  const entries = quick ? 10_000 : 1_000_000;
  const threads = await startThreads(join(dir, 'work-logs.db'));
  const drafts = conversation();
  const before = await fill(threads, entries, drafts);
  const next = () => take(drafts, LIVE_BATCH);
  const old = await measure(threads, () => expire(threads, before), next);
  const person = { userId: PERSON.key, names: [PERSON.name] };
  const forgotten = await measure(
    threads,
    () => threads.store.erasure.forget(person, Number.MAX_SAFE_INTEGER, Infinity),
    next,
  );
  await threads.end();
  return report(entries, old, forgotten);
}

/** Agents at work, and a person who talks to them. */
function* conversation(): Generator<PlacedDraft, never> {
  const ids = Array.from({ length: WORKSPACES }, (_, index) => index + 1);
  const drafts = generateDrafts(ids);
  for (let n = 1; ; n += 1) {
    const placed = take(drafts, 1)[0]!;
    yield n % PERSONS_SHARE === 0 ? { ...placed, draft: { ...placed.draft, author: PERSON } } : placed;
  }
}

/** Returns the time up to which the oldest tenth was said, ms UTC. */
async function fill({ store }: Threads, entries: number, drafts: Iterator<PlacedDraft>): Promise<number> {
  const workspaceIds = await mapWorkspaces(store, WORKSPACES);
  const progress = showProgress('retention: entries', entries);
  let before = 0;
  for (let done = 0; done < entries; done += BATCH) {
    const batch = take(drafts, BATCH);
    if (done <= entries / 10) before = Math.max(...batch.map(({ draft }) => draft.at));
    await store.entries.append(batch, RULES);
    progress.update(done + BATCH);
  }
  progress.stop();
  for (const workspaceId of workspaceIds)
    await store.entries.search({ workspaceId, words: ['index'], tags: [], limit: 1 });
  return before;
}

async function expire({ store }: Threads, before: number): Promise<number> {
  const ages = Array.from({ length: WORKSPACES }, (_, index) => ({ workspaceId: index + 1, before }));
  const expiry = { ages, posted: before, everything: before, limit: Infinity };
  return (await store.erasure.expire(expiry)).entries;
}

const THREADS = {
  database: 'the database’s thread',
  main: 'the main thread',
  idle: 'an idle process',
};

function report(entries: number, old: Measured, forgotten: Measured): PartResult {
  const row = (name: string, of: (measured: Measured) => number) => [name, of(old), of(forgotten)];
  const seconds = ({ ms }: Measured) => ms / 1000;
  const pauses = Object.entries(THREADS).flatMap(([thread, name]) => {
    const of = ({ pauses }: Measured) => pauses[thread as keyof typeof THREADS];
    return [
      row(`longest pause of ${name}, ms`, (measured) => of(measured).longest),
      row('  but for one turn in a thousand', (measured) => of(measured).p999),
      row('  longest while the idle process ran', (measured) =>
        longestOfItsOwn(of(measured), measured.pauses.idle),
      ),
    ];
  });
  return {
    title: 'Retention: the oldest tenth is deleted, then a person is forgotten, while others are recorded',
    notes: [
      `${entries} entries in ${WORKSPACES} workspaces; to the end of giving back the space and emptying the log.`,
      'The idle process says when the machine ran nobody: what a thread paused while that one stood still as well is not its own doing.',
    ],
    head: ['', 'too old', 'forgotten'],
    rows: [
      row('entries', ({ removed }) => removed),
      row('seconds', seconds),
      row('entries per second', (measured) => measured.removed / seconds(measured)),
      row('recorded per second meanwhile', (measured) => measured.recorded / seconds(measured)),
      ...pauses,
    ],
    checks: [...checksOf('too old', old), ...checksOf('forgotten', forgotten)],
    figures: { entries, old, forgotten },
  };
}

function checksOf(what: string, { pauses }: Measured): Check[] {
  return (['database', 'main'] as const).map((thread) => ({
    name: `${what}: longest pause of ${THREADS[thread]} while the machine ran, ms`,
    value: longestOfItsOwn(pauses[thread], pauses.idle),
    sense: '≤',
    target: TARGET_MS,
  }));
}
