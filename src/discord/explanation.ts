import { coverageOfLog } from '../coverage.ts';
import { threadsOf } from '../domain/conversation.ts';
import type { ThreadedEntry } from '../domain/conversation.ts';
import type { Entry } from '../domain/entry.ts';
import type { StoreReader } from '../store/read-only.ts';
import type { EntryFilter } from '../store/store.ts';
import type { ExplainState } from '../views/explain-state.ts';
import { explainView } from '../views/explain.ts';
import type { Explanation } from '../views/explain.ts';
import type { View } from '../views/limits.ts';
import { FILE_MAX, logFileView } from '../views/log-file.ts';
import type { FileView } from '../views/log-file.ts';
import { STRETCH_ENTRIES, windowOf } from '../views/pages.ts';
import type { Cursor, Window } from '../views/pages.ts';
import type { Readable } from './reader.ts';

/** What is offered beside the steps: ways to the other modes, and to say whether it helped. */
export type Offers = Pick<Explanation, 'unfolds' | 'asksHelp'>;

/** What explanations are made from. */
interface Source {
  store: Pick<StoreReader, 'entries' | 'sessions' | 'coverage'>;
  /** ms UTC. */
  now(): number;
}

/** What an explanation in this state shows of a session. */
export async function explanationOf(
  app: Source,
  { workspace, log }: Readable,
  asked: ExplainState,
  offers: Offers = { unfolds: true, asksHelp: false },
): Promise<View> {
  const { filter, participants, bot } = await filterOf(app, log.sessionId, asked.bot);
  const read = asked.mode === 'conversations' ? readThreads : readInOrder;
  const coordinatorMode = asked.mode === 'coordination';
  const { cursor, ...window } = await pageOf(asked.cursor, (at) =>
    read(app, { ...filter, coordinatorMode }, at),
  );
  const state = { ...asked, bot, cursor };
  const { offset } = windowOf(cursor);
  const now = app.now();
  const coverage = await coverageOfLog(app.store, workspace, log, now);
  return explainView({ state, workspace, log, participants, ...window, offset, coverage, ...offers, now });
}

const FILE_READ = 500;

/** The whole of a session, or what one participant wrote in it, as a file. */
export async function fileOf(
  app: Source,
  { workspace, log }: Readable,
  askedBot: number | null,
): Promise<FileView> {
  const { filter } = await filterOf(app, log.sessionId, askedBot);
  const entries: Entry[] = [];
  let total = 0;
  let size = 0;
  do {
    const page = await app.store.entries.page(filter, entries.length, FILE_READ);
    if (page.entries.length === 0) break;
    entries.push(...page.entries);
    total = page.total;
    size += page.entries.reduce((sum, { message }) => sum + message.length, 0);
  } while (entries.length < total && size < FILE_MAX);
  return logFileView(workspace, log, entries, total);
}

/** A participant that the session does not have is the button of a log that was deleted and begun anew: all are shown. */
async function filterOf(app: Pick<Source, 'store'>, sessionId: string, askedBot: number | null) {
  const participants = await app.store.sessions.participants(sessionId);
  const only = askedBot === null ? undefined : participants[askedBot];
  const filter: EntryFilter = { sessionId, authorKey: only?.author.key };
  return { filter, participants, bot: only ? askedBot : null };
}

/** What a window holds. */
interface Shown {
  entries: Entry[];
  total: number;
  depths: Map<number, number>;
}

type Read = (app: Pick<Source, 'store'>, filter: EntryFilter, window: Window) => Promise<Shown>;

const readInOrder: Read = async ({ store }, filter, { offset, limit }) => {
  return { ...(await store.entries.page(filter, offset, limit)), depths: new Map() };
};

/** Each stretch that the window touches is put into the order of its conversations. */
const readThreads: Read = async ({ store }, filter, { offset, limit }) => {
  const first = offset - (offset % STRETCH_ENTRIES);
  const threads: ThreadedEntry[] = [];
  let total = 0;
  for (let from = first; from < offset + limit; from += STRETCH_ENTRIES) {
    const stretch = await store.entries.page(filter, from, STRETCH_ENTRIES);
    threads.push(...threadsOf(stretch.entries));
    ({ total } = stretch);
  }
  const within = threads.slice(offset - first, offset - first + limit);
  return {
    entries: within.map(({ entry }) => entry),
    total,
    depths: new Map(within.map(({ entry, depth }) => [entry.step, depth])),
  };
};

/** A page beyond the end, as after something was deleted, becomes the last one. */
async function pageOf(asked: Cursor, read: (window: Window) => Promise<Shown>) {
  const at = async (cursor: Cursor) => ({ ...(await read(windowOf(cursor))), cursor });
  const page = await at(asked);
  if (page.entries.length > 0 || page.total === 0) return page;
  return at({ side: 'until', at: { entry: page.total, block: 0 } });
}
