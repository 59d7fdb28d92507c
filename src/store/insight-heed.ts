import type { Author } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';
import { tidied } from '../domain/insight-content.ts';
import type { InsightRules } from '../domain/insight.ts';
import { ENTRY_COLUMNS, toEntry } from './entry-row.ts';
import type { EntryRow } from './entry-row.ts';
import type { InsightRows } from './insight-changes.ts';
import type { InsightPosts } from './insight-posts.ts';
import type { QueueInsight } from './insight-queue.ts';
import type { Db } from './sqlite.ts';

/** What insights make of entries, in the transaction that adds or changes these. */
export interface HeedInsights {
  /** To be called for every new entry that `concernsInsights`. `id` and `session` are the keys of its row and its session's. */
  heed(id: number, session: number, entry: Entry): void;
  /** To be called for every entry that is changed or deleted. */
  heedChange(id: number, session: number, before: Entry, after: Entry): void;
  /** Queues what a session that ends has learned. */
  sessionEnded(session: number, at: number): void;
  /** What is deleted is not known to anybody any more: the insight goes, unless it was learned elsewhere, too. */
  forget(messageId: string, part: number, at: number): void;
}

interface Parts {
  db: Db;
  rules: InsightRules;
  rows: InsightRows;
  posts: InsightPosts;
  queue: QueueInsight;
}

export function prepareHeedInsights(parts: Parts): HeedInsights {
  const { rules } = parts;
  const learn = prepareLearn(parts);
  const doubt = prepareDoubt(parts);
  const use = prepareUse(parts);
  const forget = prepareForget(parts);
  const reword = prepareReword(parts);
  const learned = parts.db.prepare<[number], EntryRow>(`
    SELECT ${ENTRY_COLUMNS} FROM entries e JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id
    WHERE e.session = ? AND e.insight_category IS NOT NULL AND e.deleted_at IS NULL ORDER BY e.step`);
  return {
    heed(id, session, entry) {
      if (rules.enabled && isForNow(entry)) learn(session, entry, entry.at);
      if (entry.level === 'correction') doubt(session, entry);
      use(id, entry);
    },
    heedChange(id, session, before, after) {
      const at = after.deletedAt ?? after.editedAt ?? after.at;
      if (after.deletedAt !== null) forget(after.messageId, after.part, at);
      else if (before.message !== after.message) {
        if (reword(before, after, at) && rules.enabled) learn(session, after, at);
      }
      use(id, after);
    },
    sessionEnded(session, at) {
      if (!rules.enabled) return;
      for (const row of learned.all(session)) learn(session, toEntry(row), at);
    },
    forget,
  };
}

/** The agent does not want to wait for the end of the session; only what it reports as data can say so. */
function isForNow({ insightCategory, origin, details }: Entry): boolean {
  return insightCategory !== null && origin === 'reported' && sharingOf(details)['share'] === 'now';
}

function sharingOf(details: Entry['details']): Record<string, unknown> {
  const sharing = details?.['insight'];
  return typeof sharing === 'object' && sharing !== null ? { ...sharing } : {};
}

function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

interface PlaceRow {
  workspaceId: number;
  threadId: string | null;
  privateThread: number;
}

function prepareLearn({ db, queue }: Parts) {
  const placeOf = db.prepare<[number], PlaceRow>(`
    SELECT workspace_id AS workspaceId, thread_id AS threadId, private_thread AS privateThread FROM sessions WHERE id = ?`);
  return (session: number, entry: Entry, at: number): void => {
    const place = placeOf.get(session)!;
    queue({
      ...place,
      privateThread: place.privateThread === 1,
      session,
      step: entry.step,
      messageId: entry.messageId,
      part: entry.part,
      by: entry.author,
      addedBy: null,
      origin: entry.origin,
      category: entry.insightCategory!,
      content: entry.message,
      confidence: entry.confidence,
      masked: entry.masked,
      applicableTo: namesOf(sharingOf(entry.details)['applicable_to']),
      at,
    });
  };
}

