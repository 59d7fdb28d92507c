import type { Author } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';
import type { Participant } from '../domain/work-log.ts';
import type { Db } from './sqlite.ts';

/** The latest steps of a session by their author, as long as they are not in the table of participants. */
export interface Tally {
  steps: number;
  /** By the author's row. */
  authors: Map<number, AuthorTally>;
}

interface AuthorTally {
  firstStep: number;
  steps: number;
  /** Those of them in coordinator mode. */
  coordinated: number;
}

/**
 * After so many steps a tally is written. Writing with every step would cost as much as storing it; counting all of a session's
 * entries when asked would take longer the longer it gets.
 */
const WRITE_AFTER_STEPS = 250;

/** Author by author what is tallied of the session `:sessionId`, and step by step what is not yet. */
const PARTICIPATION = `
  SELECT p.author_id, p.first_step, p.steps, p.coordinated
  FROM sessions s JOIN participants p ON p.session = s.id WHERE s.session_id = :sessionId
  UNION ALL
  SELECT e.author_id, e.step, 1, e.coordinator_mode
  FROM sessions s JOIN entries e ON e.session = s.id AND e.step > s.tallied WHERE s.session_id = :sessionId`;

export function newTally(): Tally {
  return { steps: 0, authors: new Map() };
}

export function copyTally({ steps, authors }: Tally): Tally {
  const copy = new Map<number, AuthorTally>();
  for (const [id, tally] of authors) copy.set(id, { ...tally });
  return { steps, authors: copy };
}

export function addToTally(
  tally: Tally,
  { step, coordinatorMode }: Pick<Entry, 'step' | 'coordinatorMode'>,
  authorId: number,
): void {
  tally.steps += 1;
  const author = tally.authors.get(authorId);
  if (author) {
    author.steps += 1;
    author.coordinated += Number(coordinatorMode);
  } else {
    tally.authors.set(authorId, { firstStep: step, steps: 1, coordinated: Number(coordinatorMode) });
  }
}

/** Reads back what was not yet written of a session's tally. */
export function prepareTallyReader(db: Db): (session: number, tallied: number) => Tally {
  const latest = db.prepare<[number, number], { step: number; coordinated: number; authorId: number }>(`
    SELECT step, coordinator_mode AS coordinated, author_id AS authorId
    FROM entries WHERE session = ? AND step > ? ORDER BY step`);
  return (session, tallied) => {
    const tally = newTally();
    for (const { step, coordinated, authorId } of latest.iterate(session, tallied)) {
      addToTally(tally, { step, coordinatorMode: coordinated === 1 }, authorId);
    }
    return tally;
  };
}

/** Writes a session's tally when it has enough steps, and begins a new one. Called inside a transaction. */
export function prepareTallyWriter(db: Db): (session: { id: number; tally: Tally }) => void {
  const add = db.prepare<number[]>(`
    INSERT INTO participants (session, author_id, first_step, steps, coordinated) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET steps = steps + excluded.steps, coordinated = coordinated + excluded.coordinated`);
  const mark = db.prepare<[number, number]>('UPDATE sessions SET tallied = tallied + ? WHERE id = ?');
  return (session) => {
    const { steps, authors } = session.tally;
    if (steps < WRITE_AFTER_STEPS) return;
    for (const [authorId, tally] of authors) {
      add.run(session.id, authorId, tally.firstStep, tally.steps, tally.coordinated);
    }
    mark.run(steps, session.id);
    session.tally = newTally();
  };
}

/** In the order of their first step. */
export function prepareParticipants(db: Db): (sessionId: string) => Participant[] {
  const list = db.prepare<[{ sessionId: string }], Author & { steps: number }>(`
    SELECT a.key, a.name, a.kind, sum(t.steps) AS steps
    FROM (${PARTICIPATION}) t JOIN authors a ON a.id = t.author_id
    GROUP BY a.id ORDER BY min(t.first_step)`);
  return (sessionId) => list.all({ sessionId }).map(({ steps, ...author }) => ({ author, steps }));
}

interface StepFilter {
  sessionId: string;
  /** Null for all. */
  authorKey: string | null;
  /** 1 for only those in coordinator mode, 0 for all. */
  coordinated: number;
}

/** How many steps the filter lets through. */
export function prepareStepCount(db: Db): (filter: StepFilter) => number {
  const count = db
    .prepare<[StepFilter], number>(`
      SELECT coalesce(sum(iif(:coordinated, t.coordinated, t.steps)), 0)
      FROM (${PARTICIPATION}) t JOIN authors a ON a.id = t.author_id
      WHERE :authorKey IS NULL OR a.key = :authorKey`)
    .pluck();
  return (filter) => count.get(filter)!;
}
