import { namesWithId } from '../domain/person-names.ts';
import type { Revise } from './revise.ts';
import type { HasRoom } from './slices.ts';
import type { Db } from './sqlite.ts';
import { prepareUnname } from './unname.ts';

/** A person who is being forgotten: a row of `forgetting`. */
export interface Forgetting {
  id: number;
  userId: string;
  /** The rows of authors that were theirs. */
  authors: number[];
  /** What others called them, and their id. */
  names: string[];
  /** ms UTC: what they write later is theirs again. */
  askedAt: number;
  /** How much of what others said has been looked through for the names: so many tables, and the next one up to this row. */
  looked: { passes: number; row: number };
  /** Of theirs, removed so far. */
  steps: number;
}

export interface Named {
  userId: string;
  /** By which others know them, in any server. */
  names: readonly string[];
}

/** Those who are not forgotten yet. */
export function prepareUnforgotten(db: Db): () => Forgetting[] {
  const all = db.prepare<[], Row>('SELECT * FROM forgetting ORDER BY id');
  return () =>
    all.all().map(({ id, user_id: userId, authors, names, asked_at: askedAt }) => ({
      id,
      userId,
      authors: JSON.parse(authors) as number[],
      names: JSON.parse(names) as string[],
      askedAt,
      looked: { passes: 0, row: 0 },
      steps: 0,
    }));
}

interface Row {
  id: number;
  user_id: string;
  authors: string;
  names: string;
  asked_at: number;
}

/** Whether there are more texts of theirs than that. */
export function prepareHasMoreTexts(db: Db): (person: Forgetting, than: number) => boolean {
  const count = db
    .prepare<[string, number], number>(`
      SELECT count(*) FROM (
        SELECT 1 FROM entries INDEXED BY entries_by_person
        WHERE author_id IN (SELECT value FROM json_each(?)) AND role IS NULL AND deleted_at IS NULL LIMIT ?
      )`)
    .pluck();
  return ({ authors }, than) => count.get(JSON.stringify(authors), Math.floor(than) + 1)! > than;
}

/** What a person is called of whom nothing else is known. */
export const FORGOTTEN = 'someone forgotten';

/** Notes the wish, takes the name off everything they wrote, and removes what is known of them beside it: in one transaction. */
export function prepareBeginForgetting(db: Db): (person: Named, at: number) => Forgetting {
  const authorsOf = db.prepare<[{ userId: string; names: string }], { id: number; name: string }>(AUTHORS_OF);
  const rename = db.prepare<[string, number]>(RENAME);
  const insert = db.prepare<[string, string, string, number]>(
    'INSERT INTO forgetting (user_id, authors, names, asked_at) VALUES (?, ?, ?, ?)',
  );
  const removals = ['ratings', 'objections', 'askers', 'report_looks'].map((table) =>
    db.prepare<[string]>(`DELETE FROM ${table} WHERE user_id = ?`),
  );
  const untoken = db.prepare<[string]>("UPDATE agent_tokens SET created_by = '' WHERE created_by = ?");
  const begin = db.transaction(({ userId, names }: Named, askedAt: number): Forgetting => {
    const rows = authorsOf.all({ userId, names: JSON.stringify(names) });
    const authors = rows.map(({ id }) => id);
    const called = namesWithId(userId, [...names, ...rows.map(({ name }) => name)]);
    for (const id of authors) rename.run(FORGOTTEN, id);
    for (const removal of removals) removal.run(userId);
    untoken.run(userId);
    const id = Number(
      insert.run(userId, JSON.stringify(authors), JSON.stringify(called), askedAt).lastInsertRowid,
    );
    return { id, userId, authors, names: called, askedAt, looked: { passes: 0, row: 0 }, steps: 0 };
  });
  return (person, at) => begin.immediate(person, at);
}

const RENAME = "UPDATE authors SET key = 'gone:' || id, name = ? WHERE id = ?";

/** Them, and who a bot said had pressed its buttons by one of these names, unless somebody else is known by it. */
const AUTHORS_OF = `
  SELECT id, name FROM authors WHERE key = :userId AND kind = 'person'
  UNION
  SELECT a.id, a.name FROM authors a JOIN json_each(:names) n ON a.key LIKE '%/' || n.value AND a.name = n.value
  WHERE a.kind = 'person' AND NOT EXISTS (
    SELECT 1 FROM authors o WHERE o.name = n.value AND o.kind = 'person' AND o.key <> :userId AND o.key NOT LIKE '%/%'
  )`;

interface Parts {
  db: Db;
  /** Removes all that these steps say. */
  eraseSteps(ids: readonly number[], at: number): void;
  writeAnew: Revise['writeAnew'];
  /** What was learned from a message, or written down by an interaction, is known to nobody any more. */
  forgetInsight(messageId: string, part: number, at: number): void;
}

/** Removes what there is time for inside the caller's transaction; true while more is left. */
export type Forget = (person: Forgetting, hasRoom: HasRoom) => boolean;

export function prepareForget({ db, eraseSteps, writeAnew, forgetInsight }: Parts): Forget {
  const latecomer = db.prepare<[string], number>('SELECT id FROM authors WHERE key = ?').pluck();
  const next = db.prepare<[number, number], { id: number; escalation: number | null }>(`
      SELECT id, details ->> '$.escalation' AS escalation FROM entries INDEXED BY entries_by_person
      WHERE author_id = ? AND role IS NULL AND deleted_at IS NULL AND at <= ? LIMIT 1`);
  const unnote = db.prepare<[number]>(
    "UPDATE escalations SET decision = json_set(decision, '$.note', NULL) WHERE id = ? AND decision IS NOT NULL",
  );
  const unreason = db.prepare<[number]>(
    'UPDATE escalation_events SET reason = NULL WHERE author_id = ? AND reason IS NOT NULL',
  );
  const worded = db.prepare<[{ author: number }], { messageId: string; part: number }>(`
    SELECT x.message_id AS messageId, x.part FROM insights i JOIN insight_sources x ON x.insight = i.id
    WHERE :author IN (i.author_id, i.added_by)
      OR i.id IN (SELECT insight FROM insight_events WHERE author_id = :author AND kind = 'edited')`);
  const unexplain = db.prepare<[number]>(
    'UPDATE insight_events SET reason = NULL WHERE author_id = ? AND reason IS NOT NULL',
  );
  const renameSilent = db.prepare<[string, number]>(`
    ${RENAME} AND NOT EXISTS (
      SELECT 1 FROM entries INDEXED BY entries_by_person WHERE author_id = authors.id AND role IS NULL AND deleted_at IS NULL
    )`);
  const unname = prepareUnname(db, writeAnew);
  return (person, hasRoom) => {
    // Messages from before that came late, after a time away.
    const late = latecomer.get(person.userId);
    for (const author of [...person.authors, ...(late === undefined ? [] : [late])]) {
      for (let row = next.get(author, person.askedAt); row; row = next.get(author, person.askedAt)) {
        if (!hasRoom()) return true;
        eraseSteps([row.id], person.askedAt);
        person.steps += 1;
        if (row.escalation !== null) unnote.run(row.escalation);
      }
      if (author === late) {
        renameSilent.run(FORGOTTEN, late);
        continue;
      }
      for (const { messageId, part } of worded.all({ author }))
        forgetInsight(messageId, part, person.askedAt);
      unreason.run(author);
      unexplain.run(author);
    }
    return unname(person, hasRoom);
  };
}
