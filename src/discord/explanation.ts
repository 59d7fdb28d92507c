import type { App } from '../app.ts';
import type { Entry } from '../domain/entry.ts';
import type { EntryFilter } from '../store/store.ts';
import type { ExplainState } from '../views/explain-state.ts';
import { explainView } from '../views/explain.ts';
import type { View } from '../views/limits.ts';
import { FILE_MAX, logFileView } from '../views/log-file.ts';
import type { FileView } from '../views/log-file.ts';
import { windowOf } from '../views/pages.ts';
import type { Cursor } from '../views/pages.ts';
import type { Readable } from './reader.ts';

/** What an explanation in this state shows of a session. */
export async function explanationOf(
  app: Pick<App, 'store' | 'now'>,
  { workspace, log }: Readable,
  asked: ExplainState,
): Promise<View> {
  const { filter, participants, bot } = await filterOf(app, log.sessionId, asked.bot);
  const { entries, total, cursor } = await pageOf(app, filter, asked.cursor);
  const state = { ...asked, bot, cursor };
  const { offset } = windowOf(cursor);
  return explainView({ state, workspace, log, participants, entries, offset, total, now: app.now() });
}

const FILE_READ = 500;

/** The whole of a session, or what one participant wrote in it, as a file. */
export async function fileOf(
  app: Pick<App, 'store' | 'now'>,
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
async function filterOf(app: Pick<App, 'store'>, sessionId: string, askedBot: number | null) {
  const participants = await app.store.sessions.participants(sessionId);
  const only = askedBot === null ? undefined : participants[askedBot];
  const filter: EntryFilter = { sessionId, authorKey: only?.author.key };
  return { filter, participants, bot: only ? askedBot : null };
}

/** A page beyond the end, as after something was deleted, becomes the last one. */
async function pageOf(app: Pick<App, 'store'>, filter: EntryFilter, asked: Cursor) {
  const read = async (cursor: Cursor) => {
    const { offset, limit } = windowOf(cursor);
    return { ...(await app.store.entries.page(filter, offset, limit)), cursor };
  };
  const page = await read(asked);
  if (page.entries.length > 0 || page.total === 0) return page;
  return read({ side: 'until', at: { entry: page.total, block: 0 } });
}