/** A correction makes doubtful what was learned from the step that it corrects. */
function prepareDoubt({ db, rows, posts }: Parts) {
  const ofStep = db
    .prepare<[number, number], number>(`
      SELECT x.insight FROM entries e JOIN insight_sources x ON x.message_id = e.message_id AND x.part = e.part
      WHERE e.session = ? AND e.step = ?`)
    .pluck();
  return (session: number, { details, responseTo, author, step, at }: Entry): void => {
    const named = details?.['corrects'];
    const corrected = typeof named === 'number' ? named : responseTo;
    if (corrected === null) return;
    for (const id of ofStep.all(session, corrected)) {
      const flag = { kind: 'corrected', by: step, at } as const;
      posts.doubtful(rows.change(rows.get(id)!, { kind: 'flag', flag }, { at, by: author }), at);
    }
  };
}

/** Of a step; more are not believed. */
const IDS_MAX = 50;

/** A step that names insights was led by them, as far as its author has them. */
function prepareUse({ db }: Parts) {
  const add = db.prepare<[number, number, string]>(`
    INSERT OR IGNORE INTO insight_uses
    SELECT d.insight, ? FROM insight_deliveries d JOIN authors a ON a.id = d.author_id WHERE d.insight = ? AND a.key = ?`);
  const seen = prepareSeen(db);
  return (entry: number, { details, author, at }: Entry): void => {
    const ids = details?.['insight_ids'];
    if (!Array.isArray(ids)) return;
    for (const id of ids.filter(Number.isSafeInteger).slice(0, IDS_MAX) as number[]) {
      add.run(entry, id, author.key);
      seen(id, author, at);
    }
  };
}

/** Notes the first time that a bot is known to have seen what it has. */
export function prepareSeen(db: Db): (insight: number, bot: Pick<Author, 'key'>, at: number) => void {
  const seen = db.prepare<[number, number, string]>(`
    UPDATE insight_deliveries SET seen_at = ?
    WHERE insight = ? AND seen_at IS NULL AND author_id = (SELECT id FROM authors WHERE key = ?)`);
  return (insight, { key }, at) => void seen.run(at, insight, key);
}

function prepareSources({ db }: Pick<Parts, 'db'>) {
  const of = db
    .prepare<[string, number], number>(
      'SELECT insight FROM insight_sources WHERE message_id = ? AND part = ?',
    )
    .pluck();
  const remove = db.prepare<[string, number]>(
    'DELETE FROM insight_sources WHERE message_id = ? AND part = ?',
  );
  const left = db.prepare<[number], number>('SELECT count(*) FROM insight_sources WHERE insight = ?').pluck();
  return {
    of: (messageId: string, part: number) => of.get(messageId, part),
    /** Returns how many others the insight has. */
    remove(messageId: string, part: number, insight: number): number {
      remove.run(messageId, part);
      return left.get(insight)!;
    },
  };
}

function prepareForget(parts: Parts): HeedInsights['forget'] {
  const { rows, posts } = parts;
  const sources = prepareSources(parts);
  return (messageId, part, at) => {
    const id = sources.of(messageId, part);
    if (id === undefined || sources.remove(messageId, part, id) > 0) return;
    const before = rows.get(id)!;
    const after = rows.change(before, { kind: 'forget' }, { at, by: null });
    rows.forgetWords(id);
    if (after && after.state === 'revoked' && before.state !== 'revoked') posts.recall(after, null, at);
    if (after) posts.changed(after, at);
  };
}

/**
 * What a step does not say any more is nobody's insight: it goes, whoever has it. True when what the step says now is to be learned
 * instead.
 */
function prepareReword(parts: Parts): (before: Entry, after: Entry, at: number) => boolean {
  const { db, rows, posts } = parts;
  const sources = prepareSources(parts);
  const forget = prepareForget(parts);
  const remove = db.prepare<[number]>('DELETE FROM insights WHERE id = ?');
  return (before, after, at) => {
    const { messageId, part, insightCategory, step, author } = after;
    const id = sources.of(messageId, part);
    const known = id === undefined ? null : rows.get(id);
    if (!known || tidied(after.message) === known.content) return false;
    const stillHolds = after.message.includes(known.content);
    // What a person worded is not bound to the step's own words.
    if (known.addedBy !== null && (stillHolds || !before.message.includes(known.content))) return false;
    if (known.state === 'pending' && known.sharedAt === null && known.count === 1) remove.run(known.id);
    else if (stillHolds) {
      const flag = { kind: 'corrected', by: step, at } as const;
      posts.doubtful(rows.change(known, { kind: 'flag', flag }, { at, by: author }), at);
      return false;
    } else forget(messageId, part, at);
    return insightCategory !== null;
  };
}
