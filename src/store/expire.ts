import { prepareDeleteEntries } from './delete-entries.ts';
import type { Shrinking } from './delete-entries.ts';
import type { IndexedTexts } from './indexed-texts.ts';
import { placeKey } from './live.ts';
import type { Live } from './live.ts';
import { prepareTallyReader } from './participants.ts';
import type { HasRoom } from './slices.ts';
import type { Db } from './sqlite.ts';

/** What is older, of which workspace. */
export interface Age {
  workspaceId: number;
  /** ms UTC: what was said earlier goes. */
  before: number;
}

/** What a run has deleted so far, and where it is. */
export interface Expiring extends Age {
  entries: number;
  sessions: number;
  /** The sessions are gone through by their beginning; those up to this one have been looked at. */
  startedAt: number;
  session: number;
  /** What the memory of sessions that run has to follow, once the transaction has succeeded. */
  shrunk: { session: SessionRow; gone: number }[];
}

interface SessionRow extends Shrinking {
  startedAt: number;
  lastAt: number;
  endedAt: number | null;
  threadId: string | null;
  conversation: string | null;
  sessionId: string;
}

export function newExpiring(age: Age): Expiring {
  return { ...age, entries: 0, sessions: 0, startedAt: Number.MIN_SAFE_INTEGER, session: 0, shrunk: [] };
}

/** Deletes what there is time for inside the caller's transaction; true while more is left. */
export type Expire = (run: Expiring, hasRoom: HasRoom) => boolean;

export function prepareExpire(db: Db, live: Live, texts: IndexedTexts): Expire {
  const next = db.prepare<[ReturnType<typeof positionOf>], SessionRow>(NEXT);
  const deleteEntries = prepareDeleteEntries(db, live, texts);
  const deleteSession = prepareDeleteSession(db);
  return (run, hasRoom) => {
    while (hasRoom()) {
      const session = next.get(positionOf(run));
      if (!session) return false;
      const { entries, gone, done } = deleteEntries(session, run.before, hasRoom);
      run.entries += entries;
      if (entries > 0 && session.endedAt === null) run.shrunk.push({ session, gone });
      if (!done) return true;
      if (session.endedAt !== null && session.lastAt < run.before && deleteSession(session))
        run.sessions += 1;
      run.startedAt = session.startedAt;
      run.session = session.id;
    }
    return true;
  };
}

function positionOf({ workspaceId, before, startedAt, session }: Expiring) {
  return { workspaceId, before, startedAt, session };
}

const NEXT = `
  SELECT id, gone, tallied, started_at AS startedAt, last_at AS lastAt, ended_at AS endedAt, thread_id AS threadId,
    conversation, session_id AS sessionId
  FROM sessions
  WHERE workspace_id = :workspaceId AND started_at < :before AND (started_at, id) > (:startedAt, :session)
  ORDER BY started_at, id LIMIT 1`;

/** With all that hangs on it. False when there are younger steps all the same: an objection, say. */
function prepareDeleteSession(db: Db): (session: SessionRow) => boolean {
  const hasEntries = db.prepare<[number], 1>('SELECT 1 FROM entries WHERE session = ? LIMIT 1').pluck();
  const participants = db.prepare<[number]>('DELETE FROM participants WHERE session = ?');
  const artifacts = db.prepare<[string]>('DELETE FROM artifacts WHERE session_id = ?');
  const remove = db.prepare<[number]>('DELETE FROM sessions WHERE id = ?');
  return ({ id, sessionId }) => {
    if (hasEntries.get(id)) return false;
    participants.run(id);
    artifacts.run(sessionId);
    remove.run(id);
    return true;
  };
}

/** Lets the memory of sessions that still run follow: it counts what is not tallied yet. */
export function prepareFollow(db: Db, live: Live): (run: Expiring) => void {
  const readTally = prepareTallyReader(db);
  return (run) => {
    for (const { session, gone } of run.shrunk.splice(0)) {
      const running = live.get(run.workspaceId)?.open.get(placeKey(session));
      if (running?.id === session.id && gone > session.tallied) running.tally = readTally(session.id, gone);
    }
  };
}
