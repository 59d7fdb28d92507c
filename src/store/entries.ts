import type { Entry } from '../domain/entry.ts';
import { Answers } from './answers.ts';
import { prepareAppend } from './append.ts';
import type { Authors } from './authors.ts';
import { Chunks } from './chunks.ts';
import { ENTRY_COLUMNS, toEntry } from './entry-row.ts';
import type { EntryRow } from './entry-row.ts';
import type { EscalationCore } from './escalation-core.ts';
import { prepareFind } from './find.ts';
import type { IndexedTexts } from './indexed-texts.ts';
import type { InsightCore } from './insight-core.ts';
import { prepareKeyedEntries } from './keyed-entry.ts';
import type { Live } from './live.ts';
import { prepareStepCount } from './participants.ts';
import { prepareRevise } from './revise.ts';
import type { Revise } from './revise.ts';
import type { SearchIndex } from './search-index.ts';
import type { EndSession } from './sessions.ts';
import type { Db } from './sqlite.ts';
import type { EntryFilter, EntryStore } from './store.ts';

const ENTRIES = `
  SELECT ${ENTRY_COLUMNS} FROM entries e JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id`;

const OF_SESSION = `
  SELECT ${ENTRY_COLUMNS}
  FROM sessions s CROSS JOIN entries e ON e.session = s.id JOIN authors a ON a.id = e.author_id
  WHERE s.session_id = ?`;

/** Among the latest ten steps. */
const LAST_OF = `
  SELECT e.id, ${ENTRY_COLUMNS}
  FROM sessions s JOIN entries e ON e.session = s.id JOIN authors a ON a.id = e.author_id
  WHERE s.workspace_id = :workspaceId AND ifnull(s.thread_id, '') = ifnull(:threadId, '') AND s.ended_at IS NULL
    AND s.conversation IS NULL AND e.step > s.steps - 10 AND a.key = :authorKey AND e.message_id NOT GLOB 'a*'
  ORDER BY e.step DESC LIMIT 1`;

/** What the entries ask of the search index. */
export type Follower = Pick<SearchIndex, 'follow' | 'catchUp'>;

interface Parts {
  db: Db;
  live: Live;
  endSession: EndSession;
  index: Follower;
  escalations: EscalationCore;
  insights: InsightCore;
  authors: Authors;
  texts: IndexedTexts;
}

export function createEntries(parts: Parts): EntryStore & { revise: Revise } {
  const { db, live, endSession, index, escalations, insights, authors, texts } = parts;
  const keyed = prepareKeyedEntries(db);
  const answers = new Answers(new Chunks(db), keyed);
  const append = prepareAppend({ db, live, authors, endSession, answers, escalations, insights, texts });
  const byMessage = db.prepare<[string], EntryRow>(
    `${ENTRIES} WHERE e.message_id = ? ORDER BY e.part LIMIT 1`,
  );
  const ofMessage = db.prepare<[string], EntryRow>(`${ENTRIES} WHERE e.message_id = +? ORDER BY e.part`);
  const revise = prepareRevise({
    db,
    live,
    endSession,
    append,
    escalations,
    insights,
    texts,
    keyed,
    answers,
  });
  const lastOf = db.prepare<[Record<string, unknown>], EntryRow & { id: number }>(LAST_OF);
  const byStep = db.prepare<[string, number], EntryRow>(`${OF_SESSION} AND e.step = ?`);
  const around = db.prepare<[string, number, number], EntryRow>(
    `${OF_SESSION} AND e.step BETWEEN ? AND ? ORDER BY e.step`,
  );
  const page = preparePage(db);
  const find = prepareFind(db);
  return {
    revise,
    async append(drafts, rules, seen) {
      const appended = append(drafts, rules, seen);
      index.follow(appended.recorded);
      return appended;
    },
    async page(filter, offset, limit) {
      return page(filter, offset, limit);
    },
    async byMessage(messageId) {
      return answers.of(messageId)?.keyed.entry ?? maybe(byMessage.get(messageId));
    },
    async ofMessage(messageId) {
      return answers.asSaidIn(messageId, ofMessage.all(messageId).map(toEntry));
    },
    async lastOf(place, authorKey) {
      const row = lastOf.get({ ...place, authorKey });
      return row ? answers.lastSaidOf(row.id, toEntry(row)) : null;
    },
    async beside(messageId) {
      return answers.beside(messageId);
    },
    async rewrite(drafts, editedAt, rules) {
      revise.rewrite(drafts, editedAt, rules);
    },
    async erase(messageIds, at) {
      return revise.erase(messageIds, at);
    },
    async around(sessionId, step, radius) {
      return around.all(sessionId, step - radius, step + radius).map(toEntry);
    },
    async byStep(sessionId, step) {
      return maybe(byStep.get(sessionId, step));
    },
    async search(query) {
      await index.catchUp(query.workspaceId);
      return find(query);
    },
  };
}

type Page = { entries: Entry[]; total: number };

function preparePage(db: Db): (filter: EntryFilter, offset: number, limit: number) => Page {
  const find = db.prepare<[string], { steps: number; gone: number }>(
    'SELECT steps, gone FROM sessions WHERE session_id = ?',
  );
  // Steps have no gaps after those that were deleted for their age, so a page of all starts where its number says and skips nothing.
  const whole = db.prepare<[string, number, number], EntryRow>(
    `${OF_SESSION} AND e.step > ? ORDER BY e.step LIMIT ?`,
  );
  const stepCount = prepareStepCount(db);
  const filtered = db.prepare<[Record<string, unknown>], EntryRow>(
    `${OF_SESSION.replace('?', ':sessionId')} AND (:authorKey IS NULL OR a.key = :authorKey) AND e.coordinator_mode >= :coordinated
    ORDER BY e.step LIMIT :limit OFFSET :offset`,
  );
  return ({ sessionId, authorKey = null, coordinatorMode = false, afterStep = 0 }, offset, limit) => {
    if (authorKey === null && !coordinatorMode) {
      const { steps, gone } = find.get(sessionId) ?? { steps: 0, gone: 0 };
      const first = Math.max(gone, afterStep);
      const entries = whole.all(sessionId, first + offset, limit).map(toEntry);
      return { entries, total: steps - first };
    }
    const of = { sessionId, authorKey, coordinated: Number(coordinatorMode) };
    const entries = filtered.all({ ...of, limit, offset }).map(toEntry);
    return { entries, total: stepCount(of) };
  };
}

function maybe(row: EntryRow | undefined): Entry | null {
  return row ? toEntry(row) : null;
}
