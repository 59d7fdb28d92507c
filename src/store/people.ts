import type { Entry } from '../domain/entry.ts';
import type { InsightEventKind } from '../domain/insight.ts';
import type { Written } from '../domain/written.ts';
import { ENTRY_COLUMNS, toEntry } from './entry-row.ts';
import type { EntryRow } from './entry-row.ts';
import { ID_RANGE } from './live.ts';
import type { Db } from './sqlite.ts';

export interface OptOut {
  guildId: string;
  userId: string;
}

/** What is known of people, for themselves. */
export interface PeopleStore {
  /** By workspace. */
  written(userId: string): Promise<Written[]>;
  /** How many answers they rated or objected to, in any server. */
  feedback(userId: string): Promise<number>;
  /** What they wrote, by the ids of the entries; the first page begins after 0. */
  entries(userId: string, after: number, limit: number): Promise<KeyedRecord[]>;
  /** What they wrote of insights without a message: in forms, the oldest first. */
  ofInsights(userId: string): Promise<InsightWords[]>;
  /** Everything that was said in a workspace, in the same way. */
  recorded(workspaceId: number, after: number, limit: number): Promise<KeyedRecord[]>;
  optOuts(): Promise<OptOut[]>;
  /** From now on nothing that they say in a server is to be recorded. `names`: what they are called there; it is kept nowhere. */
  optOut(person: OptOut & { names: readonly string[] }, at: number): Promise<void>;
  optIn(person: OptOut): Promise<void>;
}

/** A step, with the id by which the next page begins. */
export interface KeyedRecord {
  entry: Entry;
  workspaceId: number;
  id: number;
}

/** An insight as a person worded it, or why they did something with one. */
export interface InsightWords {
  insight: number;
  workspaceId: number;
  /** ms UTC. */
  at: number;
  did: 'worded' | InsightEventKind;
  /** Null for a reason. */
  category: string | null;
  words: string;
}

interface WrittenRow {
  workspaceId: number;
  steps: number;
  first: number;
  last: number;
}

const THEIRS = `
  FROM entries e INDEXED BY entries_by_person
  WHERE e.author_id = (SELECT id FROM authors WHERE key = :userId AND kind = 'person') AND e.role IS NULL AND e.deleted_at IS NULL`;

const OF_INSIGHTS = `
  WITH their AS (SELECT id FROM authors WHERE key = :userId AND kind = 'person')
  SELECT i.id AS insight, i.workspace_id AS workspaceId, i.created_at AS at, 'worded' AS did, i.category, i.content AS words
  FROM insights i
  WHERE i.content <> '' AND (
    i.added_by IN their OR (i.author_id IN their AND i.message_id IS NULL)
    OR i.id IN (SELECT insight FROM insight_events WHERE author_id IN their AND kind = 'edited')
  )
  UNION ALL
  SELECT i.id, i.workspace_id, e.at, e.kind, NULL, e.reason
  FROM insight_events e JOIN insights i ON i.id = e.insight WHERE e.author_id IN their AND e.reason IS NOT NULL
  ORDER BY at`;

export function createPeople(db: Db): PeopleStore {
  const written = db.prepare<[{ userId: string }], WrittenRow>(`
    SELECT e.id / ${ID_RANGE} AS workspaceId, count(*) AS steps, min(e.id) AS first, max(e.id) AS last ${THEIRS}
    GROUP BY 1`);
  const timeOf = db.prepare<[number], number>('SELECT at FROM entries WHERE id = CAST(? AS INTEGER)').pluck();
  const feedback = db
    .prepare<[{ userId: string }], number>(`
      SELECT (SELECT count(*) FROM ratings WHERE user_id = :userId) + (SELECT count(*) FROM objections WHERE user_id = :userId)`)
    .pluck();
  const page = db.prepare<[Record<string, unknown>], EntryRow & { id: number }>(`
    SELECT t.id, ${ENTRY_COLUMNS}
    FROM (SELECT e.id ${THEIRS} AND e.id > CAST(:after AS INTEGER) ORDER BY e.id LIMIT :limit) t
      JOIN entries e ON e.id = t.id JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id
    ORDER BY t.id`);
  const ofInsights = db.prepare<[{ userId: string }], InsightWords>(OF_INSIGHTS);
  const recorded = db.prepare<[Record<string, number>], EntryRow & { id: number }>(`
    SELECT e.id, ${ENTRY_COLUMNS}
    FROM entries e JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id
    WHERE e.id > CAST(:after AS INTEGER) AND e.id <= CAST(:last AS INTEGER) ORDER BY e.id LIMIT :limit`);
  const optOuts = db.prepare<[], OptOut>('SELECT guild_id AS guildId, user_id AS userId FROM opt_outs');
  const optOut = db.prepare<[string, string, number]>('INSERT OR IGNORE INTO opt_outs VALUES (?, ?, ?)');
  const optIn = db.prepare<[string, string]>('DELETE FROM opt_outs WHERE guild_id = ? AND user_id = ?');
  return {
    async written(userId) {
      return written.all({ userId }).map(({ first, last, ...rest }) => {
        return { ...rest, from: timeOf.get(first)!, to: timeOf.get(last)! };
      });
    },
    async feedback(userId) {
      return feedback.get({ userId })!;
    },
    async entries(userId, after, limit) {
      return page.all({ userId, after, limit }).map(toKeyed);
    },
    async ofInsights(userId) {
      return ofInsights.all({ userId });
    },
    async recorded(workspaceId, after, limit) {
      const first = Math.max(after, workspaceId * ID_RANGE);
      return recorded.all({ after: first, last: (workspaceId + 1) * ID_RANGE - 1, limit }).map(toKeyed);
    },
    async optOuts() {
      return optOuts.all();
    },
    async optOut({ guildId, userId }, at) {
      optOut.run(guildId, userId, at);
    },
    async optIn({ guildId, userId }) {
      optIn.run(guildId, userId);
    },
  };
}

function toKeyed(row: EntryRow & { id: number }): KeyedRecord {
  return { id: row.id, entry: toEntry(row), workspaceId: Math.floor(row.id / ID_RANGE) };
}
