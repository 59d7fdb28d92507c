import { setImmediate as breathe } from 'node:timers/promises';
import type { App } from '../app.ts';
import { coverageOfWorkspaces } from '../coverage.ts';
import { isBot } from '../domain/author.ts';
import { SEEN } from '../domain/coverage.ts';
import type { Period } from '../domain/coverage.ts';
import { DigestFold } from '../domain/digest.ts';
import type { DigestPeriod } from '../domain/digest-line.ts';
import type { Digest, DigestEnds } from '../domain/digest.ts';
import type { Entry } from '../domain/entry.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { Insight } from '../domain/insight.ts';
import { TimelineFold } from '../domain/timeline.ts';
import type { Timeline } from '../domain/timeline.ts';
import type { WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Store } from '../store/store.ts';

/** Entries are read in pages, so that the thread that talks to Discord is never held for long. */
const PAGE = 125;
/** So many steps before the time of the report tell what was already asked for. */
const LOOK_BACK = 300;
/** Of sessions, and of what waits at the end: however many there are, all are told or counted. */
const MANY = 200;

/** What reports are made from. */
interface Source {
  store: Store;
  config: { workLogs: Pick<App['config']['workLogs'], 'confidenceThreshold'> };
}

/** A report and its picture's data. */
export interface Gathered {
  digest: Digest;
  timeline: Timeline;
}

/**
 * What happened in a workspace in a time, of all that everybody who may read it may see: private threads are left out.
 */
export async function gatherDigest(
  app: Source,
  workspace: Workspace,
  { from, to }: Period,
): Promise<Gathered> {
  const { store, config } = app;
  const period: DigestPeriod = { from, to, confidenceThreshold: config.workLogs.confidenceThreshold };
  const fold = new DigestFold(period);
  const sessions = await allOf((last: WorkLog | undefined) =>
    store.sessions.during({
      workspaceId: workspace.id,
      from,
      to,
      after: last?.sessionId ?? null,
      limit: MANY,
    }),
  );
  const lanes = new TimelineFold(drawnSpan({ from, to }, sessions));
  for await (const page of pagesOf(store, sessions, from)) {
    for (const entry of page) {
      fold.add(entry);
      lanes.add(entry);
    }
  }
  const escalations = await waitingIn(store, workspace.id);
  const digest = fold.digest({
    sessions,
    escalations: escalations.filter(({ privateThread }) => !privateThread),
    insights: await learnedUntil(store, workspace.id, to),
    coverage: await coverageOfWorkspaces(store, [workspace], { from, to }),
    exchanged: await store.insights.exchanged(workspace.id, { from, to }),
  });
  return { digest, timeline: lanes.timeline() };
}

/** What waits for approval, and what has become doubtful, as far as everybody who may read the workspace may see it. */
async function learnedUntil(
  store: App['store'],
  workspaceId: number,
  to: number,
): Promise<DigestEnds['insights']> {
  const found = await allOf((last: Insight | undefined) =>
    store.insights.review({ workspaceIds: [workspaceId], after: last?.id ?? 0, limit: MANY }),
  );
  return found
    .filter(({ privateThread, createdAt, content }) => !privateThread && createdAt < to && content !== '')
    .map(({ content, by, createdAt: at, source, threadId }) => ({
      content,
      by: by.name,
      at,
      source: source?.sessionId ? { ...source, sessionId: source.sessionId, threadId } : null,
    }));
}

/** A picture begins where something does, with a little room before it. */
function drawnSpan({ from, to }: Period, sessions: readonly WorkLog[]): Period {
  const first = Math.min(to, ...sessions.map(({ startedAt }) => startedAt));
  return { from: Math.max(from, Math.round(first - (to - first) / 40)), to };
}

/** What came of one session as a whole, whoever may read it, its picture's data, and what a bot said last in it. */
export async function digestOfSession(
  { store, config }: Source,
  log: WorkLog,
): Promise<Gathered & { lastSaid: string | null }> {
  const period = { from: log.startedAt, to: (log.endedAt ?? log.lastAt) + 1 };
  const { confidenceThreshold } = config.workLogs;
  const fold = new DigestFold({ ...period, confidenceThreshold });
  const lanes = new TimelineFold(period);
  let lastSaid: string | null = null;
  for await (const page of pagesOf(store, [log], period.from)) {
    for (const entry of page) {
      fold.add(entry);
      lanes.add(entry);
      if (isBot(entry.author) && entry.tool === null && entry.message !== '') lastSaid = entry.message;
    }
  }
  const waiting = await waitingIn(store, log.workspaceId);
  const escalations = waiting.filter(({ sessionId }) => sessionId === log.sessionId);
  const digest = fold.digest({ sessions: [log], escalations, insights: [], coverage: SEEN });
  return { digest, timeline: lanes.timeline(), lastSaid };
}

/** The oldest first. */
async function waitingIn(store: Store, workspaceId: number): Promise<Escalation[]> {
  return allOf(async (_, offset) => {
    const page = { workspaceIds: [workspaceId], offset, limit: MANY };
    return (await store.escalations.waiting(page)).escalations;
  });
}

/** All of a list that is read page by page: `read` is told the last one that is known, and how many are. */
async function allOf<T>(read: (last: T | undefined, known: number) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let page = await read(undefined, 0); page.length > 0; page = await read(all.at(-1), all.length)) {
    all.push(...page);
    if (page.length < MANY) break;
  }
  return all;
}

/** The entries of sessions one after the other; while a page is looked at, the next is read. */
async function* pagesOf(store: Store, sessions: readonly WorkLog[], from: number): AsyncGenerator<Entry[]> {
  const pages = sessions.values().map((log) => readerOf(store, log, from));
  let reading = pages.next().value?.();
  while (reading) {
    const { entries, next } = await reading;
    reading = next?.() ?? pages.next().value?.();
    // If that fails, it is heard of when it is waited for.
    reading?.catch(() => {});
    if (entries.length > 0) yield entries;
    // What is read ahead is there at once: others have their turn all the same.
    await breathe();
  }
}

interface ReadPage {
  entries: Entry[];
  /** Reads the next; null: this was the last. */
  next: (() => Promise<ReadPage>) | null;
}

/** Reads a session page by page, from a little before `from` on: what was asked for then may still be waited for. */
function readerOf(
  store: Store,
  { sessionId, counts, startedAt }: WorkLog,
  from: number,
): () => Promise<ReadPage> {
  const isOld = startedAt < from;
  const first = isOld ? firstStepSince(store, sessionId, counts.steps, from) : Promise.resolve(1);
  const read = async (afterStep: number): Promise<ReadPage> => {
    const { entries } = await store.entries.page({ sessionId, afterStep }, 0, PAGE);
    const last = entries.length < PAGE ? undefined : entries.at(-1);
    return { entries, next: last ? () => read(last.step) : null };
  };
  return async () => read(Math.max(0, (await first) - 1 - LOOK_BACK));
}

/** By halving: steps follow each other in time, and those that were deleted for their age came before all others. */
async function firstStepSince(store: Store, sessionId: string, steps: number, from: number): Promise<number> {
  let before = 0;
  let after = steps + 1;
  while (after - before > 1) {
    const middle = (before + after) >> 1;
    const entry = await store.entries.byStep(sessionId, middle);
    if (entry && entry.at >= from) after = middle;
    else before = middle;
  }
  return after;
}
