import type { Author } from '../domain/author.ts';
import { changedInsight } from '../domain/insight-changes.ts';
import type { InsightStep } from '../domain/insight-changes.ts';
import type { Insight, InsightEvent, InsightRules } from '../domain/insight.ts';
import { changingInsight, INSIGHTS, toInsight } from './insight-row.ts';
import type { InsightRow } from './insight-row.ts';
import type { Db } from './sqlite.ts';

/** Reading and changing insights one at a time, inside a transaction of the caller's. */
export interface InsightRows {
  get(id: number): Insight | null;
  /** Takes a step, if the state allows it: the row and its event. Null when it does not. */
  change(before: Insight, step: InsightStep, occasion: InsightStepOccasion): Insight | null;
  /** Writes what changed beside the state. No event tells of it. */
  write(insight: Insight): void;
  /** Adds the first event. */
  note(id: number, event: InsightEvent): void;
  authorId(author: Author): number;
  /** Removes what was said of it in words, wherever it is kept beside the insight itself. */
  forgetWords(id: number): void;
}

export interface InsightStepOccasion {
  /** ms UTC. */
  at: number;
  /** Null: the rules, or time. */
  by: Author | null;
  reason?: string | null | undefined;
  /** Of the interaction by which a person does it. */
  interactionId?: string | undefined;
}

export function prepareInsightRows(db: Db, rules: InsightRules): InsightRows {
  const get = db.prepare<[number], InsightRow>(`${INSIGHTS} WHERE i.id = +?`);
  const author = db
    .prepare<[string, string, string], number>(`
      INSERT INTO authors (key, name, kind) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET key = key RETURNING id`)
    .pluck();
  const update = prepareUpdate(db);
  const add = db.prepare<[number, number, string, number, number | null, string | null, string | null]>(
    'INSERT INTO insight_events VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const forgetReasons = db.prepare<[number]>('UPDATE insight_events SET reason = NULL WHERE insight = ?');
  const forgetKeys = db.prepare<[number]>(
    "UPDATE insights SET same_key = NULL, about = '', denies = '', category = 'general' WHERE id = ?",
  );
  const authorId = ({ key, name, kind }: Author) => author.get(key, name, kind)!;
  const write = (insight: Insight, was: number) => {
    const { id, stateBy, approvedBy } = insight;
    const by = { state_by: stateBy && authorId(stateBy), approved_by: approvedBy && authorId(approvedBy) };
    const { changes } = update.run({ ...changingInsight(insight), ...by, id, was });
    if (changes !== 1) throw new Error(`Insight ${id} is no longer at version ${was}.`);
  };
  const note = (id: number, { version, kind, at, by, reason }: InsightEvent, interactionId?: string) => {
    add.run(id, version, kind, at, by && authorId(by), reason, interactionId ?? null);
  };
  return {
    get(id) {
      const row = get.get(id);
      return row ? toInsight(row) : null;
    },
    change(before, step, { interactionId, ...occasion }) {
      const result = changedInsight(before, step, { ...occasion, rules });
      if (result === null) return null;
      write(result.insight, before.version);
      note(before.id, result.event, interactionId);
      return result.insight;
    },
    write: (insight) => write(insight, insight.version),
    note,
    authorId,
    forgetWords(id) {
      forgetReasons.run(id);
      forgetKeys.run(id);
    },
  };
}

function prepareUpdate(db: Db) {
  const columns =
    'content sensitive scope count state version state_at state_by approved_by shared_at expires_at flag';
  const set = columns.split(' ').map((column) => `${column} = :${column}`);
  return db.prepare<[Record<string, string | number | null>]>(
    `UPDATE insights SET ${set.join(', ')} WHERE id = :id AND version = :was`,
  );
}
